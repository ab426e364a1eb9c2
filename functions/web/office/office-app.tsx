import type { StaffMember } from '../../../shared/register/staff.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { StaffApp } from '../staff/staff-context.ts';
import { requireSession } from '../staff/staff-session.ts';
import { signInRoutes } from './sign-in.tsx';

/** The office's pages, and signing in for everybody on the staff. */
export function officeApp(deps: StaffDeps): StaffApp {
  const app = webApp<{ member: StaffMember }>();
  signInRoutes(app, deps);
  app.use('/office/*', requireSession(deps));
  return app;
}
