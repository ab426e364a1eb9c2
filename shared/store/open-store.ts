import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Service } from 'electrodb';
import { authenticatorEntities } from './authenticator.entity.ts';
import { caseFileEntities } from './case-file.entity.ts';
import { caseMarkEntities } from './case-marks.entity.ts';
import { directoryEntities } from './directory.entity.ts';
import { journalEntities } from './journal.entity.ts';
import type { KeyRing } from './key-ring.ts';
import { registerEntities } from './register.entity.ts';
import type { TableName } from './table-keys.ts';
import { transientEntities } from './transient.entity.ts';

const openEntities = (client: DynamoDBClient, tables: Readonly<Record<TableName, string>>) => ({
  ...caseFileEntities(client, tables.cases),
  ...caseMarkEntities(client, tables.cases),
  ...registerEntities(client, tables.cases),
  ...directoryEntities(client, tables.cases),
  ...authenticatorEntities(client, tables.cases),
  ...journalEntities(client, tables.journal),
  ...transientEntities(client, tables.transient),
});
export type Entities = ReturnType<typeof openEntities>;

/** Partitions that are read whole. A Service takes milliseconds to make, so each is made once. */
const openCollections = (entities: Entities) => {
  const { theCase, application, request, vote, award, payout, objection, scheduledItem, recovery } = entities;
  const { household, member, tally } = entities;
  const ofCases = new Service({
    theCase,
    application,
    request,
    vote,
    award,
    payout,
    objection,
    scheduledItem,
    recovery,
  });
  const ofHouseholds = new Service({ household, member, tally });
  return {
    caseFile: (caseId: string) => ofCases.collections.caseFile({ caseId }).go({ consistent: true, pages: 'all' }),
    /** The same, each item with its keys, as it lies in the table. */
    caseFileWithKeys: (caseId: string) =>
      ofCases.collections.caseFile({ caseId }).go({ consistent: true, pages: 'all', data: 'includeKeys' }),
    householdFile: (householdId: string) =>
      ofHouseholds.collections.householdFile({ householdId }).go({ consistent: true, pages: 'all' }),
  };
};

/** Everything the store's functions need. Opening it makes no call. */
export type Store = {
  readonly entities: Entities;
  readonly collections: ReturnType<typeof openCollections>;
  readonly keyRing: KeyRing;
  /** Waits before a write that met another one is tried again. */
  readonly pause: (ms: number) => Promise<void>;
};

/**
 * Opens the store on three tables whose keys are those of `table-keys.ts`.
 *
 * ```ts
 * const keyRing = openKeyRing({ casesTable: tables.cases, kmsKeyId });
 * const file = await loadCaseFile(openStore({ tables, keyRing }), caseId);
 * ```
 */
export function openStore(options: {
  readonly client?: DynamoDBClient;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly keyRing: KeyRing;
  readonly pause?: (ms: number) => Promise<void>;
}): Store {
  const entities = openEntities(options.client ?? new DynamoDBClient({}), options.tables);
  return {
    entities,
    collections: openCollections(entities),
    keyRing: options.keyRing,
    pause: options.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
  };
}
