import type { Child } from 'hono/jsx';
import { can } from '../../../shared/cases/can.ts';
import { formatDateTime, formatList } from '../../../shared/i18n/format.ts';
import type { PersonId } from '../../../shared/kernel/ids.ts';
import { type Instant, localDateOf } from '../../../shared/kernel/time.ts';
import { secondPeople } from '../../../shared/register/second-person.ts';
import type { AppointmentProposal } from '../../../shared/register/staff.ts';
import { Button, ButtonGroup, Form, InsetText } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { roleWords, termWords } from './appointment-words.tsx';
import type { MemberProps } from './staff-member-page.tsx';

/** What was proposed for a person and counts for nothing yet; with buttons for whoever may confirm it, else with their names. */
export function PendingChanges(props: MemberProps) {
  const { c, member, patches } = props;
  const say = c.var.words.office.staff;
  const { proposals = [], addressChange } = member;
  if (proposals.length === 0 && addressChange === undefined) return null;
  const at = `/office/staff/${member.personId}`;
  const wordsOf = ({ appointment, alters }: AppointmentProposal) => {
    const what = { appointment: roleWords(c, appointment, patches), term: termWords(c, appointment) };
    return alters === undefined ? say.proposedNew(what) : say.proposedEnd(what);
  };
  return (
    <>
      <h2 class="govuk-heading-m">{say.waitingHere}</h2>
      {proposals.map((each) => (
        <Pending
          {...props}
          proposed={each}
          action={`${at}/appointment/settle`}
          hidden={{ proposalId: each.proposalId }}
          confirm={say.confirmAppointment}
          drop={say.dropAppointment}
        >
          {wordsOf(each)}
        </Pending>
      ))}
      {addressChange === undefined ? null : (
        <Pending
          {...props}
          proposed={addressChange}
          action={`${at}/address/settle`}
          hidden={{ proposedAt: addressChange.proposedAt }}
          confirm={say.confirm}
          drop={say.drop}
        >
          {say.proposedAddress({ email: addressChange.email })}
        </Pending>
      )}
    </>
  );
}

type PendingProps = MemberProps & {
  readonly proposed: { readonly proposedBy: PersonId; readonly proposedAt: Instant };
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly confirm: string;
  readonly drop: string;
  readonly children?: Child;
};

function Pending(props: PendingProps) {
  const { c, deps, member, staff, proposed, action, hidden, confirm, drop, children } = props;
  const say = c.var.words.office.staff;
  const { proposedBy, proposedAt } = proposed;
  const proposer = staff.find(({ personId }) => personId === proposedBy)?.name ?? proposedBy;
  const wish = { action: 'confirm-staff-change', now: deps.now(), of: member.personId, proposedBy } as const;
  const mayConfirm = can({ kind: 'staff', member: c.var.member }, wish).allowed;
  return (
    <>
      <InsetText>
        <p class="govuk-body">{children}</p>
        <p class="govuk-body">{say.proposedBy({ name: proposer, at: formatDateTime(proposedAt, c.var.lang) })}</p>
        {mayConfirm ? null : <p class="govuk-body">{confirmers(props)}</p>}
      </InsetText>
      {mayConfirm ? (
        <Form action={action} csrf={issueCsrf(c, deps.secrets.csrf)} hidden={hidden}>
          <ButtonGroup>
            <Button name="confirms" value="yes">
              {confirm}
            </Button>
            <Button look="secondary" name="confirms" value="no">
              {drop}
            </Button>
          </ButtonGroup>
        </Form>
      ) : null}
    </>
  );
}

/** Who can confirm it; or, where nobody can, the way out of that. */
function confirmers({ c, deps, staff, member, proposed }: PendingProps): string {
  const say = c.var.words.office.staff;
  const who = { by: proposed.proposedBy, of: member.personId };
  const names = secondPeople(staff, who, localDateOf(deps.now())).map(({ name }) => name);
  return names.length === 0 ? say.nobodyConfirms : say.waitsFor({ names: formatList(names, c.var.lang) });
}
