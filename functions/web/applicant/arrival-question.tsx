import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { checkToAnswer } from '../../../shared/cases/payment-check.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { Button, Form, TextInput } from '../../../shared/web/controls/index.ts';
import { useWords } from './use-words.ts';

/** Asks a household of the sample whether the money arrived, and how much; `fault`: what was typed was no sum of money. */
export function ArrivalQuestion({
  file,
  csrf,
  lang,
  fault,
}: {
  file: CaseFile;
  csrf: string;
  lang: Lang;
  fault: boolean;
}) {
  const { status: say } = useWords().applicant;
  const asked = checkToAnswer(file.scheduled);
  if (asked === undefined) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{say.checkTitle}</h2>
      <p class="govuk-body">{say.checkLead({ amount: formatMoney(asked.expectedFen, lang) })}</p>
      <Form action={`/track/case/${file.case.caseId}/arrived`} csrf={csrf}>
        <TextInput
          name="arrived"
          label={say.checkAmount}
          hint={say.checkHint}
          error={fault ? say.checkFault : undefined}
          width={10}
          autocomplete="off"
          spellcheck={false}
        />
        <Button>{say.checkSend}</Button>
      </Form>
    </>
  );
}
