type Fields = { readonly required: readonly string[]; readonly optional: readonly string[] };

/** What a task may ask of DynamoDB: the actions on items, each with the fields of its request. Anything else is refused. */
export const dynamoDbActions: Readonly<Record<string, Fields>> = {
  batchGetItem: { required: ['RequestItems'], optional: ['ReturnConsumedCapacity'] },
  batchWriteItem: { required: ['RequestItems'], optional: ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'] },
  deleteItem: {
    required: ['TableName', 'Key'],
    optional: [
      'Expected',
      'ConditionalOperator',
      'ReturnValues',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ReturnValuesOnConditionCheckFailure',
    ],
  },
  getItem: {
    required: ['TableName', 'Key'],
    optional: [
      'AttributesToGet',
      'ConsistentRead',
      'ReturnConsumedCapacity',
      'ProjectionExpression',
      'ExpressionAttributeNames',
    ],
  },
  putItem: {
    required: ['TableName', 'Item'],
    optional: [
      'Expected',
      'ReturnValues',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'ConditionalOperator',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ReturnValuesOnConditionCheckFailure',
    ],
  },
  query: {
    required: ['TableName'],
    optional: [
      'IndexName',
      'Select',
      'AttributesToGet',
      'Limit',
      'ConsistentRead',
      'KeyConditions',
      'QueryFilter',
      'ConditionalOperator',
      'ScanIndexForward',
      'ExclusiveStartKey',
      'ReturnConsumedCapacity',
      'ProjectionExpression',
      'FilterExpression',
      'KeyConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
    ],
  },
  scan: {
    required: ['TableName'],
    optional: [
      'IndexName',
      'AttributesToGet',
      'Limit',
      'Select',
      'ScanFilter',
      'ConditionalOperator',
      'ExclusiveStartKey',
      'ReturnConsumedCapacity',
      'TotalSegments',
      'Segment',
      'ProjectionExpression',
      'FilterExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ConsistentRead',
    ],
  },
  transactGetItems: { required: ['TransactItems'], optional: ['ReturnConsumedCapacity'] },
  transactWriteItems: {
    required: ['TransactItems'],
    optional: ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics', 'ClientRequestToken'],
  },
  updateItem: {
    required: ['TableName', 'Key'],
    optional: [
      'AttributeUpdates',
      'Expected',
      'ConditionalOperator',
      'ReturnValues',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'UpdateExpression',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ReturnValuesOnConditionCheckFailure',
    ],
  },
};

/** The action that `arn:aws:states:::aws-sdk:dynamodb:getItem` names; null for any other resource. */
export function dynamoDbAction(resource: string): string | null {
  const action = /^arn:aws[\w-]*:states:::aws-sdk:dynamodb:(\w+)$/.exec(resource)?.[1];
  return action !== undefined && Object.hasOwn(dynamoDbActions, action) ? action : null;
}
