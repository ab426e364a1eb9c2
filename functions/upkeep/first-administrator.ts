import { noAudit } from '../../shared/kernel/audit.ts';
import { personIdSchema } from '../../shared/kernel/ids.ts';
import { type Instant, localDateOf } from '../../shared/kernel/time.ts';
import { holdsRole } from '../../shared/register/staff.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { listStaff, saveStaffMember } from '../../shared/store/staff-store.ts';

/**
 * Where nobody is administrator, the address that the deployment names becomes one, with the office's role too: somebody must
 * be able to enter and to fill the directory. Once there is an administrator this changes nothing.
 */
export async function ensureAdministrator(
  store: Store,
  email: string,
  { by, at }: { by: string; at: Instant },
): Promise<void> {
  const today = localDateOf(at);
  const staff = await listStaff(store);
  if (email === '' || staff.some((member) => holdsRole(member, 'administrator', today))) return;
  const known = staff.find((member) => member.email.toLowerCase() === email.toLowerCase());
  const fresh = {
    personId: personIdSchema.parse('first-administrator'),
    name: '系统管理员',
    email,
    appointments: [],
    version: 0,
    audit: noAudit,
  };
  const member = known ?? staff.find(({ personId }) => personId === fresh.personId) ?? fresh;
  const appointments = [
    ...member.appointments,
    { role: 'administrator' as const, from: today },
    { role: 'office' as const, from: today },
  ];
  await saveStaffMember(store, { ...member, email, appointments }, [
    { event: 'staff.first-administrator', by, at, details: {} },
  ]);
}
