/**
 * The keys of the three tables as data, for the template and for whoever creates tables to test with. Every key attribute
 * is a text; every index projects the whole item. Pure data: importing it loads no AWS code.
 */
type KeyPair = { readonly partitionKey: string; readonly sortKey: string };
type TableKeys = KeyPair & {
  readonly indexes: readonly (KeyPair & { readonly name: string })[];
  /** Seconds since 1970; DynamoDB deletes late, so no rule relies on it. */
  readonly ttlAttribute?: string;
};

const own = { partitionKey: 'pk', sortKey: 'sk' };
const first = { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' };
const second = { name: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' };

export const tableKeys = {
  /** Cases with their requests, votes, awards and payouts; register, staff, programmes, fund balances, sealed keys. */
  cases: { ...own, indexes: [first, second] },
  /** Ledger entries and audit events: put once, never changed. */
  journal: { ...own, indexes: [first] },
  /** Links, sessions, drafts, counters, outbox: everything that may be lost with its time. */
  transient: { ...own, indexes: [first], ttlAttribute: 'expiresAtEpoch' },
} as const satisfies Record<string, TableKeys>;

export type TableName = keyof typeof tableKeys;
