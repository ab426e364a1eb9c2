import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import { awardIdSchema, caseIdSchema, fundIdSchema, payoutIdSchema, proposalIdSchema } from '../kernel/ids.ts';
import { addFen, type Fen, fen, subtractFen, zeroFen } from '../kernel/money.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';
import { fundTermsSchema } from './fund-terms.ts';

/** An amount for one calendar year of the union (Asia/Shanghai). */
const ofYearSchema = z.strictObject({ year: z.number().int(), amountFen: fenSchema });

/** What finance and the office are told of a fund by mail: that its last day is near, or that it has passed with money reserved. */
export const fundTellings = ['ending', 'over'] as const;
export type FundTelling = (typeof fundTellings)[number];

/**
 * A dedicated fund 专项资金. Always: `fundedFen = availableFen + reservedFen + paidFen`; what went back to its source or was carried
 * into another fund is in none of them.
 */
export const fundSchema = z.strictObject({
  fundId: fundIdSchema,
  ...fundTermsSchema.shape,
  fundedFen: fenSchema,
  availableFen: fenSchema,
  reservedFen: fenSchema,
  paidFen: fenSchema,
  /** What was awarded from it in each year, less what was taken back: counts against that year's budget. */
  awarded: z.array(ofYearSchema),
  /** What was told of which last day. */
  told: z.array(z.strictObject({ what: z.enum(fundTellings), until: localDateSchema })).exactOptional(),
  version: z.number().int(),
  audit: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
});
export type Fund = z.infer<typeof fundSchema>;

/** What was awarded from a fund in a year. */
export const awardedIn = ({ awarded }: Pick<Fund, 'awarded'>, year: number): Fen =>
  awarded.find((each) => each.year === year)?.amountFen ?? zeroFen;

/** The accounts of a fund. Every entry takes from one and gives to another. */
export const fundAccounts = ['outside', 'available', 'reserved', 'paid'] as const;
export type FundAccount = (typeof fundAccounts)[number];

/**
 * Every kind of entry with the accounts that it takes from and gives to. Money comes in by `receipt` and `carry-in`, leaves the fund
 * by `hand-back` (to its source) and `carry-out` (into the fund that follows it). Each of `undo-receipt`, `release`, `return`
 * and `undo-pay` turns an earlier one round; a `refund` is money that a household has paid back.
 */
const routes = {
  receipt: { from: 'outside', to: 'available' },
  'undo-receipt': { from: 'available', to: 'outside' },
  reserve: { from: 'available', to: 'reserved' },
  release: { from: 'reserved', to: 'available' },
  pay: { from: 'reserved', to: 'paid' },
  return: { from: 'paid', to: 'reserved' },
  'undo-pay': { from: 'paid', to: 'reserved' },
  refund: { from: 'paid', to: 'available' },
  'hand-back': { from: 'available', to: 'outside' },
  'carry-out': { from: 'available', to: 'outside' },
  'carry-in': { from: 'outside', to: 'available' },
} as const satisfies Record<string, { from: FundAccount; to: FundAccount }>;

export type EntryKind = keyof typeof routes;
const isKind = (name: string): name is EntryKind => name in routes;
export const entryKinds: readonly EntryKind[] = Object.keys(routes).filter(isKind);

/** Kinds that reverse one earlier entry and must name it. */
export const reversingKinds: readonly EntryKind[] = ['undo-receipt', 'undo-pay', 'return'];
/** Kinds that come in twos, one in each of two funds, and name each other. */
export const pairedKinds: readonly EntryKind[] = ['carry-out', 'carry-in'];

/** One double entry of the ledger: never changed, never deleted, only reversed by another that names it. */
export const ledgerEntrySchema = z.strictObject({
  entryId: z.string(),
  fundId: fundIdSchema,
  kind: z.enum(entryKinds),
  from: z.enum(fundAccounts),
  to: z.enum(fundAccounts),
  amountFen: fenSchema,
  caseId: caseIdSchema.exactOptional(),
  awardId: awardIdSchema.exactOptional(),
  payoutId: payoutIdSchema.exactOptional(),
  /** What two persons have agreed to: the receipt with its voucher, the hand-back, the carry-over. */
  proposalId: proposalIdSchema.exactOptional(),
  /** The entry that this one turns round. */
  reverses: z.string().exactOptional(),
  /** The entry of the other fund. */
  counterpart: z.strictObject({ fundId: fundIdSchema, entryId: z.string() }).exactOptional(),
  /** The year whose budget a reservation counts against, or no longer counts against. */
  budgetYear: z.number().int().exactOptional(),
  at: instantSchema,
  by: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** The accounts that a kind of entry takes from and gives to. */
export const routeOfEntry = (kind: EntryKind): { from: FundAccount; to: FundAccount } => routes[kind];

/**
 * The fund after an entry, or how much is left where it does not cover the entry. Keeps
 * `funded = available + reserved + paid`; does not touch version and audit head.
 */
export function applyEntry(
  fund: Fund,
  entry: Pick<LedgerEntry, 'kind' | 'amountFen' | 'budgetYear'>,
): { kind: 'applied'; fund: Fund } | { kind: 'not-covered'; leftFen: Fen } {
  const { from, to } = routeOfEntry(entry.kind);
  const balances = { available: fund.availableFen, reserved: fund.reservedFen, paid: fund.paidFen };
  if (from !== 'outside') {
    if (balances[from] < entry.amountFen) return { kind: 'not-covered', leftFen: balances[from] };
    balances[from] = subtractFen(balances[from], entry.amountFen);
  }
  if (to !== 'outside') balances[to] = addFen(balances[to], entry.amountFen);
  return {
    kind: 'applied',
    fund: {
      ...fund,
      fundedFen: addFen(balances.available, balances.reserved, balances.paid),
      availableFen: balances.available,
      reservedFen: balances.reserved,
      paidFen: balances.paid,
      awarded: awardedAfter(fund.awarded, entry),
    },
  };
}

/** What is reserved counts for the year that the entry names; what is released, or paid back by a household, counts no more. */
function awardedAfter(
  awarded: Fund['awarded'],
  { kind, amountFen, budgetYear: year }: Pick<LedgerEntry, 'kind' | 'amountFen' | 'budgetYear'>,
): Fund['awarded'] {
  const sign = kind === 'reserve' ? 1 : kind === 'release' || kind === 'refund' ? -1 : 0;
  if (year === undefined || sign === 0) return awarded;
  // Never below nothing: what was reserved before years were counted is released without having counted.
  const after = fen(Math.max(0, awardedIn({ awarded }, year) + sign * amountFen));
  const others = awarded.filter((each) => each.year !== year);
  return [...others, { year, amountFen: after }].toSorted((a, b) => a.year - b.year);
}
