import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { modelOf, ownKeys, text } from './entity-parts.ts';

/** A data key, wrapped by KMS. Deleting the item forgets everything that was sealed with it. */
export const sealedKeyEntity = (client: DynamoDBClient, table: string) =>
  new Entity(
    {
      model: modelOf('sealed-key'),
      attributes: { keyOwner: text, retention: text, keyId: text, wrapped: text },
      indexes: { own: ownKeys(['keyOwner'], ['retention']) },
    },
    { client, table },
  );
