import { type PersonId, personIdSchema } from '../../../shared/kernel/ids.ts';
import { proposeAppointment, proposeLastDay, settleAppointment } from '../../../shared/register/appoint.ts';
import { proposeAddress, settleAddress } from '../../../shared/register/change-address.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import type { Directory, StaffDecided } from '../../../shared/register/staff-change.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormErrors, hasErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { refuseUnless } from '../staff/staff-page.tsx';
import { faultOfEmail, readAppointment, readLastDay } from './staff-form.ts';
import { endField, staffMemberPage } from './staff-member-page.tsx';
import { around, readerOf, refusalOfStaff } from './staff-refusal.ts';

const path = '/office/staff/:personId';

type Read =
  | { readonly errors: FormErrors }
  /** `name` is the field that a refusal is shown at. */
  | { readonly name: string; readonly decide: (staff: Directory) => StaffDecided };

/** One person on the staff: appointments with their terms, and the address. A second person confirms each change of them. */
export function staffMemberRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'see-staff');
    if (refused !== undefined) return refused;
    const member = await memberOf(c, deps);
    return member === undefined ? errorPage(c, 404) : c.html(await staffMemberPage(c, deps, member, emptyForm));
  });

  app.post(`${path}/appoint`, (c) =>
    change(c, deps, async (form, personId) => {
      const read = readAppointment(form, await deps.store.patches(), readerOf(c, deps));
      if ('errors' in read) return read;
      const asked = { personId, appointment: read.appointment };
      return { name: 'role', decide: (staff) => proposeAppointment(staff, asked, around(c, deps)) };
    }),
  );

  app.post(`${path}/end`, (c) =>
    change(c, deps, async (form, personId) => {
      const index = Number(form.text('appointment'));
      const name = endField(index);
      const until = readLastDay(form, name, readerOf(c, deps));
      if (typeof until !== 'string') return { errors: until };
      return { name, decide: (staff) => proposeLastDay(staff, { personId, index, until }, around(c, deps)) };
    }),
  );

  app.post(`${path}/appointment/settle`, (c) =>
    change(c, deps, async (form, personId) => {
      const settled = { personId, proposalId: form.text('proposalId'), confirms: form.text('confirms') === 'yes' };
      return { name: 'confirms', decide: (staff) => settleAppointment(staff, settled, around(c, deps)) };
    }),
  );

  app.post(`${path}/address`, (c) =>
    change(c, deps, async (form, personId) => {
      const email = form.text('email');
      const errors = faultOfEmail(email, readerOf(c, deps));
      if (hasErrors(errors)) return { errors };
      return { name: 'email', decide: (staff) => proposeAddress(staff, { personId, email }, around(c, deps)) };
    }),
  );

  app.post(`${path}/address/settle`, (c) =>
    change(c, deps, async (form, personId) => {
      const settled = { personId, proposedAt: form.text('proposedAt'), confirms: form.text('confirms') === 'yes' };
      return { name: 'confirms', decide: (staff) => settleAddress(staff, settled, around(c, deps)) };
    }),
  );
}

async function memberOf(c: Reading, deps: StaffDeps): Promise<StaffMember | undefined> {
  const personId = personIdSchema.safeParse(c.req.param('personId'));
  return personId.success ? deps.store.staffMember(personId.data) : undefined;
}

/** Asks who may, reads, decides, saves, and shows the person again: with what is wrong, or with the change. */
async function change(
  c: Reading,
  deps: StaffDeps,
  read: (form: FormBody, personId: PersonId) => Promise<Read>,
): Promise<Response> {
  const refused = refuseUnless(c, deps, 'manage-staff');
  if (refused !== undefined) return refused;
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const member = await memberOf(c, deps);
  if (member === undefined) return errorPage(c, 404);
  const { personId } = member;
  const again = async (errors: FormErrors, status: 403 | 409 | 422) => {
    const now = (await deps.store.staffMember(personId)) ?? member;
    return c.html(await staffMemberPage(c, deps, now, { values: posted.form.values, errors }), status);
  };
  const asked = await read(posted.form, personId);
  if ('errors' in asked) return again(asked.errors, 422);
  const outcome = await deps.changeStaff(asked.decide);
  if (outcome.kind === 'saved') return c.redirect(`/office/staff/${personId}?done=1`, 303);
  const { said, status } = refusalOfStaff(c, outcome);
  return again({ [asked.name]: said }, status);
}
