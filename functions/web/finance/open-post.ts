import { readPost, type Posted } from '../staff/staff-context.ts';
import type { Reading } from './finance-context.ts';
import { refuseUnless } from '../staff/staff-page.tsx';
import type { StaffDeps } from '../staff/deps.ts';

/** Opens a POST of finance, before anything is read or changed: may this person be here, does the form fit. */
export async function openPost(c: Reading, deps: StaffDeps): Promise<Posted> {
  const refused = refuseUnless(c, deps, 'list-payouts');
  if (refused !== undefined) return { kind: 'answered', response: refused };
  return readPost(c, deps.secrets.csrf);
}
