import { localDateOf } from '../../../shared/kernel/time.ts';
import { keepsAlone } from '../../../shared/register/second-person.ts';
import type { Patch } from '../../../shared/register/household.ts';
import type { Appointment, StaffMember } from '../../../shared/register/staff.ts';
import {
  Button,
  DateInput,
  Form,
  NotificationBanner,
  SummaryList,
  TextInput,
  WarningText,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { field, type FormState } from '../../../shared/web/form-state.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { mayDo, StaffPage } from '../staff/staff-page.tsx';
import { AppointmentFields, roleWords, termWords } from './appointment-words.tsx';
import { PendingChanges } from './pending-changes.tsx';

export type MemberProps = {
  readonly c: Reading;
  readonly deps: StaffDeps;
  readonly member: StaffMember;
  readonly staff: readonly StaffMember[];
  readonly patches: readonly Patch[];
  readonly form: FormState;
};

/** Each end of a term has a field of its own: there is a form for every appointment on the page. */
export const endField = (index: number): string => `endOn${index}`;

/** One person on the staff, to whoever may see the directory; with forms for whoever keeps it. */
export async function staffMemberPage(c: Reading, deps: StaffDeps, member: StaffMember, form: FormState) {
  const say = c.var.words.office.staff;
  const [staff, patches] = await Promise.all([deps.store.staff(), deps.store.patches()]);
  const props = { c, deps, member, staff, patches, form };
  const mayManage = mayDo(c, deps, 'manage-staff');
  const isAlone = mayManage && keepsAlone(staff, c.var.member.personId, localDateOf(deps.now()));
  const rows = member.appointments.map((each) => ({ key: roleWords(c, each, patches), value: termWords(c, each) }));
  const held = rows.length === 0 ? [{ key: say.appointments, value: say.none }] : rows;
  const notice =
    c.req.query('done') === '1' ? (
      <NotificationBanner kind="success">{noticeOf(props, isAlone)}</NotificationBanner>
    ) : undefined;
  return (
    <StaffPage c={c} deps={deps} title={member.name} errors={form.errors} notice={notice} backHref="/office/staff">
      {isAlone ? <WarningText>{say.alone}</WarningText> : null}
      <SummaryList rows={[{ key: say.email, value: member.email }, ...held]} />
      <PendingChanges {...props} />
      {mayManage ? (
        <>
          <p class="govuk-body">
            <a class="govuk-link" href={`/account/staff/${member.personId}`}>
              {say.authenticator}
            </a>
          </p>
          <Terms {...props} />
          <NewAppointment {...props} />
          {member.addressChange === undefined ? <NewAddress {...props} isAlone={isAlone} /> : null}
        </>
      ) : null}
    </StaffPage>
  );
}

/** What was saved: a change that waits is not one that counts. */
function noticeOf({ c, member }: MemberProps, isAlone: boolean): string {
  const say = c.var.words.office.staff;
  const isWaiting = member.proposals !== undefined || member.addressChange !== undefined;
  if (isWaiting) return say.savedWaiting;
  return isAlone ? say.savedAlone : say.saved;
}

/** A form for each term that is not over, but for one whose change is proposed already. */
function Terms({ c, deps, member, patches, form }: MemberProps) {
  const say = c.var.words.office.staff;
  const today = localDateOf(deps.now());
  const isPending = (index: number) => member.proposals?.some(({ alters }) => alters === index) ?? false;
  const isOver = ({ until }: Appointment) => until !== undefined && until < today;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  return (
    <>
      {member.appointments.map((each, index) =>
        isOver(each) || isPending(index) ? null : (
          <Form action={`/office/staff/${member.personId}/end`} csrf={csrf} hidden={{ appointment: String(index) }}>
            <h2 class="govuk-heading-m">{say.endWhat({ appointment: roleWords(c, each, patches) })}</h2>
            <DateInput {...field(form, endField(index))} label={say.endOn} />
            <Button look="secondary">{say.end}</Button>
          </Form>
        ),
      )}
    </>
  );
}

function NewAppointment({ c, deps, member, patches, form }: MemberProps) {
  const say = c.var.words.office.staff;
  if (member.personId === c.var.member.personId) return <p class="govuk-body">{say.notYourself}</p>;
  return (
    <>
      <h2 class="govuk-heading-m">{say.appoint}</h2>
      <Form action={`/office/staff/${member.personId}/appoint`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <AppointmentFields c={c} patches={patches} form={form} />
        <Button look="secondary">{say.appoint}</Button>
      </Form>
    </>
  );
}

function NewAddress({ c, deps, member, form, isAlone }: MemberProps & { readonly isAlone: boolean }) {
  const say = c.var.words.office.staff;
  return (
    <Form action={`/office/staff/${member.personId}/address`} csrf={issueCsrf(c, deps.secrets.csrf)}>
      <h2 class="govuk-heading-m">{say.address}</h2>
      <TextInput
        {...field(form, 'email')}
        label={say.newEmail}
        hint={isAlone ? undefined : say.addressHint}
        type="email"
        width={30}
        autocomplete="off"
        spellcheck={false}
      />
      <Button look="secondary">{isAlone ? say.address : say.propose}</Button>
    </Form>
  );
}
