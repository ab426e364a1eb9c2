import * as z from 'zod';
import { wordsSchema } from '../kernel/fen-schema.ts';
import { conditionSchema } from './condition.ts';

const shape = {
  name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  label: wordsSchema,
  help: wordsSchema.exactOptional(),
  /** Must be filled in, wherever it is asked at all. */
  required: z.boolean(),
  /** Asked only if this holds. */
  askedIf: conditionSchema.exactOptional(),
  /** What the answer may tell about a person: sealed with the key of that retention class; absent means nothing personal. */
  personal: z.enum(['identity', 'health', 'payment', 'hardship']).exactOptional(),
};

/** A name, a place or a story has letters: digits or signs alone are surely none. */
const inWords = { needsLetters: z.literal(true).exactOptional() };

const optionSchema = z.strictObject({ value: z.string(), label: wordsSchema });

/** A question that stands alone, or as a column of a list. */
const plainFieldSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...shape,
    type: z.literal('text'),
    maxLength: z.number().int(),
    pattern: z.string().exactOptional(),
    ...inWords,
  }),
  z.strictObject({ ...shape, type: z.literal('long-text'), maxLength: z.number().int(), ...inWords }),
  z.strictObject({
    ...shape,
    type: z.literal('money'),
    minFen: z.number().int().exactOptional(),
    maxFen: z.number().int(),
  }),
  z.strictObject({ ...shape, type: z.literal('count'), min: z.number().int(), max: z.number().int() }),
  z.strictObject({ ...shape, type: z.literal('date'), mayLieInFuture: z.boolean() }),
  z.strictObject({ ...shape, type: z.literal('choice'), options: z.array(optionSchema).min(2) }),
  z.strictObject({ ...shape, type: z.literal('yes-no') }),
]);
export type PlainField = z.infer<typeof plainFieldSchema>;

/** One question of a programme's form. A list repeats its columns (items burnt, costs), `maxRows` times at most. */
export const formFieldSchema = z.union([
  plainFieldSchema,
  z.strictObject({
    ...shape,
    type: z.literal('list'),
    columns: z.array(plainFieldSchema).min(1),
    maxRows: z.number().int().min(1).max(30),
  }),
]);
export type FormField = z.infer<typeof formFieldSchema>;

/** One answer, as stored: money in fen, dates as YYYY-MM-DD, choices by value, lists as rows. Unanswered fields are absent. */
export type PlainAnswer = string | number | boolean;
export type Answer = PlainAnswer | readonly Readonly<Record<string, PlainAnswer>>[];
export type Answers = Readonly<Record<string, Answer>>;

const plainAnswerSchema = z.union([z.string(), z.number(), z.boolean()]);
export const answersSchema: z.ZodType<Answers> = z.record(
  z.string(),
  z.union([plainAnswerSchema, z.array(z.record(z.string(), plainAnswerSchema))]),
);
