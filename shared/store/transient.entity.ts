import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, count, modelOf, ownKeys, text } from './entity-parts.ts';

/** What may be lost with its time. `expiresAt` decides, in code and conditions; `expiresAtEpoch` only tidies up. */
export const transientEntities = (client: DynamoDBClient, table: string) => ({
  link: new Entity(
    {
      model: modelOf('link'),
      attributes: { linkHash: text, expiresAtEpoch: count, body },
      indexes: { own: ownKeys(['linkHash']) },
    },
    { client, table },
  ),
  session: new Entity(
    {
      model: modelOf('session'),
      attributes: { sessionHash: text, expiresAt: text, expiresAtEpoch: count, body },
      indexes: { own: ownKeys(['sessionHash']) },
    },
    { client, table },
  ),
  signIn: new Entity(
    {
      model: modelOf('sign-in'),
      attributes: { signInHash: text, personId: text, expiresAt: text, expiresAtEpoch: count },
      indexes: { own: ownKeys(['signInHash']) },
    },
    { client, table },
  ),
  draft: new Entity(
    {
      model: modelOf('draft'),
      attributes: { draftHash: text, expiresAt: text, expiresAtEpoch: count, box: text },
      indexes: { own: ownKeys(['draftHash']) },
    },
    { client, table },
  ),
  /** Never expires: what it says must be sent. All lie in one partition in the order in which they were written, so that no index is needed. */
  outbox: new Entity(
    {
      model: modelOf('outbox'),
      attributes: { outboxId: text, box: text, createdAt: text, body },
      indexes: { own: ownKeys(['box'], ['createdAt', 'outboxId']) },
    },
    { client, table },
  ),
  hits: new Entity(
    {
      model: modelOf('hits'),
      attributes: { limit: text, window: text, hits: count, expiresAtEpoch: count },
      indexes: { own: ownKeys(['limit'], ['window']) },
    },
    { client, table },
  ),
});
