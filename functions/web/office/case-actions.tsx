import { can } from '../../../shared/cases/can.ts';
import { needsNewApproval, waitsForNewApproval } from '../../../shared/cases/approve-heir.ts';
import { openRequestOf } from '../../../shared/cases/case-work.ts';
import { roleToAdd } from '../../../shared/cases/office-actions.ts';
import { isAsked } from '../../../shared/cases/seats.ts';
import {
  Button,
  Checkboxes,
  Form,
  InsetText,
  Select,
  SummaryList,
  Textarea,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { choices, field, type FormState } from '../../../shared/web/form-state.ts';
import { PaperList } from '../staff/answer-list.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import type { OpenCase } from './open-case.ts';

type Props = OpenCase & { readonly c: Reading; readonly deps: StaffDeps; readonly form: FormState };

/** What the office can do to a case now; nothing for whoever only reads. */
export function CaseActions(props: Props) {
  const { c, file, around } = props;
  const may = (action: 'decide-account' | 'reassign' | 'reissue-code') =>
    can({ kind: 'staff', member: c.var.member }, { action, file, around }).allowed;
  const waits = waitsForNewApproval(file) && !may('decide-account');
  if (!may('reissue-code') && !may('decide-account')) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{c.var.words.office.case.actions}</h2>
      {waits ? <InsetText>{c.var.words.office.case.accountToApproveAnew}</InsetText> : null}
      {may('decide-account') ? <Account {...props} /> : null}
      {may('reassign') ? <OpenRequest {...props} /> : null}
      {may('reissue-code') ? <TrackingCode {...props} /> : null}
    </>
  );
}

function Account({ c, deps, file, around, form }: Props) {
  const { words } = c.var;
  const say = words.office.case;
  const { lang } = c.var;
  const { proposedPayee, proposedPayeeAt, proposal, caseId } = file.case;
  if (proposedPayee === undefined) return null;
  const { column } = words.finance;
  const proofs = file.case.papers.filter(({ fileId }) => proposal?.proofFileIds.includes(fileId));
  // The whole number: it is checked against the proof that the applicant brought.
  return (
    <>
      <h3 class="govuk-heading-s">{say.account}</h3>
      <SummaryList
        rows={[
          { key: column.payee, value: proposedPayee.holderName },
          { key: column.bank, value: proposedPayee.bankName },
          { key: column.account, value: proposedPayee.accountNumber },
          {
            key: words.approver.row.payeeRelation,
            value: [words.approver.payeeKind[proposedPayee.kind], proposedPayee.relation ?? '']
              .filter(Boolean)
              .join(' · '),
          },
        ]}
      />
      {proofs.length === 0 ? null : (
        <>
          <p class="govuk-body">{say.accountProof}</p>
          <PaperList
            files={proofs}
            programme={around.programme}
            at={`/office/cases/${caseId}`}
            lang={lang}
            words={words}
          />
        </>
      )}
      {needsNewApproval(file.case) ? (
        <InsetText>{waitsForNewApproval(file) ? say.accountToApproveAnew : say.accountOfHeir}</InsetText>
      ) : null}
      <Form
        action={`/office/cases/${caseId}/account`}
        csrf={issueCsrf(c, deps.secrets.csrf)}
        hidden={{ proposedAt: proposedPayeeAt ?? '' }}
      >
        <Textarea {...field(form, 'note')} label={say.accountNote} rows={2} isOptional />
        <div class="govuk-button-group">
          <Button name="approves" value="yes">
            {say.accountApprove}
          </Button>
          <Button look="secondary" name="approves" value="no">
            {say.accountRefuse}
          </Button>
        </div>
      </Form>
    </>
  );
}

function OpenRequest({ c, deps, file, around, form }: Props) {
  const say = c.var.words.office.case;
  const request = openRequestOf(file);
  if (request === undefined) return null;
  const { requestId } = request;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const at = `/office/cases/${file.case.caseId}`;
  const roles = c.var.words.office.staff.roles;
  const candidates = around.staff.flatMap((member) => {
    const role = roleToAdd(file, around, request, member.personId);
    return role === undefined ? [] : [{ value: member.personId, label: `${member.name} · ${roles[role]}` }];
  });
  const isSilent = (personId: string) =>
    !file.votes.some((vote) => vote.requestId === requestId && vote.personId === personId);
  const asked = request.seats.filter((seat) => isAsked(seat) && isSilent(seat.personId));
  const nameOf = (id: string) => around.staff.find(({ personId }) => personId === id)?.name ?? id;
  return (
    <>
      {request.seats.length === 0 ? null : (
        <>
          <h3 class="govuk-heading-s">{say.reassign}</h3>
          {candidates.length === 0 ? (
            <p class="govuk-body">{say.reassignNobody}</p>
          ) : (
            <Form action={`${at}/reassign`} csrf={csrf} hidden={{ requestId }}>
              <Select {...field(form, 'toPersonId')} label={say.reassignTo} choices={candidates} />
              <Button look="secondary">{say.reassign}</Button>
            </Form>
          )}
        </>
      )}
      {asked.map(({ personId }) => (
        <Form action={`${at}/reissue-link`} csrf={csrf} hidden={{ requestId, personId }}>
          <Button look="secondary">{say.reissueLink({ name: nameOf(personId) })}</Button>
        </Form>
      ))}
    </>
  );
}

function TrackingCode({ c, deps, file, form }: Props) {
  const say = c.var.words.office.case;
  return (
    <>
      <h3 class="govuk-heading-s">{say.reissueCode}</h3>
      <Form action={`/office/cases/${file.case.caseId}/reissue-code`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <Checkboxes
          {...choices(form, 'isIdentityChecked')}
          label={say.reissueCode}
          choices={[{ value: 'yes', label: say.identityChecked }]}
        />
        <Button look="secondary">{say.reissueCode}</Button>
      </Form>
    </>
  );
}
