/** What one application made AWS do. */
export type Counts = {
  /** States entered, tries again, and the end, which AWS counts too. */
  readonly transitions: number;
  readonly invocations: number;
  /** Memory in GB times the seconds that the functions ran, on this machine. */
  readonly gigabyteSeconds: number;
  /** Request units, a transaction's double. */
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly mails: number;
  /** Requests to the HTTP API, and calls of KMS at the same price. */
  readonly calls: number;
  /** Requests to S3 that write or list. */
  readonly uploads: number;
};

export const nothing: Counts = {
  transitions: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  writeUnits: 0,
  readUnits: 0,
  mails: 0,
  calls: 0,
  uploads: 0,
};

/** US dollars for one of each: the formula of this project's findings (2026-11). */
export const prices: Counts = {
  transitions: 2.5e-5,
  invocations: 2e-7,
  gigabyteSeconds: 1.333_34e-5,
  writeUnits: 6.25e-7,
  readUnits: 1.25e-7,
  mails: 1.6e-4,
  calls: 3.5e-6,
  uploads: 5e-6,
};

/** What an application may cost: a bar is a most. */
export const bars = { transitions: 24, dollarsWithoutMail: 0.0008 } as const;

const kinds = [
  'transitions',
  'invocations',
  'gigabyteSeconds',
  'writeUnits',
  'readUnits',
  'mails',
  'calls',
  'uploads',
] as const satisfies readonly (keyof Counts)[];

/** US dollars for so many of each. */
export const dollars = (counts: Counts): number => kinds.reduce((sum, kind) => sum + counts[kind] * prices[kind], 0);

export const dollarsWithoutMail = (counts: Counts): number => dollars({ ...counts, mails: 0 });

const combined = (one: Counts, other: Counts, by: (a: number, b: number) => number): Counts => ({
  transitions: by(one.transitions, other.transitions),
  invocations: by(one.invocations, other.invocations),
  gigabyteSeconds: by(one.gigabyteSeconds, other.gigabyteSeconds),
  writeUnits: by(one.writeUnits, other.writeUnits),
  readUnits: by(one.readUnits, other.readUnits),
  mails: by(one.mails, other.mails),
  calls: by(one.calls, other.calls),
  uploads: by(one.uploads, other.uploads),
});

export const plus = (one: Counts, other: Counts): Counts => combined(one, other, (a, b) => a + b);
export const minus = (one: Counts, other: Counts): Counts => combined(one, other, (a, b) => a - b);
