import { formatDate } from '../../../shared/i18n/format.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { type Appointment, staffRoles } from '../../../shared/register/staff.ts';
import { DateInput, Select } from '../../../shared/web/controls/index.ts';
import { field, type FormState } from '../../../shared/web/form-state.ts';
import type { Reading } from '../staff/staff-context.ts';

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

/** A term from its first day to its last, or on from its first. */
export function termWords(c: Reading, { from, until }: Appointment): string {
  const { lang, words } = c.var;
  const first = formatDate(from, lang);
  if (until === undefined) return words.office.staff.termOpen({ from: first });
  return words.office.staff.term({ from: first, until: formatDate(until, lang) });
}
