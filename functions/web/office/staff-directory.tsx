import { formatList } from '../../../shared/i18n/format.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { enterPerson } from '../../../shared/register/appoint.ts';
import { keepsAlone } from '../../../shared/register/second-person.ts';
import { currentAppointments, plainAddress, type StaffMember } from '../../../shared/register/staff.ts';
import { Button, Form, InsetText, Table, TextInput, WarningText } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormErrors, type FormState, hasErrors } from '../../../shared/web/form-state.ts';
import type { StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { mayDo, refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { AppointmentFields, roleWords } from './appointment-words.tsx';
import { faultOfEmail, faultOfName, readAppointment } from './staff-form.ts';
import { around, readerOf, refusalOfStaff } from './staff-refusal.ts';

/** Who holds which role, what waits for a second person, and new people. */
export function staffDirectoryRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/office/staff', async (c) => {
    const refused = refuseUnless(c, deps, 'see-staff');
    return refused ?? c.html(await listPage(c, deps, emptyForm));
  });

  app.post('/office/staff', async (c) => {
    const refused = refuseUnless(c, deps, 'manage-staff');
    if (refused !== undefined) return refused;
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const { form } = posted;
    const reader = readerOf(c, deps);
    const read = readAppointment(form, await deps.store.patches(), reader);
    const name = form.text('name');
    const email = form.text('email');
    const errors: FormErrors = {
      ...faultOfName(name, reader),
      ...faultOfEmail(email, reader),
      ...('errors' in read ? read.errors : {}),
    };
    const again = async (wrong: FormErrors, status: 403 | 409 | 422) =>
      c.html(await listPage(c, deps, { values: form.values, errors: wrong }), status);
    if (hasErrors(errors) || 'errors' in read) return again(errors, 422);
    const entered = { name, email, appointment: read.appointment };
    const outcome = await deps.changeStaff((staff) => enterPerson(staff, entered, around(c, deps)));
    if (outcome.kind === 'saved') return c.redirect(`/office/staff/${outcome.member.personId}?done=1`, 303);
    // A second press of the same button: what it was for is done.
    const known =
      outcome.kind === 'refused' && outcome.code === 'entered-before' ? await memberAt(deps, email) : undefined;
    if (known !== undefined) return c.redirect(`/office/staff/${known.personId}?done=1`, 303);
    const { said, status } = refusalOfStaff(c, outcome);
    return again({ email: said }, status);
  });
}

const memberAt = async (deps: StaffDeps, email: string): Promise<StaffMember | undefined> =>
  (await deps.store.staff()).find((each) => plainAddress(each.email) === plainAddress(email));

async function listPage(c: Reading, deps: StaffDeps, form: FormState) {
  const { words } = c.var;
  const say = words.office.staff;
  const [staff, patches] = await Promise.all([deps.store.staff(), deps.store.patches()]);
  const today = localDateOf(deps.now());
  const rolesOf = (member: StaffMember) =>
    currentAppointments(member, today).map((each) => roleWords(c, each, patches));
  const mayManage = mayDo(c, deps, 'manage-staff');
  const isAlone = mayManage && keepsAlone(staff, c.var.member.personId, today);
  return (
    <StaffPage c={c} deps={deps} title={say.title} errors={form.errors}>
      {isAlone ? <WarningText>{say.alone}</WarningText> : null}
      <Waiting staff={staff} c={c} />
      <Table
        caption={say.title}
        isCaptionHidden
        columns={[{ label: say.name }, { label: say.email }, { label: say.appointments }]}
        rows={staff.map((member) => [
          <a class="govuk-link" href={`/office/staff/${member.personId}`}>
            {member.name}
          </a>,
          member.email,
          formatList(rolesOf(member), c.var.lang) || say.none,
        ])}
      />
      {mayManage ? (
        <>
          <h2 class="govuk-heading-m">{say.add}</h2>
          {isAlone ? null : <p class="govuk-body">{say.needsSecond}</p>}
          <Form action="/office/staff" csrf={issueCsrf(c, deps.secrets.csrf)}>
            <TextInput {...field(form, 'name')} label={say.name} width={20} autocomplete="off" />
            <TextInput
              {...field(form, 'email')}
              label={say.email}
              type="email"
              width={30}
              autocomplete="off"
              spellcheck={false}
            />
            <AppointmentFields c={c} patches={patches} form={form} />
            <Button>{say.add}</Button>
          </Form>
        </>
      ) : null}
    </StaffPage>
  );
}

/** People with a change that waits for a second person, so that they need not be looked for. */
function Waiting({ c, staff }: { c: Reading; staff: readonly StaffMember[] }) {
  const waiting = staff.filter((each) => each.proposals !== undefined || each.addressChange !== undefined);
  if (waiting.length === 0) return null;
  return (
    <InsetText>
      <p class="govuk-body">{c.var.words.office.staff.waiting}</p>
      <ul class="govuk-list">
        {waiting.map(({ personId, name }) => (
          <li>
            <a class="govuk-link" href={`/office/staff/${personId}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </InsetText>
  );
}
