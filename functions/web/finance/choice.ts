import { type CaseId, caseIdSchema, type PayoutId, payoutIdSchema } from '../../../shared/kernel/ids.ts';

/** One payment that was ticked. */
export type Choice = { readonly caseId: CaseId; readonly payoutId: PayoutId };
export const choiceOf = ({ caseId, payoutId }: Choice): string => `${caseId}/${payoutId}`;

/** What was ticked, each once; what is no choice is left out. */
export function readChoices(values: readonly string[]): Choice[] {
  return [...new Set(values)].flatMap((value) => {
    const [caseId, payoutId] = value.split('/');
    const parsed = { caseId: caseIdSchema.safeParse(caseId), payoutId: payoutIdSchema.safeParse(payoutId) };
    return parsed.caseId.success && parsed.payoutId.success
      ? [{ caseId: parsed.caseId.data, payoutId: parsed.payoutId.data }]
      : [];
  });
}
