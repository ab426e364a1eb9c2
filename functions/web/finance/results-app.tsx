import { type FinanceWords, financeWordsOf } from '../../../shared/i18n/finance-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import { requireSession } from '../staff/staff-session.ts';
import { bankResultsRoutes } from './bank-results.tsx';
import type { BankResultDeps } from './bank-result-deps.ts';
import type { FinanceApp } from './finance-context.ts';
import { largestUploadBytes } from './take-result.ts';

/**
 * What banks said, as a Lambda of its own beside finance's others: it alone reads files that come from outside, and takes requests of
 * their size.
 */
export function resultsApp(deps: BankResultDeps): FinanceApp {
  const app = webApp<FinanceWords, { member: StaffMember }>({
    wordsOf: financeWordsOf,
    maxBodyBytes: largestUploadBytes,
  });
  app.use('/finance/*', requireSession(deps));
  bankResultsRoutes(app, deps);
  return app;
}

/** Which request takes which action of a person on a bank's result, for a test that walks lifecycles against pages. */
export const actionRoutes = { apply: ['POST', '/finance/results/:resultId/apply'] } as const;
