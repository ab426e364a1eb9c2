import { type Instant, localDateOf } from '../kernel/time.ts';
import { currentAppointments, holdsRole, type StaffMember, type StaffRole } from '../register/staff.ts';
import type { Around, CaseFile, RefusalCode } from './case-file.ts';
import { barOfFinding, checkToAnswer, findingToClose } from './payment-check.ts';
import { paperToExtend, visitToRecord } from './scheduled-actions.ts';
import type { ScheduledItem } from './scheduled-item.ts';

const readers: readonly StaffRole[] = ['office', 'auditor', 'administrator'];
const visitors: readonly StaffRole[] = ['patch-member', 'deputy', 'head'];

const holdsOneOf = (member: StaffMember, roles: readonly StaffRole[], now: Instant, patchId?: string): boolean =>
  roles.some((role) => holdsRole(member, role, localDateOf(now), patchId));

/** What somebody sees of all that is due: everything, or the visits of the patches that they are responsible for. */
export function dueSeenBy(member: StaffMember, now: Instant): 'all' | readonly string[] {
  if (holdsOneOf(member, readers, now)) return 'all';
  const own = currentAppointments(member, localDateOf(now)).filter(({ role }) => visitors.includes(role));
  return own.flatMap(({ patchId }) => patchId ?? []);
}

/** What whoever is responsible for a patch has to do with: the visits of the review, and those after the payment. */
const isVisit = ({ kind }: ScheduledItem): boolean =>
  kind === 'visit' || kind === 'home-visit' || kind === 'payment-check';

export type DueAction = 'see-due' | 'extend-paper' | 'record-visit' | 'answer-payment-check' | 'close-finding';

/** Why somebody may not do this to something that is due on a case; undefined if they may. */
export function barOnDue(
  member: StaffMember,
  action: DueAction,
  { file, around, item }: { readonly file: CaseFile; readonly around: Around; readonly item: ScheduledItem },
): RefusalCode | undefined {
  const isOfPatch = isVisit(item) && holdsOneOf(member, visitors, around.now, file.case.patchId);
  if (action === 'see-due') return isOfPatch || holdsOneOf(member, readers, around.now) ? undefined : 'not-allowed';
  if (action === 'close-finding') {
    if (!holdsOneOf(member, ['office', 'auditor'], around.now)) return 'not-allowed';
    const finding = findingToClose(file.scheduled);
    if (finding?.itemId !== item.itemId) return 'not-possible-now';
    return barOfFinding(member.personId, file, around, finding);
  }
  const isOffice = holdsOneOf(member, ['office'], around.now);
  const isVisitors = action === 'record-visit' || action === 'answer-payment-check';
  if (!isOffice && !(isVisitors && isOfPatch)) return 'not-allowed';
  if (around.interests.has(member.personId)) return 'barred-by-interest';
  if (action === 'answer-payment-check')
    return checkToAnswer(file.scheduled)?.itemId === item.itemId ? undefined : 'not-possible-now';
  const open = action === 'record-visit' ? visitToRecord(file, item.itemId) : paperToExtend(file, around, item.itemId);
  return open === undefined ? 'not-possible-now' : undefined;
}
