import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity } from 'electrodb';
import { body, count, firstIndex, modelOf, ownKeys, text } from './entity-parts.ts';

/** People, households, who belongs where and who is tied to whom. */
export const registerEntities = (client: DynamoDBClient, table: string) => ({
  person: new Entity(
    {
      model: modelOf('person'),
      attributes: { personId: text, version: count, body },
      indexes: { own: ownKeys(['personId']) },
    },
    { client, table },
  ),
  /** One person per ID number, kept by this item's own key. */
  idNumber: new Entity(
    {
      model: modelOf('id-number'),
      attributes: { idNumberHash: text, personId: text },
      indexes: { own: ownKeys(['idNumberHash']) },
    },
    { client, table },
  ),
  /** Lies with the person, so that their household is read consistently. */
  membership: new Entity(
    {
      model: modelOf('membership'),
      attributes: { personId: text, householdId: text, from: text, body },
      indexes: {
        own: ownKeys(['personId'], ['from', 'householdId']),
      },
    },
    { client, table },
  ),
  /**
   * The same membership once more, with the household: who belongs to it is read together with it. `isWithoutTies`: nobody is tied to this
   * person. Written only with a person who is new to everybody, and taken away with their first tie; where it is not there, they are asked for.
   */
  member: new Entity(
    {
      model: modelOf('member'),
      attributes: { householdId: text, personId: text, from: text, body, isWithoutTies: { type: 'boolean' } },
      indexes: { ofHousehold: { collection: 'householdFile', ...ownKeys(['householdId'], ['from', 'personId']) } },
    },
    { client, table },
  ),
  household: new Entity(
    {
      model: modelOf('household'),
      attributes: { householdId: text, patchId: text, version: count, body },
      indexes: {
        ofHousehold: { collection: 'householdFile', ...ownKeys(['householdId']) },
        ofPatch: firstIndex(['patchId'], ['householdId']),
      },
    },
    { client, table },
  ),
  /** Put twice, once with each of the two, and with it `isWithoutTies` is taken from both. */
  relation: new Entity(
    {
      model: modelOf('relation'),
      attributes: { personId: text, otherId: text, kind: text },
      indexes: { own: ownKeys(['personId'], ['otherId', 'kind']) },
    },
    { client, table },
  ),
  patch: new Entity(
    {
      model: modelOf('patch'),
      attributes: { register: text, patchId: text, body },
      indexes: { own: ownKeys(['register'], ['patchId']) },
    },
    { client, table },
  ),
  incident: new Entity(
    { model: modelOf('incident'), attributes: { incidentId: text, body }, indexes: { own: ownKeys(['incidentId']) } },
    { client, table },
  ),
});
