import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../kernel/audit.ts';
import { fenSchema, wordsSchema } from '../kernel/fen-schema.ts';
import { patchIdSchema, programmeIdSchema } from '../kernel/ids.ts';
import { localDateSchema } from '../kernel/time.ts';

/** Where a fund's money comes from. */
export const fundSources = [
  'company',
  'group-union',
  'municipal-federation',
  'county-civil-affairs',
  'other-unit',
  'donations',
] as const;

/** What a fund is and what it may pay 专款专用: everything but its money. Set, and changed, by two persons. */
export const fundTermsSchema = z.strictObject({
  names: wordsSchema,
  source: z.enum(fundSources),
  /** What it may pay for; with `patches`, for people of these alone. */
  purpose: z.strictObject({
    programmes: z.array(programmeIdSchema).min(1),
    patches: z.array(patchIdSchema).min(1).exactOptional(),
  }),
  /** The days on which it may be awarded from, both ends included; without `until`, with no end. */
  validity: z.strictObject({ from: localDateSchema, until: localDateSchema.exactOptional() }),
  /** What may be awarded from it in a year. Empty: as much as it has. A year that is not named, where others are, has no budget. */
  budgets: z.array(z.strictObject({ year: z.number().int(), amountFen: fenSchema })),
  /** What the giver asks for, in their own words; shown to whoever approves, checked by nobody else. */
  donorsWish: z.string().min(1).exactOptional(),
  /** The account that its payouts leave from. `clearingCode` is the bank's CNAPS number 联行号, 12 digits. */
  payerAccount: z
    .strictObject({
      holderName: z.string().min(1),
      bankName: z.string().min(1),
      accountNumber: z.string().min(1),
      clearingCode: z.string().regex(/^\d{12}$/),
    })
    .exactOptional(),
});
export type FundTerms = z.infer<typeof fundTermsSchema>;

/** The terms alone, of a fund or of a proposal. */
export const termsOf = ({
  names,
  source,
  purpose,
  validity,
  budgets,
  donorsWish,
  payerAccount,
}: FundTerms): FundTerms => ({
  names,
  source,
  purpose,
  validity,
  budgets,
  ...(donorsWish === undefined ? {} : { donorsWish }),
  ...(payerAccount === undefined ? {} : { payerAccount }),
});

/** SHA-256 of the terms: goes into the fund's chain, so that terms cannot be altered behind it. They hold no personal value. */
export const termsDigest = (terms: FundTerms): string =>
  createHash('sha256')
    .update(canonicalJson(termsOf(terms)))
    .digest('hex');

/** What is wrong with terms that each field alone does not show. */
export type TermsFault = 'until-before-from' | 'year-named-twice';

export function faultsOfTerms({ validity: { from, until }, budgets }: FundTerms): TermsFault[] {
  const years = budgets.map(({ year }) => year);
  return [
    ...(until !== undefined && until < from ? (['until-before-from'] as const) : []),
    ...(new Set(years).size < years.length ? (['year-named-twice'] as const) : []),
  ];
}
