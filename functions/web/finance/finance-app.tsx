import { type StaffWords, staffWordsOf } from '../../../shared/i18n/staff-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { StaffApp } from '../staff/staff-context.ts';
import { requireSession } from '../staff/staff-session.ts';
import type { FundDeps } from './fund-deps.ts';
import { fundFormRoutes } from './fund-forms.tsx';
import { fundListRoutes } from './fund-list.tsx';
import { fundPageRoutes } from './fund-page.tsx';
import { fundProposalRoutes } from './fund-proposal.tsx';
import { payoutListRoutes } from './payout-list.tsx';
import { settlePayoutRoutes } from './settle-payout.tsx';

/** Finance: payouts to release, to confirm, failed; the funds with their ledger, and what two persons agree to about them. */
export function financeApp(deps: FundDeps): StaffApp {
  const app = webApp<StaffWords, { member: StaffMember }>({ wordsOf: staffWordsOf });
  app.use('/finance/*', requireSession(deps));
  payoutListRoutes(app, deps);
  settlePayoutRoutes(app, deps);
  fundListRoutes(app, deps);
  fundFormRoutes(app, deps);
  fundPageRoutes(app, deps);
  fundProposalRoutes(app, deps);
  return app;
}

/** Which request takes which action of a person on a payout, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  release: ['POST', '/finance/release'],
  confirm: ['POST', '/finance/payouts/:caseId/:payoutId/confirm'],
  fail: ['POST', '/finance/payouts/:caseId/:payoutId/fail'],
} as const;
