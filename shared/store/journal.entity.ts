import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, firstIndex, modelOf, ownKeys, text } from './entity-parts.ts';

/** Put once, never changed: IAM grants no other write. `number` is the sequence with leading zeros. */
export const journalEntities = (client: DynamoDBClient, table: string) => ({
  auditEvent: new Entity(
    {
      model: modelOf('audit-event'),
      attributes: { aggregate: text, number: text, body },
      indexes: { own: ownKeys(['aggregate'], ['number']) },
    },
    { client, table },
  ),
  ledgerEntry: new Entity(
    {
      model: modelOf('ledger-entry'),
      attributes: { fundId: text, at: text, entryId: text, caseId: { type: 'string' }, body },
      indexes: {
        own: ownKeys(['fundId'], ['at', 'entryId']),
        ofCase: firstIndex(['caseId'], ['at', 'entryId']),
      },
    },
    { client, table },
  ),
});
