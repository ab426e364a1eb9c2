import type { Batch, PayeeWarning } from '../../../shared/disbursement/batch.ts';
import { readWarningAnswer } from '../../../shared/disbursement/payee-warnings.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import type { Reading } from './finance-context.ts';
import type { ChosenPayment } from './open-chosen.ts';

export type Answered = Batch['answers'][number];

/** The form field that answers one warning on one payment. */
export const answerField = ({ payoutId }: Pick<Payout, 'payoutId'>, warning: PayeeWarning): string =>
  `answer.${payoutId}.${warning}`;

/** Every warning with its answer, or what is not answered, all at once. */
export function readAnswers(
  c: Reading,
  form: FormBody,
  chosen: readonly ChosenPayment[],
): { readonly errors: FormErrors } | { readonly answers: Answered[] } {
  const { batch } = c.var.words.finance;
  const errors: Record<string, string> = {};
  const answers: Answered[] = [];
  for (const { payout, file, warnings } of chosen) {
    for (const warning of warnings) {
      const name = answerField(payout, warning);
      const answer = readWarningAnswer(form.text(name));
      const { caseNumber } = file.case;
      if (answer === undefined) errors[name] = batch.answerMissing({ caseNumber, warning: batch.warnings[warning] });
      else answers.push({ payoutId: payout.payoutId, warning, answer, by: c.var.member.personId });
    }
  }
  return Object.keys(errors).length > 0 ? { errors } : { answers };
}
