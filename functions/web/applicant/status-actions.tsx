import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import { Button, ButtonGroup, ButtonLink, Form } from '../../../shared/web/controls/index.ts';
import { useWords } from './use-words.ts';
import { allowedActions } from './allowed-actions.ts';

/** A button for each thing that the applicant can do now, and a way to leave a phone that others use too. */
export function ApplicantActions({ file, around, csrf }: { file: CaseFile; around: Around; csrf: string }) {
  const { status: say } = useWords().applicant;
  const at = `/track/case/${file.case.caseId}`;
  const labels = {
    correct: say.correct,
    edit: say.edit,
    'add-papers': say.addPapers,
    'propose-account': say.newAccount,
    reopen: say.reopen,
    withdraw: say.withdraw,
  };
  const actions = allowedActions(file, around);
  return (
    <>
      {actions.length === 0 ? null : <h2 class="govuk-heading-m">{say.actions}</h2>}
      <ButtonGroup>
        {actions.map((action) => {
          // What the case may wait for stands out.
          const look = action === 'edit' || action === 'withdraw' ? 'secondary' : 'primary';
          return action === 'withdraw' || action === 'propose-account' ? (
            <ButtonLink href={`${at}/${action}`} look={look}>
              {labels[action]}
            </ButtonLink>
          ) : (
            <Form action={`${at}/${action}`} csrf={csrf}>
              <Button look={look}>{labels[action]}</Button>
            </Form>
          );
        })}
        <Form action={`${at}/leave`} csrf={csrf}>
          <Button look="secondary">{say.leave}</Button>
        </Form>
      </ButtonGroup>
    </>
  );
}
