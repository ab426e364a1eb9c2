import { type FinanceWords, financeWordsOf } from '../../../shared/i18n/finance-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import { requireSession } from '../staff/staff-session.ts';
import type { FinanceApp } from './finance-context.ts';
import type { FundDeps } from './fund-deps.ts';
import { fundFormRoutes } from './fund-forms.tsx';
import { fundListRoutes } from './fund-list.tsx';
import { fundPageRoutes } from './fund-page.tsx';
import { fundProposalRoutes } from './fund-proposal.tsx';

/** The funds with their ledger, and what two persons agree to: a Lambda of its own, beside finance's others. */
export function fundsApp(deps: FundDeps): FinanceApp {
  const app = webApp<FinanceWords, { member: StaffMember }>({ wordsOf: financeWordsOf });
  app.use('/finance/*', requireSession(deps));
  fundListRoutes(app, deps);
  fundFormRoutes(app, deps);
  fundPageRoutes(app, deps);
  fundProposalRoutes(app, deps);
  return app;
}
