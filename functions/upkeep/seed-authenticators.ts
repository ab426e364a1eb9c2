import { type AuditFact, noAudit } from '../../shared/kernel/audit.ts';
import type { PersonId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { isActive, refusedCode } from '../../shared/register/authenticator.ts';
import { newTotpSecret } from '../../shared/register/totp.ts';
import { changeAuthenticator, getAuthenticator } from '../../shared/store/authenticator-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { seedStaff } from './seed-staff.ts';

export type SeededSecret = { readonly personId: PersonId; readonly secret: string };

/**
 * The invented people of finance and the office, who confirm what moves money, with authenticators in use, each with a secret of its own that is made here; gives the secrets to
 * whoever shows the codes. One that is there already stays as it is.
 */
export async function seedAuthenticators(
  store: Store,
  { by, at }: { readonly by: string; readonly at: Instant },
): Promise<SeededSecret[]> {
  const secrets: SeededSecret[] = [];
  for (const { personId, appointments } of seedStaff) {
    if (!appointments.some(({ role }) => role === 'finance' || role === 'office')) continue;
    const fresh = {
      personId,
      status: 'active' as const,
      secret: newTotpSecret(),
      lastStep: 0,
      wrongTries: 0,
      recoveryHashes: [],
      version: 0,
      audit: noAudit,
    };
    const facts: AuditFact[] = [{ event: 'authenticator.seeded', by, at, details: {} }];
    await changeAuthenticator(store, personId, (before) =>
      before === undefined ? { kind: 'changed', after: fresh, facts } : refusedCode({ code: 'not-allowed' }),
    );
    const known = await getAuthenticator(store, personId);
    if (known?.secret !== undefined && isActive(known)) secrets.push({ personId, secret: known.secret });
  }
  return secrets;
}
