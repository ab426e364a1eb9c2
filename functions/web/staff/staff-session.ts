import type { StaffPageWords } from '../../../shared/i18n/finance-words.ts';
import type { MiddlewareHandler } from 'hono';
import type { Context } from 'hono';
import type { PersonId } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { currentAppointments, type StaffMember } from '../../../shared/register/staff.ts';
import { clearHostCookie, openSigned, readHostCookie, setHostCookie, signValue } from '../../../shared/web/cookies.ts';
import type { StaffDeps } from './deps.ts';
import type { StaffEnv } from './staff-context.ts';

const cookie = 'session';
const purpose = 'session';
const sessionHours = 8;

/** Starts a session of eight hours; the cookie holds its signed token, the store only a hash. */
export async function startSession(c: Context, deps: StaffDeps, personId: PersonId): Promise<void> {
  const token = await deps.store.createSession(personId, deps.now(), sessionHours * 3_600_000);
  setHostCookie(c, cookie, signValue(deps.secrets.session, purpose, token), sessionHours * 3600);
}

export async function endSession(c: Context, deps: StaffDeps): Promise<void> {
  const token = openSigned(deps.secrets.session, purpose, readHostCookie(c, cookie));
  if (token !== undefined) await deps.store.endSession(token);
  clearHostCookie(c, cookie);
}

/** The staff, by the request that has asked who of them is signed in. */
const asked = new WeakMap<Context, readonly StaffMember[]>();

/** The staff as this request has read it: what tells whose session it is also tells who the others are. */
export const staffOf = async (c: Context, { store }: StaffDeps): Promise<readonly StaffMember[]> =>
  asked.get(c) ?? store.staff();

/** Who is signed in, if their session runs and they still hold an appointment. */
export async function signedIn(c: Context, deps: StaffDeps): Promise<StaffMember | undefined> {
  const token = openSigned(deps.secrets.session, purpose, readHostCookie(c, cookie));
  const now = deps.now();
  const personId = token === undefined ? undefined : await deps.store.sessionPerson(token, now);
  if (personId === undefined) return undefined;
  const staff = await deps.store.staff();
  asked.set(c, staff);
  const member = staff.find((each) => each.personId === personId);
  return member !== undefined && currentAppointments(member, localDateOf(now)).length > 0 ? member : undefined;
}

/** Puts who is signed in into `c.var.member`; leads everybody else to the sign-in page, and back afterwards. */
export const requireSession =
  <Words extends StaffPageWords>(deps: StaffDeps): MiddlewareHandler<StaffEnv<Words>> =>
  async (c, next) => {
    const member = await signedIn(c, deps);
    if (member === undefined) {
      const back = c.req.method === 'GET' ? c.req.path : '/office';
      return c.redirect(`/sign-in?next=${encodeURIComponent(back)}`, 303);
    }
    c.set('member', member);
    await next();
    return undefined;
  };
