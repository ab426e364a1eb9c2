import { readPost, type Posted } from '../staff/staff-context.ts';
import type { Reading } from './finance-context.ts';
import { refuseUnless } from '../staff/staff-page.tsx';
import type { FinanceDeps } from './deps.ts';

/** What a POST of finance is for. Those that move money or say that it moved are asked for more than a session. */
export type FinancePost = 'check' | 'make' | 'release' | 'dissolve' | 'go-on' | 'upload' | 'settle';

/**
 * Opens a POST of finance: may this person be here, does the form fit; the one place through which every one of them goes, before
 * anything is read or changed.
 */
export async function openPost(c: Reading, deps: FinanceDeps, _purpose: FinancePost): Promise<Posted> {
  const refused = refuseUnless(c, deps, 'list-payouts');
  if (refused !== undefined) return { kind: 'answered', response: refused };
  return readPost(c, deps.secrets.csrf);
}
