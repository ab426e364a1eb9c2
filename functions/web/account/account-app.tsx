import { type StaffWords, staffWordsOf } from '../../../shared/i18n/staff-words.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { StaffApp } from '../staff/staff-context.ts';
import { requireSession } from '../staff/staff-session.ts';
import { handOverRoutes } from './hand-over.tsx';
import { ownAuthenticatorRoutes } from './own-authenticator.tsx';

/** Authenticators: taken up by their person, handed over and stopped by the office. */
export function accountApp(deps: StaffDeps): StaffApp {
  const app = webApp<StaffWords, { member: StaffMember }>({ wordsOf: staffWordsOf });
  app.use('/account/*', requireSession(deps));
  ownAuthenticatorRoutes(app, deps);
  handOverRoutes(app, deps);
  return app;
}
