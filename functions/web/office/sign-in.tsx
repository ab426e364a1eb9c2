import type { Hono } from 'hono';
import { outboxIdSchema } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { log } from '../../../shared/log.ts';
import { provedByMail } from '../../../shared/register/change-address.ts';
import { currentAppointments, holdsRole, type StaffMember } from '../../../shared/register/staff.ts';
import { Button, ButtonLink, Form, NotificationBanner, TextInput } from '../../../shared/web/controls/index.ts';
import { clearHostCookie, readHostCookie, setHostCookie } from '../../../shared/web/cookies.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import { safePath } from '../../../shared/web/language.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, readPost, type StaffEnv } from '../staff/staff-context.ts';
import { endSession, startSession } from '../staff/staff-session.ts';
import type { OfficeDeps } from './office-deps.ts';
import { secondTasks } from './second-tasks.tsx';
import { isWithinSignInLimits } from './sign-in-limits.ts';

const mine = '/office/mine';
const nextCookie = 'next';
const nextSeconds = 15 * 60;

/** Signing in by a mailed link. What it answers never tells whose address is in the directory. */
export function signInRoutes(app: Hono<StaffEnv>, deps: OfficeDeps): void {
  app.get('/sign-in', (c) => {
    const next = c.req.query('next');
    if (next !== undefined) setHostCookie(c, nextCookie, safePath(next), nextSeconds);
    return c.html(askPage(c, deps, emptyForm, c.req.query('out') === '1'));
  });

  app.post('/sign-in', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const email = posted.form.text('email');
    if (!/^\S+@\S+$/.test(email)) {
      const errors = { email: c.var.words.office.signIn.emailMissing };
      return c.html(askPage(c, deps, { values: posted.form.values, errors }, false), 422);
    }
    if (!(await isWithinSignInLimits(c, deps, email))) {
      const errors = { email: c.var.words.office.signIn.tooMany };
      return c.html(askPage(c, deps, { values: posted.form.values, errors }, false), 429);
    }
    await mailSignIn(deps, email);
    return sentPage(c);
  });

  app.get('/sign-in/:token', async (c) => {
    const token = c.req.param('token');
    const personId = await deps.store.peekSignIn(token, deps.now());
    return personId === undefined ? usedPage(c) : c.html(enterPage(c, deps, token));
  });

  app.post('/sign-in/:token', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const personId = await deps.store.useSignIn(c.req.param('token'), deps.now());
    const member = personId === undefined ? undefined : await deps.store.staffMember(personId);
    if (member === undefined) return usedPage(c);
    if (!isAppointed(deps, member)) return errorPage(c, 403);
    if (member.enteredAlone) await deps.changeStaff((staff) => provedByMail(staff, member.personId, deps.now()));
    await startSession(c, deps, member.personId);
    const next = readHostCookie(c, nextCookie);
    clearHostCookie(c, nextCookie);
    if (next !== undefined && next !== '/') return c.redirect(safePath(next), 303);
    c.set('member', member);
    return c.redirect((await isSecondNeeded(c, deps)) ? mine : homeOf(deps, member), 303);
  });

  app.post('/sign-out', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    await endSession(c, deps);
    return c.redirect('/sign-in?out=1', 303);
  });
}

const isAppointed = (deps: StaffDeps, member: StaffMember): boolean =>
  currentAppointments(member, localDateOf(deps.now())).length > 0;

/** The link is used up by now: whatever cannot be read, whoever signs in comes in. */
async function isSecondNeeded(c: Reading, deps: OfficeDeps): Promise<boolean> {
  try {
    return (await secondTasks(c, deps)).length > 0;
  } catch (error) {
    log.error('what waits for a second person could not be read', { error });
    return false;
  }
}

/** Where somebody's work lies, where nothing waits for them as the second person. */
function homeOf(deps: StaffDeps, member: StaffMember): string {
  const today = localDateOf(deps.now());
  if (holdsRole(member, 'finance', today)) return '/finance';
  if (
    ['office', 'administrator', 'auditor'].some((role) =>
      currentAppointments(member, today).some((each) => each.role === role),
    )
  )
    return '/office/cases';
  return mine;
}

async function mailSignIn(deps: StaffDeps, email: string): Promise<void> {
  const now = deps.now();
  const member = await deps.store.staffByEmail(email);
  if (member === undefined || !isAppointed(deps, member)) return;
  await deps.post({
    kind: 'mail',
    outboxId: outboxIdSchema.parse(`mail-${deps.newId()}`),
    createdAt: now,
    template: 'sign-in',
    to: { person: member.personId },
  });
}

function askPage(c: Reading, deps: StaffDeps, form: FormState, isSignedOut: boolean) {
  const { lang, words } = c.var;
  const say = words.office.signIn;
  return (
    <Page
      lang={lang}
      title={say.title}
      errors={form.errors}
      path={c.req.method === 'GET' ? c.req.path : undefined}
      notice={isSignedOut ? <NotificationBanner kind="success">{say.signedOut}</NotificationBanner> : undefined}
    >
      <p class="govuk-body-l">{say.lead}</p>
      <Form action="/sign-in" csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput
          {...field(form, 'email')}
          label={say.email}
          type="email"
          autocomplete="email"
          inputmode="email"
          spellcheck={false}
        />
        <Button>{say.send}</Button>
      </Form>
    </Page>
  );
}

function sentPage(c: Reading): Answer {
  const { sentTitle, sentBody } = c.var.words.office.signIn;
  return c.html(
    <Page lang={c.var.lang} title={sentTitle}>
      <p class="govuk-body-l">{sentBody}</p>
    </Page>,
  );
}

function enterPage(c: Reading, deps: StaffDeps, token: string) {
  const say = c.var.words.office.signIn;
  return (
    <Page lang={c.var.lang} title={say.enterTitle}>
      <p class="govuk-body-l">{say.enterBody}</p>
      <Form action={`/sign-in/${encodeURIComponent(token)}`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <Button>{say.enter}</Button>
      </Form>
    </Page>
  );
}

function usedPage(c: Reading): Answer {
  const say = c.var.words.office.signIn;
  return c.html(
    <Page lang={c.var.lang} title={say.usedTitle}>
      <p class="govuk-body-l">{say.usedBody}</p>
      <ButtonLink href="/sign-in">{say.again}</ButtonLink>
    </Page>,
    410,
  );
}
