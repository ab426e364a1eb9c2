import { lengthOf } from '../../../shared/intake/typed-text.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatDate } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { PatchId } from '../../../shared/kernel/ids.ts';
import { addLocalMonths, asLocalDate, type LocalDate, localDateSchema } from '../../../shared/kernel/time.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { type Appointment, patchRoles, staffRoleSchema } from '../../../shared/register/staff.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';

/** What reading a form must know besides it. */
export type Reader = { readonly words: StaffWords; readonly lang: Lang; readonly today: LocalDate };

export type ReadAppointment = { readonly appointment: Appointment } | { readonly errors: FormErrors };

const longestName = 40;
const longestEmail = 254;
const longestMailbox = 64;

/** No term of a union that keeps such a directory began before, and nobody is appointed further ahead. */
const firstDay = asLocalDate('1990-01-01');
const monthsAhead = { from: 2 * 12, until: 20 * 12 } as const;

/** What cannot be seen and would break a mail's header: control characters, marks of direction, blanks of no width. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Mailboxes that every mail server takes, ours and theirs: letters, digits and the usual marks, at a domain with a dot. */
const address = /^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/** What is wrong with a name, if anything is. */
export function faultOfName(name: string, { words }: Reader): FormErrors {
  const say = words.office.staff;
  if (name === '') return { name: say.nameMissing };
  if (unseen.test(name)) return { name: say.nameUnseen };
  return lengthOf(name) > longestName ? { name: words.errors.tooLong({ label: say.name, max: longestName }) } : {};
}

/** What is wrong with an address, if anything is. Never more than a sentence: what it is like is not repeated. */
export function faultOfEmail(email: string, { words }: Reader): FormErrors {
  const say = words.office.staff;
  if (email === '') return { email: say.emailMissing };
  if (lengthOf(email) > longestEmail) return { email: say.emailLong({ max: longestEmail }) };
  const mailbox = email.slice(0, email.lastIndexOf('@'));
  const isGood = address.test(email) && mailbox.length <= longestMailbox && !/^\.|\.\.|\.$/.test(mailbox);
  return isGood ? {} : { email: say.emailFault };
}

/** An appointment with its term, or all that is wrong with it. A patch role names its patch, a union role none. */
export function readAppointment(form: FormBody, patches: readonly Patch[], reader: Reader): ReadAppointment {
  const { words } = reader;
  const say = words.office.staff;
  const errors: Record<string, string> = {};
  const role = staffRoleSchema.safeParse(form.text('role'));
  if (!role.success) errors['role'] = words.errors.choose({ label: say.role });
  const isPatchRole = role.success && patchRoles.includes(role.data);
  const patchId: PatchId | undefined = patches.find((each) => each.patchId === form.text('patchId'))?.patchId;
  if (isPatchRole && patchId === undefined) errors['patchId'] = say.patchMissing;
  if (role.success && !isPatchRole && form.text('patchId') !== '') errors['patchId'] = say.patchNotNeeded;
  const from = dayOf(form.text('from'), say.from, monthsAhead.from, reader);
  if (from.fault !== undefined) errors['from'] = from.fault;
  const until = form.text('until') === '' ? {} : dayOf(form.text('until'), say.until, monthsAhead.until, reader);
  if (until.fault !== undefined) errors['until'] = until.fault;
  if (from.day !== undefined && until.day !== undefined && until.day < from.day) errors['until'] = say.untilEarly;
  if (!role.success || from.day === undefined || Object.keys(errors).length > 0) return { errors };
  return {
    appointment: {
      role: role.data,
      from: from.day,
      ...(isPatchRole && patchId !== undefined ? { patchId } : {}),
      ...(until.day === undefined ? {} : { until: until.day }),
    },
  };
}

/** The last day of a term. */
export function readLastDay(form: FormBody, name: string, reader: Reader): LocalDate | FormErrors {
  const { day, fault } = dayOf(form.text(name), reader.words.office.staff.endOn, monthsAhead.until, reader);
  return day ?? { [name]: fault ?? '' };
}

type Day = { readonly day?: LocalDate; readonly fault?: string };

function dayOf(typed: string, label: string, months: number, { words, lang, today }: Reader): Day {
  const say = words.office.staff;
  const date = localDateSchema.safeParse(parseDateText(typed));
  if (!date.success) return { fault: words.errors.notADate({ label }) };
  const lastDay = addLocalMonths(today, months);
  if (date.data >= firstDay && date.data <= lastDay) return { day: date.data };
  return { fault: say.dateFar({ label, first: formatDate(firstDay, lang), last: formatDate(lastDay, lang) }) };
}
