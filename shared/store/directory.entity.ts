import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, count, firstIndex, modelOf, ownKeys, text } from './entity-parts.ts';

/** Lists that are read whole: the staff, the programme versions, the funds and what is proposed for them. And batches and banks' results, each on its own. */
export const directoryEntities = (client: DynamoDBClient, table: string) => ({
  /** Rises with every change of one of the lists, so that whoever holds a list can ask whether it is still the list. */
  revision: new Entity(
    {
      model: modelOf('revision'),
      attributes: { revised: text, value: count },
      indexes: { own: ownKeys(['revised']) },
    },
    { client, table },
  ),
  staff: new Entity(
    {
      model: modelOf('staff'),
      attributes: { directory: text, personId: text, version: count, body },
      indexes: { own: ownKeys(['directory'], ['personId']) },
    },
    { client, table },
  ),
  /** One person per address, kept by this item's own key; it lies with the staff, so whoever may not write them cannot write it. */
  staffAddress: new Entity(
    {
      model: modelOf('staff-address'),
      attributes: { directory: text, addressHash: text, personId: text },
      indexes: { own: ownKeys(['directory'], ['addressHash']) },
    },
    { client, table },
  ),
  /** `number` is the version with leading zeros, so that versions sort. */
  programme: new Entity(
    {
      model: modelOf('programme'),
      attributes: { catalogue: text, programmeId: text, number: text, body },
      indexes: { own: ownKeys(['catalogue'], ['programmeId', 'number']) },
    },
    { client, table },
  ),
  fund: new Entity(
    {
      model: modelOf('fund'),
      attributes: { treasury: text, fundId: text, version: count, body },
      indexes: { own: ownKeys(['treasury'], ['fundId']) },
    },
    { client, table },
  ),
  /** What was proposed for a fund: receipts, terms, what leaves it. It lies with the funds, so whoever may not write them cannot write it. */
  proposal: new Entity(
    {
      model: modelOf('proposal'),
      attributes: { treasury: text, fundId: text, proposalId: text, version: count, body },
      indexes: { own: ownKeys(['treasury'], ['fundId', 'proposalId']) },
    },
    { client, table },
  ),
  /** A voucher and the proposal whose money it stands for. Hashed: a bank's clerk may write a name into its number. */
  voucher: new Entity(
    {
      model: modelOf('voucher'),
      attributes: { treasury: text, voucherHash: text, proposalId: text },
      indexes: { own: ownKeys(['treasury'], ['voucherHash']) },
    },
    { client, table },
  ),
  bankResult: new Entity(
    {
      model: modelOf('bank-result'),
      attributes: { resultId: text, results: text, uploadedAt: text, version: count, body },
      indexes: { own: ownKeys(['resultId']), listed: firstIndex(['results'], ['uploadedAt', 'resultId']) },
    },
    { client, table },
  ),
  batch: new Entity(
    {
      model: modelOf('batch'),
      attributes: { batchId: text, batchStatus: text, madeAt: text, version: count, body },
      indexes: { own: ownKeys(['batchId']), byStatus: firstIndex(['batchStatus'], ['madeAt']) },
    },
    { client, table },
  ),
});
