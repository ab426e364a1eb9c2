import * as z from 'zod';
import { fenSchema, wordsSchema } from '../kernel/fen-schema.ts';
import { awardIdSchema, caseIdSchema, fundIdSchema, payoutIdSchema, programmeIdSchema } from '../kernel/ids.ts';
import { addFen, type Fen, subtractFen } from '../kernel/money.ts';
import { instantSchema } from '../kernel/time.ts';

/** Where a fund's money comes from. */
export const fundSources = [
  'company',
  'group-union',
  'municipal-federation',
  'county-civil-affairs',
  'other-unit',
  'donations',
] as const;

/** A dedicated fund 专项资金. Always: `fundedFen = availableFen + reservedFen + paidFen`. */
export const fundSchema = z.strictObject({
  fundId: fundIdSchema,
  names: wordsSchema,
  source: z.enum(fundSources),
  /** What it may pay for. */
  programmes: z.array(programmeIdSchema).min(1),
  fundedFen: fenSchema,
  availableFen: fenSchema,
  reservedFen: fenSchema,
  paidFen: fenSchema,
  version: z.number().int(),
  audit: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
});
export type Fund = z.infer<typeof fundSchema>;

/** The four accounts of a fund. Every entry takes from one and gives to another. */
export const fundAccounts = ['outside', 'available', 'reserved', 'paid'] as const;
export type FundAccount = (typeof fundAccounts)[number];

/** One double entry of the ledger: never changed, never deleted, only reversed by another that names it. */
export const ledgerEntrySchema = z.strictObject({
  entryId: z.string(),
  fundId: fundIdSchema,
  kind: z.enum(['receipt', 'reserve', 'release', 'pay', 'return', 'undo-pay']),
  from: z.enum(fundAccounts),
  to: z.enum(fundAccounts),
  amountFen: fenSchema,
  caseId: caseIdSchema.exactOptional(),
  awardId: awardIdSchema.exactOptional(),
  payoutId: payoutIdSchema.exactOptional(),
  reverses: z.string().exactOptional(),
  at: instantSchema,
  by: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

const routes = {
  receipt: { from: 'outside', to: 'available' },
  reserve: { from: 'available', to: 'reserved' },
  release: { from: 'reserved', to: 'available' },
  pay: { from: 'reserved', to: 'paid' },
  return: { from: 'paid', to: 'reserved' },
  'undo-pay': { from: 'paid', to: 'reserved' },
} as const satisfies Record<LedgerEntry['kind'], { from: FundAccount; to: FundAccount }>;

/** The accounts that a kind of entry takes from and gives to. */
export const routeOfEntry = (kind: LedgerEntry['kind']): { from: FundAccount; to: FundAccount } => routes[kind];

/**
 * The fund after an entry, or how much is left where it does not cover the entry. Keeps
 * `funded = available + reserved + paid`; does not touch version and audit head.
 */
export function applyEntry(
  fund: Fund,
  entry: Pick<LedgerEntry, 'kind' | 'amountFen'>,
): { kind: 'applied'; fund: Fund } | { kind: 'not-covered'; leftFen: Fen } {
  const { from, to } = routes[entry.kind];
  const balances = { available: fund.availableFen, reserved: fund.reservedFen, paid: fund.paidFen };
  if (from !== 'outside') {
    if (balances[from] < entry.amountFen) return { kind: 'not-covered', leftFen: balances[from] };
    balances[from] = subtractFen(balances[from], entry.amountFen);
  }
  balances[to] = addFen(balances[to], entry.amountFen);
  return {
    kind: 'applied',
    fund: {
      ...fund,
      fundedFen: addFen(balances.available, balances.reserved, balances.paid),
      availableFen: balances.available,
      reservedFen: balances.reserved,
      paidFen: balances.paid,
    },
  };
}
