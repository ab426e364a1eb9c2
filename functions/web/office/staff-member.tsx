import { can } from '../../../shared/cases/can.ts';
import { personIdSchema } from '../../../shared/kernel/ids.ts';
import type { AuditFact } from '../../../shared/kernel/audit.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { type Appointment, holdsRole, type StaffMember } from '../../../shared/register/staff.ts';
import {
  Button,
  ButtonGroup,
  DateInput,
  Form,
  InsetText,
  NotificationBanner,
  SummaryList,
  TextInput,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, field, type FormErrors, type FormState } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { SettledAddress, StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { mayDo, refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { AppointmentFields, roleWords, termWords } from './staff-directory.tsx';
import { isAddress, readAppointment, readLastDay } from './staff-form.ts';

const path = '/office/staff/:personId';

type Change = { readonly appointments: Appointment[]; readonly event: string; readonly details: AuditFact['details'] };

/** One person on the staff: appointments with their terms, and the address, which two people change. */
export function staffMemberRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'see-staff');
    if (refused !== undefined) return refused;
    const member = await memberOf(c, deps);
    return member === undefined ? errorPage(c, 404) : c.html(await memberPage(c, deps, member, emptyForm));
  });

  app.post(`${path}/appoint`, (c) =>
    change(c, deps, async (form, member): Promise<Change | FormErrors> => {
      if (member.personId === c.var.member.personId) return { role: c.var.words.office.staff.notYourself };
      const read = readAppointment(form, await deps.store.patches(), c.var.words);
      if ('errors' in read) return read.errors;
      const { role, patchId } = read.appointment;
      const details = { role, ...(patchId === undefined ? {} : { patchId }) };
      return { appointments: [...member.appointments, read.appointment], event: 'staff.appointed', details };
    }),
  );

  app.post(`${path}/end`, (c) =>
    change(c, deps, async (form, member): Promise<Change | FormErrors> => {
      const index = Number(form.text('appointment'));
      const ended = member.appointments[index];
      if (ended === undefined) return { email: c.var.words.office.staff.stale };
      const until = readLastDay(form, endField(index), ended.from, c.var.words);
      if (typeof until !== 'string') return until;
      if (ended.role === 'administrator' && !(await hasAnotherAdministrator(deps, member))) {
        return { [endField(index)]: c.var.words.office.staff.lastAdministrator };
      }
      const appointments = member.appointments.map((each, at) => (at === index ? { ...each, until } : each));
      return { appointments, event: 'staff.appointment-ended', details: { role: ended.role, until } };
    }),
  );

  app.post(`${path}/address`, (c) =>
    settle(c, deps, async (form, member) => {
      const email = form.text('email');
      if (!isAddress(email)) return { email: c.var.words.office.staff.emailMissing };
      const { personId } = member;
      return deps.store.proposeAddress({ personId, email, by: c.var.member.personId, now: deps.now() });
    }),
  );

  app.post(`${path}/address/settle`, (c) =>
    settle(c, deps, async (form, member) => {
      const actor = { kind: 'staff', member: c.var.member } as const;
      const allowed = can(actor, { action: 'confirm-address', now: deps.now(), of: member });
      if (!allowed.allowed && allowed.code === 'same-person') return { kind: 'refused', code: allowed.code };
      // What is confirmed is what was seen: another proposal may have taken its place meanwhile.
      if (form.text('proposedAt') !== member.addressChange?.proposedAt) {
        return { email: c.var.words.office.staff.stale };
      }
      const { personId } = member;
      const confirms = form.text('confirms') === 'yes';
      return deps.store.settleAddress({ personId, confirms, by: c.var.member.personId, now: deps.now() });
    }),
  );
}

/** Each end of a term has a field of its own: there is a form for every appointment on the page. */
const endField = (index: number): string => `endOn${index}`;

/** Without an administrator nobody could enter anybody any more. */
async function hasAnotherAdministrator(deps: StaffDeps, member: StaffMember): Promise<boolean> {
  const today = localDateOf(deps.now());
  const others = (await deps.store.staff()).filter(({ personId }) => personId !== member.personId);
  return others.some((each) => holdsRole(each, 'administrator', today));
}

async function memberOf(c: Reading, deps: StaffDeps): Promise<StaffMember | undefined> {
  const personId = personIdSchema.safeParse(c.req.param('personId'));
  return personId.success ? deps.store.staffMember(personId.data) : undefined;
}

const change = (
  c: Reading,
  deps: StaffDeps,
  read: (form: FormBody, member: StaffMember) => Promise<Change | FormErrors>,
): Promise<Response> =>
  settle(c, deps, async (form, member) => {
    const changed = await read(form, member);
    if (!isChange(changed)) return changed;
    const { event, details, appointments } = changed;
    const fact = { event, by: c.var.member.personId, at: deps.now(), details };
    return deps.store.saveStaff({ ...member, appointments }, fact);
  });

