import type { FundPageWords } from '../../../shared/i18n/finance-words.ts';
import { fundPageWordsOf } from '../../../shared/i18n/fund-page-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import { requireSession } from '../staff/staff-session.ts';
import type { FundApp } from './fund-context.ts';
import type { FundDeps } from './fund-deps.ts';
import { fundFormRoutes } from './fund-forms.tsx';
import { fundListRoutes } from './fund-list.tsx';
import { fundPageRoutes } from './fund-page.tsx';
import { fundProposalRoutes } from './fund-proposal.tsx';
import { claimRoutes } from './claim-overpayment.tsx';
import { recoveryListRoutes } from './recovery-list.tsx';
import { recoveryRoutes } from './recovery-steps.tsx';

/**
 * The funds with their ledger, what two persons agree to for them, and what households pay back into them: a Lambda of its own, beside
 * finance's others.
 */
export function fundsApp(deps: FundDeps): FundApp {
  const app = webApp<FundPageWords, { member: StaffMember }>({ wordsOf: fundPageWordsOf });
  app.use('/finance/*', requireSession(deps));
  fundListRoutes(app, deps);
  fundFormRoutes(app, deps);
  fundPageRoutes(app, deps);
  fundProposalRoutes(app, deps);
  recoveryListRoutes(app, deps);
  claimRoutes(app, deps);
  recoveryRoutes(app, deps);
  return app;
}

const recovery = '/finance/recoveries/:caseId/:recoveryId';

/** Which request takes which action of a person on a recovery, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  'propose-recovery': ['POST', '/finance/recoveries/:caseId'],
  'agree-recovery': ['POST', `${recovery}/agree`],
  'decline-recovery': ['POST', `${recovery}/decline`],
  'record-repayment': ['POST', `${recovery}/record`],
  'confirm-repayment': ['POST', `${recovery}/confirm`],
  'reject-repayment': ['POST', `${recovery}/reject`],
  'propose-waiver': ['POST', `${recovery}/propose-waiver`],
  'waive-recovery': ['POST', `${recovery}/waive`],
} as const;
