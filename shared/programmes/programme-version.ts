import * as z from 'zod';
import { wordsSchema } from '../kernel/fen-schema.ts';
import { fundIdSchema, programmeIdSchema } from '../kernel/ids.ts';
import { localDateSchema } from '../kernel/time.ts';
import { amountSchema, conditionSchema } from './condition.ts';
import { formFieldSchema } from './form-field.ts';
import { stageSchema } from './stage.ts';

/** A paper the programme asks for: at once, or within some calendar days after the submission. */
export const paperSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: wordsSchema,
  help: wordsSchema.exactOptional(),
  atLeast: z.number().int().nonnegative(),
  atMost: z.number().int().positive(),
  askedIf: conditionSchema.exactOptional(),
  due: z.union([
    z.literal('with-the-application'),
    z.strictObject({ withinDays: z.number().int().positive(), isExtendable: z.boolean() }),
  ]),
});
export type Paper = z.infer<typeof paperSchema>;

/** A rule that refuses or returns at intake, with the sentence the applicant reads. */
export const intakeRuleSchema = z.strictObject({
  id: z.string(),
  when: conditionSchema,
  reason: wordsSchema,
});

/** Answers that cannot be true together, told at `field` before anything is sent, with the sentence that the applicant reads. */
export const contradictionSchema = z.strictObject({
  id: z.string(),
  field: z.string(),
  when: conditionSchema,
  reason: wordsSchema,
});

/**
 * What may be helped only once. The key is made of these parts, in this order: the household, the incident, or fields of the
 * form (normalised). A second live or paid case with the same key is refused.
 */
export const onceRuleSchema = z.strictObject({
  id: z.string(),
  key: z.array(z.union([z.literal('household'), z.literal('incident'), z.strictObject({ field: z.string() })])).min(1),
  reason: wordsSchema,
});
export type OnceRule = z.infer<typeof onceRuleSchema>;

/** The most that one household may be awarded under this programme in a period. */
export const capSchema = z.strictObject({
  maxFen: z.number().int().positive(),
  per: z.union([
    z.literal('calendar-year'),
    z.literal('incident'),
    z.strictObject({ months: z.number().int().positive() }),
  ]),
});

/** Which funds pay: in turn (the next when one is empty), or each by its share in percent (the odd fen to the first). */
export const fundRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('in-turn'), funds: z.array(fundIdSchema).min(1) }),
  z.strictObject({
    kind: z.literal('by-shares'),
    shares: z.array(z.strictObject({ fund: fundIdSchema, percent: z.number().int().positive() })).min(1),
  }),
]);
export type FundRule = z.infer<typeof fundRuleSchema>;

/**
 * One immutable version of a programme 帮扶项目. A case pins the version that it was submitted under. No functions: amounts,
 * conditions and the order of stages are data, so a programme of a kind that exists touches no workflow, no handler and no page.
 */
export const programmeVersionSchema = z.strictObject({
  id: programmeIdSchema,
  version: z.number().int().positive(),
  validFrom: localDateSchema,
  names: wordsSchema,
  /** One sentence: what it helps with. */
  summary: wordsSchema,
  /** Who may apply, in words; `refusals` says the same as data. */
  whoMayApply: wordsSchema,
  /** The two letters of its case numbers: DB-2016-00001. */
  numberPrefix: z.string().regex(/^[A-Z]{2}$/),
  /** Whether one event (a fire) can stand behind several cases; its fields name the event. */
  incident: z.strictObject({ dateField: z.string(), placeField: z.string(), numberField: z.string() }).nullable(),
  form: z.array(formFieldSchema).min(1),
  /** Absent in versions of before there were any. */
  contradictions: z.array(contradictionSchema).exactOptional(),
  papers: z.array(paperSchema).min(1),
  /** Not eligible: each that holds is given as a reason of the refusal. */
  refusals: z.array(intakeRuleSchema),
  once: z.array(onceRuleSchema),
  suggestion: amountSchema,
  /** Never more than this, whatever anyone proposes (own share less what others paid). */
  ceiling: amountSchema.nullable(),
  cap: capSchema,
  funds: fundRuleSchema,
  stages: z.array(stageSchema).min(3),
  /** What comes after the last payment; scheduled items, never a sleeping execution. */
  afterwards: z.array(z.strictObject({ what: z.literal('visit'), afterDays: z.number().int().positive() })),
});
export type ProgrammeVersion = z.infer<typeof programmeVersionSchema>;
/** A version as it is written down, before its ids and dates are checked. */
export type ProgrammeVersionInput = z.input<typeof programmeVersionSchema>;
