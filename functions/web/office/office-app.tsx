import { type StaffWords, staffWordsOf } from '../../../shared/i18n/staff-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { StaffApp } from '../staff/staff-context.ts';
import { requireSession } from '../staff/staff-session.ts';
import { caseListRoutes } from './case-list.tsx';
import { caseRoutes } from './cases.tsx';
import { dueItemRoutes } from './due-item.tsx';
import { dueListRoutes } from './due-list.tsx';
import type { OfficeDeps } from './office-deps.ts';
import { registerRoutes } from './register.tsx';
import { signInRoutes } from './sign-in.tsx';
import { staffDirectoryRoutes } from './staff-directory.tsx';
import { staffMemberRoutes } from './staff-member.tsx';

/** The office's pages, and signing in for everybody on the staff. */
export function officeApp(deps: OfficeDeps): StaffApp {
  const app = webApp<StaffWords, { member: StaffMember }>({ wordsOf: staffWordsOf });
  signInRoutes(app, deps);
  app.use('/office/*', requireSession(deps));
  caseListRoutes(app, deps);
  caseRoutes(app, deps);
  dueListRoutes(app, deps);
  dueItemRoutes(app, deps);
  registerRoutes(app, deps);
  staffDirectoryRoutes(app, deps);
  staffMemberRoutes(app, deps);
  app.get('/office/funds', (c) => c.redirect('/finance/funds', 303));
  return app;
}

/** Which request takes which action of a person, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  replace: ['POST', '/office/cases/:caseId/account'],
  reassign: ['POST', '/office/cases/:caseId/reassign'],
  'reissue-link': ['POST', '/office/cases/:caseId/reissue-link'],
  'extend-paper': ['POST', '/office/due/:caseId/:itemId/extend'],
  'answer-payment-check': ['POST', '/office/due/:caseId/:itemId/arrived'],
  'close-finding': ['POST', '/office/due/:caseId/:itemId/close'],
  'record-visit': ['POST', '/office/due/:caseId/:itemId/visit'],
  'reissue-code': ['POST', '/office/cases/:caseId/reissue-code'],
  'enter-person': ['POST', '/office/staff'],
  appoint: ['POST', '/office/staff/:personId/appoint'],
  'end-appointment': ['POST', '/office/staff/:personId/end'],
  'settle-appointment': ['POST', '/office/staff/:personId/appointment/settle'],
  'propose-address': ['POST', '/office/staff/:personId/address'],
  'settle-address': ['POST', '/office/staff/:personId/address/settle'],
} as const;
