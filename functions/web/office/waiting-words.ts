import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatList } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import type { RequestPurpose } from '../../../shared/cases/decision-request.ts';
import type { CaseSummary } from '../staff/deps.ts';

/** Whom a case waits for: people by name where they were asked, else the roles. */
export function waitingWords(
  { waiting, status }: Pick<CaseSummary, 'waiting' | 'status'>,
  staff: readonly StaffMember[],
  words: StaffWords,
  lang: Lang,
): string {
  const { nobody, applicant } = words.office.cases;
  if (status === 'returned') return applicant;
  if (waiting === undefined) return nobody;
  const names = waiting.people.map((id) => staff.find(({ personId }) => personId === id)?.name ?? id);
  if (names.length > 0) return formatList(names, lang);
  const roles = waiting.roles.map((role) => words.office.staff.roles[role]);
  return roles.length > 0 ? formatList(roles, lang) : nobody;
}

export function purposeWords(purpose: RequestPurpose, words: StaffWords): string {
  switch (purpose) {
    case 'correction':
    case 'notice':
    case 'payment':
      return words.office.case.otherPurpose[purpose];
    default:
      return words.approver.purpose[purpose];
  }
}
