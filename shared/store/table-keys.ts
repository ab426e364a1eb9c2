/**
 * The keys of the three tables as data, for the template and for whoever creates tables to test with. Every key attribute
 * is a text. Pure data: importing it loads no AWS code.
 */
type KeyPair = { readonly partitionKey: string; readonly sortKey: string };
type Index = KeyPair & {
  readonly name: string;
  /** What an index holds beside the keys; absent: the whole item. A put that changes nothing of it does not write the index. */
  readonly projected?: readonly string[];
};
type TableKeys = KeyPair & {
  readonly indexes: readonly Index[];
  /** Seconds since 1970; DynamoDB deletes late, so no rule relies on it. */
  readonly ttlAttribute?: string;
};

const own = { partitionKey: 'pk', sortKey: 'sk' };
const first = { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' };
const second = { name: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' };

/**
 * What lists by index read: the mark of the entity, what its keys are made of, what a list filters by, and `body`. Not `state` and
 * `version`, which change with every write of a case: its lists read the cases themselves. See ACCESS-PATTERNS.md.
 */
const listed = ['__edb_e__', '__edb_v__', 'body', 'caseId', 'itemId', 'scheduled'];
const ofSecond = [...listed, 'dueAt', 'kind', 'patchId'];
const ofFirst = [...listed, 'nextAt', 'batchId', 'accountHash', 'householdId', 'payoutId', 'payoutStatus', 'orderedAt'];

export const tableKeys = {
  /** Cases with their requests, votes, awards and payouts; register, staff, programmes, fund balances, sealed keys. */
  cases: {
    ...own,
    indexes: [
      { ...first, projected: ofFirst },
      { ...second, projected: ofSecond },
    ],
  },
  /** Ledger entries and audit events: put once, never changed. */
  journal: { ...own, indexes: [first] },
  /** Links, sessions, drafts, counters, outbox: everything that may be lost with its time. */
  transient: { ...own, indexes: [], ttlAttribute: 'expiresAtEpoch' },
} as const satisfies Record<string, TableKeys>;

export type TableName = keyof typeof tableKeys;

/** An index's projection as DynamoDB's API has it. */
export const projectionOf = ({ projected }: Index) =>
  projected === undefined
    ? { ProjectionType: 'ALL' as const }
    : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projected] };
