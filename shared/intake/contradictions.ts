import type { Facts } from '../programmes/evaluate.ts';
import { holds } from '../programmes/evaluate.ts';
import { mentionsOfCondition } from '../programmes/mentions.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { FieldError } from './field-error.ts';

/**
 * Answers that are possible one by one and not together, each told at its field in the programme's own words. What is wrong by itself
 * (`errors`) is told first: nothing is concluded from it.
 */
export function contradictionsIn(
  { contradictions = [] }: Pick<ProgrammeVersion, 'contradictions'>,
  facts: Facts,
  errors: readonly FieldError[],
): FieldError[] {
  const wrong = new Set(errors.map(({ field }) => field.split('.')[0]));
  return contradictions
    .filter(({ when }) => !mentionsOfCondition(when).some(({ field }) => wrong.has(field)) && holds(when, facts))
    .map(({ field, reason }) => ({ field, code: 'contradiction', reason }));
}
