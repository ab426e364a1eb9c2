/** What can be wrong in the books. A key of the catalogue: `proof.fault`. */
export const faultCodes = [
  'chain-broken',
  'not-sealed',
  'altered',
  'missing',
  'misplaced',
  'unreadable',
  'fund-unbalanced',
  'balance-differs',
  'entry-astray',
  'entry-of-nothing',
  'not-reserved',
  'shares-differ',
  'not-approved',
  'signer-not-on-file',
  'level-missing',
  'amount-differs',
  'award-differs',
  'not-asked',
  'request-differs',
  'objection-open',
  'not-ratified',
  'no-award',
  'paid-twice',
  'attempt-astray',
  'entry-differs',
  'no-notice',
  'no-reference',
  'reference-not-held',
  'not-four-eyes',
  'not-in-batch',
  'batch-differs',
  'called-off',
  'result-differs',
  'case-differs',
  'tally-differs',
  'not-agreed',
  'voucher-twice',
  'budget-differs',
  'recovery-differs',
  'owed-differs',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** One thing that is wrong: the item that it is wrong with (`payout#…`, as in the audit chain), why, and of which case. */
export type Fault = {
  readonly item: string;
  readonly code: FaultCode;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly caseNumber?: string;
};

export const fault = (item: string, code: FaultCode, params?: Fault['params']): Fault =>
  params === undefined ? { item, code } : { item, code, params };
