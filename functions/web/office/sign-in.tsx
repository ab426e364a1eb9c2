import type { Hono } from 'hono';
import { outboxIdSchema } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { provedByMail } from '../../../shared/register/change-address.ts';
import { currentAppointments, holdsRole, plainAddress, type StaffMember } from '../../../shared/register/staff.ts';
import { Button, ButtonLink, Form, NotificationBanner, TextInput } from '../../../shared/web/controls/index.ts';
import { clearHostCookie, readHostCookie, setHostCookie } from '../../../shared/web/cookies.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import { safePath } from '../../../shared/web/language.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { sourceAddress } from '../../../shared/web/source-address.ts';
import { isWithinAll } from '../../../shared/web/within-limits.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, readPost, type StaffEnv } from '../staff/staff-context.ts';
import { endSession, startSession } from '../staff/staff-session.ts';

const nextCookie = 'next';
const windowSeconds = 15 * 60;

/**
 * Mails asked for in a quarter of an hour: by one sender for one address, by one sender (a whole office may share one), for one
 * address. A stranger uses up their own allowance first. A link works as long as the window lasts, so whoever is stopped
 * has one in their mailbox that still works.
 */
const mostMails = { ofSenderForAddress: 5, ofSender: 60, ofAddress: 20 } as const;

/** Signing in by a mailed link. What it answers never tells whose address is in the directory. */
export function signInRoutes(app: Hono<StaffEnv>, deps: StaffDeps): void {
  app.get('/sign-in', (c) => {
    const next = c.req.query('next');
    if (next !== undefined) setHostCookie(c, nextCookie, safePath(next), windowSeconds);
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
    if (!(await isWithinLimits(c, deps, email))) {
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
    return c.redirect(next === undefined || next === '/' ? homeOf(deps, member) : safePath(next), 303);
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

/** Where somebody's work lies. */
function homeOf(deps: StaffDeps, member: StaffMember): string {
  const today = localDateOf(deps.now());
  if (holdsRole(member, 'finance', today)) return '/finance';
  if (
    ['office', 'administrator', 'auditor'].some((role) =>
      currentAppointments(member, today).some((each) => each.role === role),
    )
  )
    return '/office/cases';
  return '/office/mine';
}

/** Counted alike for every address that is typed: the answer tells nothing of the directory. */
function isWithinLimits(c: Reading, deps: StaffDeps, email: string): Promise<boolean> {
  const address = plainAddress(email);
  const sender = sourceAddress(c);
  const allowances = [
    { name: `sign-in/${address}/from/${sender}`, most: mostMails.ofSenderForAddress },
    { name: `sign-in/from/${sender}`, most: mostMails.ofSender },
    { name: `sign-in/${address}`, most: mostMails.ofAddress },
  ];
  return isWithinAll(deps.store.isWithinLimit, allowances, windowSeconds, deps.now());
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
