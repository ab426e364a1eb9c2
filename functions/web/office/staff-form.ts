import type { Catalogue } from '../../../shared/i18n/catalogue.ts';
import type { PatchId } from '../../../shared/kernel/ids.ts';
import { type LocalDate, localDateSchema } from '../../../shared/kernel/time.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { type Appointment, patchRoles, staffRoleSchema } from '../../../shared/register/staff.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';

export type ReadAppointment = { readonly appointment: Appointment } | { readonly errors: FormErrors };

const dateOf = (typed: string): LocalDate | undefined => {
  const date = localDateSchema.safeParse(parseDateText(typed));
  return date.success ? date.data : undefined;
};

/** An appointment with its term, or all that is wrong with it. A patch role names its patch, a union role none. */
export function readAppointment(form: FormBody, patches: readonly Patch[], words: Catalogue): ReadAppointment {
  const say = words.office.staff;
  const errors: Record<string, string> = {};
  const role = staffRoleSchema.safeParse(form.text('role'));
  if (!role.success) errors['role'] = words.errors.choose({ label: say.role });
  const isPatchRole = role.success && patchRoles.includes(role.data);
  const patchId: PatchId | undefined = patches.find((each) => each.patchId === form.text('patchId'))?.patchId;
  if (isPatchRole && patchId === undefined) errors['patchId'] = say.patchMissing;
  if (role.success && !isPatchRole && form.text('patchId') !== '') errors['patchId'] = say.patchNotNeeded;
  const from = dateOf(form.text('from'));
  if (from === undefined) errors['from'] = say.dateFault;
  const typedUntil = form.text('until');
  const until = typedUntil === '' ? undefined : dateOf(typedUntil);
  if (typedUntil !== '' && until === undefined) errors['until'] = say.dateFault;
  if (from !== undefined && until !== undefined && until < from) errors['until'] = say.untilEarly;
  if (!role.success || from === undefined || Object.keys(errors).length > 0) return { errors };
  return {
    appointment: {
      role: role.data,
      from,
      ...(isPatchRole && patchId !== undefined ? { patchId } : {}),
      ...(until === undefined ? {} : { until }),
    },
  };
}

/** The last day of a term, not before its first. */
export function readLastDay(form: FormBody, name: string, from: LocalDate, words: Catalogue): LocalDate | FormErrors {
  const say = words.office.staff;
  const until = dateOf(form.text(name));
  if (until === undefined) return { [name]: say.dateFault };
  return until < from ? { [name]: say.untilEarly } : until;
}

export const isAddress = (email: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) && email.length <= 254;
