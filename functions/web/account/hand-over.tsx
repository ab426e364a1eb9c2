import { can } from '../../../shared/cases/can.ts';
import { authenticatorWordsOf } from '../../../shared/i18n/authenticator-words.ts';
import { formatDateTime } from '../../../shared/i18n/format.ts';
import { personIdSchema } from '../../../shared/kernel/ids.ts';
import { type Instant, localDateOf } from '../../../shared/kernel/time.ts';
import {
  authenticatorLifecycle,
  type CodeRefusal,
  offerAuthenticator,
  revokeAuthenticator,
} from '../../../shared/register/authenticator.ts';
import { newPrintedCode, spacedPrintedCode } from '../../../shared/register/printed-code.ts';
import { keepsAlone } from '../../../shared/register/second-person.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import {
  Button,
  ButtonLink,
  Form,
  NotificationBanner,
  SummaryList,
  WarningText,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { mayDo, StaffPage } from '../staff/staff-page.tsx';
import { refusalOfSetUp } from './code-words.ts';

const path = '/account/staff/:personId';

/** The office hands over the code with which somebody takes an authenticator up, or stops one. */
export function handOverRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get(path, async (c) => {
    if (!mayDo(c, deps, 'manage-staff')) return errorPage(c, 403);
    const member = await memberOf(c, deps);
    return member === undefined ? errorPage(c, 404) : c.html(await memberPage(c, deps, member));
  });

  // Answered with the page itself: the code is shown once, and kept nowhere to be shown again.
  app.post(`${path}/offer`, (c) =>
    handOver(c, deps, async (member) => {
      const { personId } = member;
      const code = newPrintedCode();
      const codeHash = await deps.store.hashPrintedCode(personId, code);
      const staff = await deps.store.staff();
      const { personId: by } = c.var.member;
      const now = deps.now();
      const outcome = await deps.changeAuthenticator(personId, (before) =>
        offerAuthenticator(before, staff, { personId, codeHash, by, now }),
      );
      if (outcome.kind === 'refused') return refusedPage(c, deps, member, outcome.refusal);
      return c.html(codePage(c, deps, member, { code, until: outcome.authenticator.offer?.until ?? now }));
    }),
  );

  app.post(`${path}/revoke`, (c) =>
    handOver(c, deps, async (member) => {
      const { personId } = member;
      const staff = await deps.store.staff();
      const { personId: by } = c.var.member;
      const outcome = await deps.changeAuthenticator(personId, (before) =>
        revokeAuthenticator(before, staff, { personId, by, now: deps.now() }),
      );
      if (outcome.kind === 'refused') return refusedPage(c, deps, member, outcome.refusal);
      return c.redirect(`/account/staff/${personId}?stopped=1`, 303);
    }),
  );
}

async function memberOf(c: Reading, deps: StaffDeps): Promise<StaffMember | undefined> {
  const personId = personIdSchema.safeParse(c.req.param('personId'));
  return personId.success ? deps.store.staffMember(personId.data) : undefined;
}

async function handOver(
  c: Reading,
  deps: StaffDeps,
  act: (member: StaffMember) => Promise<Response>,
): Promise<Response> {
  const member = await memberOf(c, deps);
  if (!mayDo(c, deps, 'manage-staff')) return errorPage(c, 403);
  if (member === undefined) return errorPage(c, 404);
  if (!mayHandOver(c, deps, member)) return errorPage(c, 403);
  const posted = await readPost(c, deps.secrets.csrf);
  return posted.kind === 'answered' ? posted.response : act(member);
}

const mayHandOver = (c: Reading, deps: StaffDeps, { personId }: StaffMember): boolean =>
  can({ kind: 'staff', member: c.var.member }, { action: 'hand-over-authenticator', now: deps.now(), of: personId })
    .allowed;

/** Where somebody's authenticator stands, with what the office can do about it. */
async function memberPage(c: Reading, deps: StaffDeps, member: StaffMember) {
  const { office: say, status: statuses, statusLabel } = authenticatorWordsOf(c.var.lang);
  const { personId, name } = member;
  const status = (await deps.store.authenticatorOf(personId))?.status ?? 'none';
  const isAlone = keepsAlone(await deps.store.staff(), c.var.member.personId, localDateOf(deps.now()));
  const isAllowed = mayHandOver(c, deps, member);
  const at = `/account/staff/${personId}`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const notice =
    c.req.query('stopped') === '1' ? <NotificationBanner kind="success">{say.revoked}</NotificationBanner> : undefined;
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.title}
      caption={name}
      notice={notice}
      backHref={`/office/staff/${personId}`}
    >
      <SummaryList rows={[{ key: statusLabel, value: statuses[status] }]} />
      <p class="govuk-body">{isAllowed ? say.hint : say.self}</p>
      {isAlone ? <WarningText>{say.alone}</WarningText> : null}
      {isAllowed ? (
        <>
          <Form action={`${at}/offer`} csrf={csrf}>
            <Button>{say.offer}</Button>
          </Form>
          {authenticatorLifecycle[status].revoke === undefined ? null : (
            <Form action={`${at}/revoke`} csrf={csrf}>
              <Button look="warning">{say.revoke}</Button>
            </Form>
          )}
        </>
      ) : null}
    </StaffPage>
  );
}

function refusedPage(c: Reading, deps: StaffDeps, { personId }: StaffMember, refusal: CodeRefusal): Answer {
  const { said, status } = refusalOfSetUp(c, refusal);
  const page = (
    <StaffPage
      c={c}
      deps={deps}
      title={authenticatorWordsOf(c.var.lang).office.title}
      backHref={`/account/staff/${personId}`}
    >
      <WarningText>{said}</WarningText>
    </StaffPage>
  );
  return c.html(page, status);
}

function codePage(
  c: Reading,
  deps: StaffDeps,
  { personId, name }: StaffMember,
  { code, until }: { readonly code: string; readonly until: Instant },
) {
  const say = authenticatorWordsOf(c.var.lang).office;
  return (
    <StaffPage c={c} deps={deps} title={say.offered({ name })} backHref={`/account/staff/${personId}`}>
      <p class="govuk-body-l">
        <code>{spacedPrintedCode(code)}</code>
      </p>
      <WarningText>{say.offeredOnce({ until: formatDateTime(until, c.var.lang) })}</WarningText>
      <p class="govuk-body">{say.whereTo}</p>
      <ButtonLink look="secondary" href={`/office/staff/${personId}`}>
        {say.back}
      </ButtonLink>
    </StaffPage>
  );
}
