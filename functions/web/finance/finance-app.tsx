import { type StaffWords, staffWordsOf } from '../../../shared/i18n/staff-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { StaffApp } from '../staff/staff-context.ts';
import { requireSession } from '../staff/staff-session.ts';
import { fundLedgerRoutes } from './fund-ledger.tsx';
import { payoutListRoutes } from './payout-list.tsx';
import { settlePayoutRoutes } from './settle-payout.tsx';

/** Finance: payouts to release, to confirm, failed; the funds and their ledger. */
export function financeApp(deps: StaffDeps): StaffApp {
  const app = webApp<StaffWords, { member: StaffMember }>({ wordsOf: staffWordsOf });
  app.use('/finance/*', requireSession(deps));
  payoutListRoutes(app, deps);
  settlePayoutRoutes(app, deps);
  fundLedgerRoutes(app, deps);
  return app;
}

/** Which request takes which action of a person on a payout, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  release: ['POST', '/finance/release'],
  confirm: ['POST', '/finance/payouts/:caseId/:payoutId/confirm'],
  fail: ['POST', '/finance/payouts/:caseId/:payoutId/fail'],
} as const;