const isChange = (read: Change | FormErrors): read is Change => Array.isArray(read['appointments']);

/** Asks who may, reads, saves, and shows the person again: with what is wrong, or with the change. */
async function settle(
  c: Reading,
  deps: StaffDeps,
  save: (form: FormBody, member: StaffMember) => Promise<SettledAddress | FormErrors>,
): Promise<Response> {
  const refused = refuseUnless(c, deps, 'manage-staff');
  if (refused !== undefined) return refused;
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const member = await memberOf(c, deps);
  if (member === undefined) return errorPage(c, 404);
  const saved = await save(posted.form, member);
  const say = c.var.words.office.staff;
  const again = async (errors: FormErrors, status: 403 | 409 | 422) =>
    c.html(await memberPage(c, deps, member, { values: posted.form.values, errors }), status);
  if (!isSettled(saved)) return again(saved, 422);
  if (saved.kind === 'saved') return c.redirect(`/office/staff/${member.personId}?done=1`, 303);
  if (!('code' in saved)) return again({ email: say.stale }, 409);
  switch (saved.code) {
    case 'same-person':
      return again({ email: say.samePerson }, 403);
    case 'address-in-use':
      return again({ email: say.emailInUse }, 422);
    default:
      return again({ email: say.stale }, 409);
  }
}

const isSettled = (saved: SettledAddress | FormErrors): saved is SettledAddress =>
  saved.kind === 'saved' || saved.kind === 'stale' || saved.kind === 'refused';

async function memberPage(c: Reading, deps: StaffDeps, member: StaffMember, form: FormState) {
  const say = c.var.words.office.staff;
  const patches = await deps.store.patches();
  const proposerId = member.addressChange?.proposedBy;
  const proposer = proposerId === undefined ? undefined : await deps.store.staffMember(proposerId);
  const at = `/office/staff/${member.personId}`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const mayManage = mayDo(c, deps, 'manage-staff');
  const rows = member.appointments.map((each) => ({ key: roleWords(c, each, patches), value: termWords(c, each) }));
  const notice =
    c.req.query('done') === '1' ? <NotificationBanner kind="success">{say.saved}</NotificationBanner> : undefined;
  return (
    <StaffPage c={c} deps={deps} title={member.name} errors={form.errors} notice={notice} backHref="/office/staff">
      <SummaryList rows={[{ key: say.email, value: member.email }, ...rows]} />
      <AddressPart c={c} deps={deps} member={member} proposer={proposer?.name ?? ''} form={form} />
      {mayManage ? (
        <>
          {member.appointments.map((each, index) =>
            each.until === undefined ? (
              <Form action={`${at}/end`} csrf={csrf} hidden={{ appointment: String(index) }}>
                <h2 class="govuk-heading-m">{`${say.end}${c.var.lang === 'zh' ? '：' : ': '}${roleWords(c, each, patches)}`}</h2>
                <DateInput {...field(form, endField(index))} label={say.endOn} />
                <Button look="secondary">{say.end}</Button>
              </Form>
            ) : null,
          )}
          <h2 class="govuk-heading-m">{say.appoint}</h2>
          <Form action={`${at}/appoint`} csrf={csrf}>
            <AppointmentFields c={c} patches={patches} form={form} />
            <Button look="secondary">{say.appoint}</Button>
          </Form>
        </>
      ) : null}
    </StaffPage>
  );
}

type AddressProps = {
  readonly c: Reading;
  readonly deps: StaffDeps;
  readonly member: StaffMember;
  /** The name of whoever has proposed a new address. */
  readonly proposer: string;
  readonly form: FormState;
};

function AddressPart({ c, deps, member, proposer, form }: AddressProps) {
  const say = c.var.words.office.staff;
  if (!mayDo(c, deps, 'manage-staff')) return null;
  const at = `/office/staff/${member.personId}/address`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const { addressChange } = member;
  if (addressChange !== undefined) {
    return (
      <>
        <InsetText>{say.proposed({ email: addressChange.email, name: proposer })}</InsetText>
        <Form action={`${at}/settle`} csrf={csrf} hidden={{ proposedAt: addressChange.proposedAt }}>
          <ButtonGroup>
            <Button name="confirms" value="yes">
              {say.confirm}
            </Button>
            <Button look="secondary" name="confirms" value="no">
              {say.drop}
            </Button>
          </ButtonGroup>
        </Form>
      </>
    );
  }
  return (
    <Form action={at} csrf={csrf}>
      <h2 class="govuk-heading-m">{say.address}</h2>
      <TextInput
        {...field(form, 'email')}
        label={say.newEmail}
        hint={say.addressHint}
        type="email"
        autocomplete="off"
        spellcheck={false}
      />
      <Button look="secondary">{say.propose}</Button>
    </Form>
  );
}
