import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { modelOf, ownKeys, text } from './entity-parts.ts';

const share = { type: 'string' } as const;

/**
 * All keys of one owner in one item. `wrapped` is the owner's key, wrapped by KMS; each other attribute is a class's `id.share`, from
 * which, with the owner's key, the class's key is derived. Removing a share forgets everything that was sealed with that key.
 */
export const ownerKeysEntity = (client: DynamoDBClient, table: string) =>
  new Entity(
    {
      model: modelOf('owner-keys'),
      attributes: {
        keyOwner: text,
        wrapped: text,
        identity: share,
        health: share,
        payment: share,
        hardship: share,
        ledger: share,
        search: share,
        link: share,
        csrf: share,
        session: share,
        draft: share,
      },
      indexes: { own: ownKeys(['keyOwner']) },
    },
    { client, table },
  );
