import * as z from 'zod';
import { fen } from './money.ts';

/** Whole fen, not negative. */
export const fenSchema = z.number().int().nonnegative().transform(fen);

/** Text in the two languages of the house. */
export const wordsSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Words = z.infer<typeof wordsSchema>;
