import * as sdk from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { dynamoDbAction, dynamoDbActions } from './dynamodb-actions.ts';

test.each(Object.entries(dynamoDbActions))('the fields of %s are those of the SDK’s own command', (action, fields) => {
  const name = action.charAt(0).toUpperCase() + action.slice(1);
  expect(Reflect.get(sdk, `${name}Command`)).toBeTypeOf('function');
  const [, , , , members, , required = 0] = Reflect.get(sdk, `${name}Input$`);
  expect([...fields.required, ...fields.optional]).toEqual(members);
  expect(fields.required).toHaveLength(required);
});

test('a resource names an action, or none of ours', () => {
  expect(dynamoDbAction('arn:aws:states:::aws-sdk:dynamodb:getItem')).toBe('getItem');
  for (const other of ['toString', 'createTable', 'GetItem', 'getItem.sync'])
    expect(dynamoDbAction(`arn:aws:states:::aws-sdk:dynamodb:${other}`)).toBeNull();
  expect(dynamoDbAction('arn:aws:states:::dynamodb:getItem')).toBeNull();
});
