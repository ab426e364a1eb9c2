import { type FinanceWords, financeWordsOf } from '../../../shared/i18n/finance-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { FinanceApp } from './finance-context.ts';
import { requireSession } from '../staff/staff-session.ts';
import { bankFileRoutes } from './bank-file.ts';
import { batchListRoutes } from './batch-list.tsx';
import { batchPageRoutes } from './batch-page.tsx';
import type { PayoutDeps } from './payout-deps.ts';
import { makeBatchRoutes } from './make-batch.tsx';
import { payoutListRoutes } from './payout-list.tsx';
import { releaseBatchRoutes } from './release-batch.tsx';
import { settlePayoutRoutes } from './settle-payout.tsx';

/** Finance: payouts into batches, batches to the bank, the bank's answers. */
export function financeApp(deps: PayoutDeps): FinanceApp {
  const app = webApp<FinanceWords, { member: StaffMember }>({ wordsOf: financeWordsOf });
  app.use('/finance/*', requireSession(deps));
  payoutListRoutes(app, deps);
  makeBatchRoutes(app, deps);
  batchListRoutes(app, deps);
  batchPageRoutes(app, deps);
  releaseBatchRoutes(app, deps);
  bankFileRoutes(app, deps);
  settlePayoutRoutes(app, deps);
  return app;
}

const batch = '/finance/batches/:batchId';
const payout = '/finance/payouts/:caseId/:payoutId';

/** Which request takes which action of a person on a payout or a batch, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  batch: ['POST', '/finance/batches'],
  send: ['POST', `${batch}/release`],
  release: ['POST', `${batch}/release`],
  unbatch: ['POST', `${batch}/dissolve`],
  dissolve: ['POST', `${batch}/dissolve`],
  confirm: ['POST', `${payout}/confirm`],
  fail: ['POST', `${payout}/fail`],
  return: ['POST', `${payout}/return`],
  silence: ['POST', `${payout}/silence`],
  undo: ['POST', `${payout}/undo`],
} as const;
