import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, count, modelOf, ownKeys, text } from './entity-parts.ts';

/** A partition of its own, apart from the directory: finance's pages use codes up, and may not write the staff. */
export const authenticatorEntities = (client: DynamoDBClient, table: string) => ({
  authenticator: new Entity(
    {
      model: modelOf('authenticator'),
      attributes: { authenticatorOf: text, version: count, body },
      indexes: { own: ownKeys(['authenticatorOf']) },
    },
    { client, table },
  ),
});
