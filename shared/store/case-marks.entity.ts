import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, count, firstIndex, modelOf, ownKeys, text } from './entity-parts.ts';

/** What a case marks outside its own partition, each an item with a condition or a list of its own. */
export const caseMarkEntities = (client: DynamoDBClient, table: string) => ({
  /** A bill, incident or business that one live case holds. The key is hashed: it contains what was typed. */
  claim: new Entity(
    {
      model: modelOf('claim'),
      attributes: { claimHash: text, caseId: text },
      indexes: { own: ownKeys(['claimHash']) },
    },
    { client, table },
  ),
  /** A bank's reference and the payout that carries it, for good. Hashed: a bank's clerk may write a name into it. */
  bankReference: new Entity(
    {
      model: modelOf('bank-reference'),
      attributes: { referenceHash: text, caseId: text, payoutId: text },
      indexes: { own: ownKeys(['referenceHash']) },
    },
    { client, table },
  ),
  /** A payout under the account that it goes to, hashed, and under its beneficiary: whose account it is, and what went there before. */
  payeeAccount: new Entity(
    {
      model: modelOf('payee-account'),
      attributes: {
        accountHash: text,
        payoutId: text,
        householdId: text,
        beneficiaryId: text,
        payoutStatus: text,
        orderedAt: text,
      },
      indexes: {
        own: ownKeys(['accountHash'], ['payoutId']),
        ofBeneficiary: firstIndex(['beneficiaryId'], ['orderedAt', 'payoutId']),
      },
    },
    { client, table },
  ),
  /** What a household has been awarded under one cap, by case. */
  tally: new Entity(
    {
      model: modelOf('tally'),
      attributes: { householdId: text, capKey: text, version: count, body },
      indexes: { ofHousehold: { collection: 'householdFile', ...ownKeys(['householdId'], ['capKey']) } },
    },
    { client, table },
  ),
  caseNumber: new Entity(
    {
      model: modelOf('case-number'),
      attributes: { caseNumber: text, caseId: text },
      indexes: { own: ownKeys(['caseNumber']) },
    },
    { client, table },
  ),
  counter: new Entity(
    {
      model: modelOf('counter'),
      attributes: { counter: text, value: count },
      indexes: { own: ownKeys(['counter']) },
    },
    { client, table },
  ),
  /** An open request that a person was asked to answer. */
  task: new Entity(
    {
      model: modelOf('task'),
      attributes: { askedId: text, requestId: text, caseId: text, purpose: text, openedAt: text },
      indexes: { own: ownKeys(['askedId'], ['requestId']) },
    },
    { client, table },
  ),
  /** A case on the notice board. */
  posting: new Entity(
    {
      model: modelOf('posting'),
      attributes: { board: text, caseId: text },
      indexes: { own: ownKeys(['board'], ['caseId']) },
    },
    { client, table },
  ),
});
