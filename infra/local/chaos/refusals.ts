import { randomUUID } from 'node:crypto';
import type { Service } from './fault-kinds.ts';

export type Refused = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** Operations that write one item, which a transaction under way refuses by an exception of its own. */
const singleWrites: readonly string[] = ['PutItem', 'UpdateItem', 'DeleteItem'];

const conflictText = 'Transaction is ongoing for the item';
const busyText =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.';

const json = (version: string, status: number, type: string, fields: object): Refused => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify({ __type: type, ...fields }),
});

const dynamoDb = (status: number, name: string, fields: object): Refused =>
  json('1.0', status, `com.amazonaws.dynamodb.v20120810#${name}`, fields);

/** A cancelled transaction as DynamoDB words it: one reason a write, `None` for all but the one that stood in the way. */
function cancelled(writes: number, at: number, Code: string, Message: string): Refused {
  const reasons = Array.from({ length: writes }, (_, index) => (index === at ? { Code, Message } : { Code: 'None' }));
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return dynamoDb(400, 'TransactionCanceledException', {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

const xml = (status: number, code: string, message: string): Refused => {
  const id = randomUUID();
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': id },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${id}</RequestId></Error>`,
  };
};

const rest = (status: number, name: string, message: string): Refused => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name, 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify({ message }),
});

export type Asked = { readonly operation: string; readonly writes: number; readonly chance: number };

/** What the service itself would answer; undefined where it has no such answer to this call. */
export function refusalOf(
  service: Service,
  fault: 'throttle' | 'error' | 'conflict',
  asked: Asked,
): Refused | undefined {
  const isTransaction = asked.operation === 'TransactWriteItems' && asked.writes > 0;
  const at = Math.floor(asked.chance * asked.writes);
  switch (`${service}-${fault}` as const) {
    case 'dynamodb-throttle':
      // A transaction may be throttled as a whole or by one of its items.
      return isTransaction && asked.chance < 0.5
        ? cancelled(asked.writes, at, 'ProvisionedThroughputExceeded', busyText)
        : dynamoDb(400, 'ProvisionedThroughputExceededException', { message: busyText });
    case 'dynamodb-conflict':
      if (isTransaction) return cancelled(asked.writes, at, 'TransactionConflict', conflictText);
      return singleWrites.includes(asked.operation)
        ? dynamoDb(400, 'TransactionConflictException', { message: conflictText })
        : undefined;
    case 'dynamodb-error':
      return dynamoDb(500, 'InternalServerError', { message: 'Internal server error' });
    case 'kms-throttle':
      return json('1.1', 400, 'ThrottlingException', {
        message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      });
    case 'kms-error':
      return json('1.1', 500, 'KMSInternalException', { message: 'An internal error occurred' });
    case 'sfn-throttle':
      return json('1.0', 400, 'ThrottlingException', { message: 'Rate exceeded' });
    case 'sfn-error':
      return json('1.0', 503, 'ServiceUnavailable', { message: 'Service is unavailable' });
    case 'ses-throttle':
      return rest(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.');
    case 'ses-error':
      return rest(500, 'InternalFailure', 'The request processing has failed because of an unknown error');
    case 's3-throttle':
      return xml(503, 'SlowDown', 'Please reduce your request rate.');
    case 's3-error':
      return xml(500, 'InternalError', 'We encountered an internal error. Please try again.');
    default:
      return undefined;
  }
}
