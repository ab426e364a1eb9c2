import { type StaffWords, staffWordsOf } from '../../../shared/i18n/staff-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { StaffApp } from '../staff/staff-context.ts';
import { decideRoutes } from './decide.tsx';
import { followLinkRoutes } from './follow-link.tsx';
import { newLinkRoutes } from './new-link.tsx';

/** The pages behind a decision link. */
export function approverApp(deps: StaffDeps): StaffApp {
  const app = webApp<StaffWords, { member: StaffMember }>({ wordsOf: staffWordsOf });
  followLinkRoutes(app, deps);
  newLinkRoutes(app, deps);
  decideRoutes(app, deps);
  return app;
}

const decide = ['POST', '/decide/:requestId'] as const;

/** Which request takes which action of a person, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  'to-review': decide,
  'to-approval': decide,
  'to-notice': decide,
  'to-payment': decide,
  return: decide,
  decline: decide,
  'resume-notice': decide,
  admit: decide,
  reject: decide,
  uphold: decide,
  dismiss: decide,
} as const;
