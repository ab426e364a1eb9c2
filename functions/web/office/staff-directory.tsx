import { formatDate } from '../../../shared/i18n/format.ts';
import { personIdSchema } from '../../../shared/kernel/ids.ts';
import { noAudit } from '../../../shared/kernel/audit.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { type Appointment, currentAppointments, type StaffMember, staffRoles } from '../../../shared/register/staff.ts';
import { Button, DateInput, Form, Select, Table, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import type { StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { mayDo, refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { isAddress, readAppointment } from './staff-form.ts';

/** Who holds which role, and new people. */
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
    const say = c.var.words.office.staff;
    const read = readAppointment(form, await deps.store.patches(), c.var.words);
    const name = form.text('name');
    const email = form.text('email');
    const errors = {
      ...(name === '' ? { name: say.nameMissing } : {}),
      ...(isAddress(email) ? {} : { email: say.emailMissing }),
      ...('errors' in read ? read.errors : {}),
    };
    const again = async (wrong: typeof errors) =>
      c.html(await listPage(c, deps, { values: form.values, errors: wrong }), 422);
    if (Object.keys(errors).length > 0 || 'errors' in read) return again(errors);
    if ((await deps.store.staffByEmail(email)) !== undefined) return again({ email: say.emailInUse });
    const personId = personIdSchema.parse(deps.newId());
    const appointments = [read.appointment];
    const member = { personId, name, email, appointments, version: 0, audit: noAudit };
    const { role } = read.appointment;
    const details = { role };
    await deps.store.saveStaff(member, {
      event: 'staff.entered',
      by: c.var.member.personId,
      at: deps.now(),
      details,
    });
    return c.redirect(`/office/staff/${personId}?done=1`, 303);
  });
}

async function listPage(c: Reading, deps: StaffDeps, form: FormState) {
  const { words } = c.var;
  const say = words.office.staff;
  const [staff, patches] = await Promise.all([deps.store.staff(), deps.store.patches()]);
  const today = localDateOf(deps.now());
  const rolesOf = (member: StaffMember) =>
    currentAppointments(member, today).map((each) => roleWords(c, each, patches));
  return (
    <StaffPage c={c} deps={deps} title={say.title} errors={form.errors}>
      <Table
        caption={say.title}
        isCaptionHidden
        columns={[{ label: say.name }, { label: say.email }, { label: say.appointments }]}
        rows={staff.map((member) => [
          <a class="govuk-link" href={`/office/staff/${member.personId}`}>
            {member.name}
          </a>,
          member.email,
          rolesOf(member).join('、') || say.none,
        ])}
      />
      {mayDo(c, deps, 'manage-staff') ? (
        <>
          <h2 class="govuk-heading-m">{say.add}</h2>
          <Form action="/office/staff" csrf={issueCsrf(c, deps.secrets.csrf)}>
            <TextInput {...field(form, 'name')} label={say.name} autocomplete="off" />
            <TextInput {...field(form, 'email')} label={say.email} type="email" autocomplete="off" spellcheck={false} />
            <AppointmentFields c={c} patches={patches} form={form} />
            <Button>{say.add}</Button>
          </Form>
        </>
      ) : null}
    </StaffPage>
  );
}

/** Role, patch and term. */
export function AppointmentFields({ c, patches, form }: { c: Reading; patches: readonly Patch[]; form: FormState }) {
  const { lang, words } = c.var;
  const say = words.office.staff;
  return (
    <>
      <Select
        {...field(form, 'role')}
        label={say.role}
        choices={staffRoles.map((value) => ({ value, label: say.roles[value] }))}
      />
      <Select
        {...field(form, 'patchId')}
        label={say.patch}
        isOptional
        choices={patches.map(({ patchId, name }) => ({ value: patchId, label: name[lang] }))}
      />
      <DateInput {...field(form, 'from')} label={say.from} />
      <DateInput {...field(form, 'until')} label={say.until} hint={say.untilHint} isOptional />
    </>
  );
}

/** A role, and for a patch role its patch. */
export function roleWords(c: Reading, { role, patchId }: Appointment, patches: readonly Patch[]): string {
  const patch = patches.find((each) => each.patchId === patchId);
  const name = c.var.words.office.staff.roles[role];
  return patch === undefined ? name : `${name} · ${patch.name[c.var.lang]}`;
}

/** A term from its first day to its last. */
export const termWords = (c: Reading, { from, until }: Appointment): string =>
  c.var.words.office.staff.term({
    from: formatDate(from, c.var.lang),
    until: until === undefined ? c.var.words.office.staff.openEnded : formatDate(until, c.var.lang),
  });
