import * as z from 'zod';
import { type PayeeKind, payeeKinds } from './payee-kind.ts';

/** How a household stands on the register. `low-income` is 低保, `special-hardship` is 特困. */
export const standings = ['none', 'hardship', 'low-income', 'special-hardship', 'laid-off'] as const;
export const standingSchema = z.enum(standings);
export type Standing = z.infer<typeof standingSchema>;

/**
 * A claim about an application that is true or false, as data: what a field holds, how the household stands,
 * how large an amount is, how old something is. No functions, so that a programme version can be stored and read by people.
 */
export type Condition =
  | { kind: 'field-is'; field: string; value: string | boolean }
  | { kind: 'field-filled'; field: string }
  | { kind: 'standing-in'; standings: readonly Standing[] }
  | { kind: 'on-register' }
  /** Whose account the money is to go to; false as long as nobody has said. */
  | { kind: 'payee-is'; payees: readonly PayeeKind[] }
  | { kind: 'amount-over'; amount: Amount; limitFen: number }
  | { kind: 'amount-above'; amount: Amount; than: Amount }
  | { kind: 'date-before'; dateField: string; than: string }
  /** A number of people that is larger than the household. */
  | { kind: 'more-than-household'; field: string }
  | { kind: 'older-than-months'; dateField: string; months: number }
  | { kind: 'all'; of: readonly Condition[] }
  | { kind: 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition };

/** A sum of money worked out from an application, as data. Every node may carry a label, which becomes a line of the explanation. */
export type Amount = { label?: { zh: string; en: string } } & (
  | { kind: 'fixed'; fen: number }
  | { kind: 'field'; field: string }
  | { kind: 'sum-of-list'; field: string; column: string }
  | { kind: 'sum'; of: readonly Amount[] }
  | { kind: 'less'; from: Amount; minus: readonly Amount[] }
  | { kind: 'percent'; percent: number; of: Amount }
  | { kind: 'bands'; of: Amount; bands: readonly { upToFen: number | null; fen: number }[] }
  | { kind: 'per-head'; fen: number }
  | { kind: 'at-least'; fen: number; of: Amount }
  | { kind: 'at-most'; limit: Amount; of: Amount }
  | { kind: 'raised'; percent: number; when: Condition; of: Amount }
);

const labelShape = { label: z.strictObject({ zh: z.string(), en: z.string() }).exactOptional() };
const limitSchema = z.number().int().nonnegative();

export const conditionSchema: z.ZodType<Condition, Condition> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('field-is'), field: z.string(), value: z.union([z.string(), z.boolean()]) }),
    z.strictObject({ kind: z.literal('field-filled'), field: z.string() }),
    z.strictObject({ kind: z.literal('standing-in'), standings: z.array(standingSchema).min(1) }),
    z.strictObject({ kind: z.literal('on-register') }),
    z.strictObject({ kind: z.literal('payee-is'), payees: z.array(z.enum(payeeKinds)).min(1) }),
    z.strictObject({ kind: z.literal('amount-over'), amount: amountSchema, limitFen: limitSchema }),
    z.strictObject({ kind: z.literal('amount-above'), amount: amountSchema, than: amountSchema }),
    z.strictObject({ kind: z.literal('date-before'), dateField: z.string(), than: z.string() }),
    z.strictObject({ kind: z.literal('more-than-household'), field: z.string() }),
    z.strictObject({ kind: z.literal('older-than-months'), dateField: z.string(), months: z.number().int() }),
    z.strictObject({ kind: z.literal('all'), of: z.array(conditionSchema).min(1) }),
    z.strictObject({ kind: z.literal('any'), of: z.array(conditionSchema).min(1) }),
    z.strictObject({ kind: z.literal('not'), of: conditionSchema }),
  ]),
);

export const amountSchema: z.ZodType<Amount, Amount> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ ...labelShape, kind: z.literal('fixed'), fen: limitSchema }),
    z.strictObject({ ...labelShape, kind: z.literal('field'), field: z.string() }),
    z.strictObject({ ...labelShape, kind: z.literal('sum-of-list'), field: z.string(), column: z.string() }),
    z.strictObject({ ...labelShape, kind: z.literal('sum'), of: z.array(amountSchema).min(1) }),
    z.strictObject({ ...labelShape, kind: z.literal('less'), from: amountSchema, minus: z.array(amountSchema).min(1) }),
    z.strictObject({ ...labelShape, kind: z.literal('percent'), percent: z.number().positive(), of: amountSchema }),
    z.strictObject({
      ...labelShape,
      kind: z.literal('bands'),
      of: amountSchema,
      bands: z.array(z.strictObject({ upToFen: limitSchema.nullable(), fen: limitSchema })).min(1),
    }),
    z.strictObject({ ...labelShape, kind: z.literal('per-head'), fen: limitSchema }),
    z.strictObject({ ...labelShape, kind: z.literal('at-least'), fen: limitSchema, of: amountSchema }),
    z.strictObject({ ...labelShape, kind: z.literal('at-most'), limit: amountSchema, of: amountSchema }),
    z.strictObject({
      ...labelShape,
      kind: z.literal('raised'),
      percent: z.number().positive(),
      when: conditionSchema,
      of: amountSchema,
    }),
  ]),
);
