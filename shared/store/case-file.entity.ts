import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, count, firstIndex, keyLike, modelOf, ownKeys, secondIndex, text } from './entity-parts.ts';

/** The case and its parts lie in one partition, so that one Query reads the whole file. */
export const caseFileEntities = (client: DynamoDBClient, table: string) => ({
  /** Where it stands. Written with every change and therefore small, and named so that no index holds it. */
  theCase: new Entity(
    {
      model: modelOf('case'),
      attributes: {
        caseId: text,
        version: count,
        list: text,
        householdId: text,
        submittedAt: text,
        state: body,
      },
      indexes: {
        file: { collection: 'caseFile', ...ownKeys(['caseId']) },
        listed: firstIndex(['list'], ['submittedAt']),
        ofHousehold: secondIndex(['householdId'], ['submittedAt']),
      },
    },
    { client, table },
  ),
  /** What was applied for, and what intake made of it: written when that changes. */
  application: new Entity(
    {
      model: modelOf('application'),
      attributes: { caseId: text, body },
      indexes: { file: { collection: 'caseFile', ...ownKeys(['caseId']) } },
    },
    { client, table },
  ),
  /** Either of the two items above, named by its sort key: so that one reading by keys brings both. Nothing is written as this. */
  caseHalf: new Entity(
    {
      model: modelOf('case-half'),
      attributes: {
        caseId: text,
        half: text,
        version: { type: 'number' },
        householdId: { type: 'string' },
        submittedAt: { type: 'string' },
        state: { type: 'any' },
        body: { type: 'any' },
      },
      indexes: { file: { ...ownKeys(['caseId']), sk: keyLike(['half'], '$caseFile#${half}_1') } },
    },
    { client, table },
  ),
  request: new Entity(
    {
      model: modelOf('request'),
      attributes: { caseId: text, requestId: text, body },
      indexes: { file: { collection: 'caseFile', ...ownKeys(['caseId'], ['requestId']) } },
    },
    { client, table },
  ),
  vote: new Entity(
    {
      model: modelOf('vote'),
      attributes: { caseId: text, requestId: text, personId: text, body },
      indexes: { file: { collection: 'caseFile', ...ownKeys(['caseId'], ['requestId', 'personId']) } },
    },
    { client, table },
  ),
  award: new Entity(
    {
      model: modelOf('award'),
      attributes: { caseId: text, awardId: text, body },
      indexes: { file: { collection: 'caseFile', ...ownKeys(['caseId'], ['awardId']) } },
    },
    { client, table },
  ),
  payout: new Entity(
    {
      model: modelOf('payout'),
      attributes: { caseId: text, payoutId: text, status: text, orderedAt: text, body },
      indexes: {
        file: { collection: 'caseFile', ...ownKeys(['caseId'], ['payoutId']) },
        byStatus: firstIndex(['status'], ['orderedAt']),
      },
    },
    { client, table },
  ),
  objection: new Entity(
    {
      model: modelOf('objection'),
      attributes: { caseId: text, objectionId: text, body },
      indexes: { file: { collection: 'caseFile', ...ownKeys(['caseId'], ['objectionId']) } },
    },
    { client, table },
  ),
  recovery: new Entity(
    {
      model: modelOf('recovery'),
      attributes: { caseId: text, recoveryId: text, status: text, openedAt: text, body },
      indexes: {
        file: { collection: 'caseFile', ...ownKeys(['caseId'], ['recoveryId']) },
        byStatus: firstIndex(['status'], ['openedAt', 'recoveryId']),
      },
    },
    { client, table },
  ),
  /** `scheduled` is `waiting` or `over`; `nextAt` the next rung's moment. */
  scheduledItem: new Entity(
    {
      model: modelOf('scheduled-item'),
      attributes: {
        caseId: text,
        itemId: text,
        scheduled: text,
        nextAt: text,
        dueAt: text,
        patchId: text,
        kind: text,
        body,
      },
      indexes: {
        file: { collection: 'caseFile', ...ownKeys(['caseId'], ['itemId']) },
        byNext: firstIndex(['scheduled'], ['nextAt']),
        byDue: secondIndex(['scheduled'], ['dueAt']),
      },
    },
    { client, table },
  ),
});
