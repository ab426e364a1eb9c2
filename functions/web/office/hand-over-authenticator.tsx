import { can } from '../../../shared/cases/can.ts';
import { formatDateTime } from '../../../shared/i18n/format.ts';
import { type PersonId, personIdSchema } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import {
  authenticatorLifecycle,
  offerAuthenticator,
  revokeAuthenticator,
} from '../../../shared/register/authenticator.ts';
import { newPrintedCode, spacedPrintedCode } from '../../../shared/register/printed-code.ts';
import { keepsAlone } from '../../../shared/register/second-person.ts';
import { Button, ButtonGroup, ButtonLink, Form, SummaryList, WarningText } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { refusalOfCode } from '../staff/code-words.ts';
import type { StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';
import type { MemberProps } from './staff-member-page.tsx';

const path = '/office/staff/:personId/authenticator';

/** The office hands over the code with which somebody takes an authenticator up, or stops one. */
export function handOverAuthenticatorRoutes(app: StaffApp, deps: StaffDeps): void {
  // Answered with the page itself: the code is shown once, and kept nowhere to be shown again.
  app.post(`${path}/offer`, (c) =>
    handOver(c, deps, async (personId) => {
      const code = newPrintedCode();
      const codeHash = await deps.store.hashPrintedCode(personId, code);
      const staff = await deps.store.staff();
      const { personId: by } = c.var.member;
      const outcome = await deps.changeAuthenticator(personId, (before) =>
        offerAuthenticator(before, staff, { personId, codeHash, by, now: deps.now() }),
      );
      if (outcome.kind === 'refused') return refusedPage(c, deps, personId, refusalOfCode(c, outcome.refusal));
      const name = staff.find((each) => each.personId === personId)?.name ?? personId;
      return c.html(
        codePage(c, deps, { personId, name, code, until: outcome.authenticator.offer?.until ?? deps.now() }),
      );
    }),
  );

  app.post(`${path}/revoke`, (c) =>
    handOver(c, deps, async (personId) => {
      const staff = await deps.store.staff();
      const { personId: by } = c.var.member;
      const outcome = await deps.changeAuthenticator(personId, (before) =>
        revokeAuthenticator(before, staff, { personId, by, now: deps.now() }),
      );
      if (outcome.kind === 'refused') return refusedPage(c, deps, personId, refusalOfCode(c, outcome.refusal));
      return c.redirect(`/office/staff/${personId}?done=1`, 303);
    }),
  );
}

async function handOver(
  c: Reading,
  deps: StaffDeps,
  act: (personId: PersonId) => Promise<Response>,
): Promise<Response> {
  const personId = personIdSchema.safeParse(c.req.param('personId'));
  if (!personId.success) return errorPage(c, 404);
  const wish = { action: 'hand-over-authenticator', now: deps.now(), of: personId.data } as const;
  if (!can({ kind: 'staff', member: c.var.member }, wish).allowed) return errorPage(c, 403);
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const member = await deps.store.staffMember(personId.data);
  return member === undefined ? errorPage(c, 404) : act(personId.data);
}

function refusedPage(
  c: Reading,
  deps: StaffDeps,
  personId: PersonId,
  { said, status }: { said: string; status: 403 | 422 | 429 },
) {
  const say = c.var.words.authenticator.office;
  const page = (
    <StaffPage c={c} deps={deps} title={say.title} backHref={`/office/staff/${personId}`}>
      <WarningText>{said}</WarningText>
    </StaffPage>
  );
  return c.html(page, status);
}

function codePage(
  c: Reading,
  deps: StaffDeps,
  {
    personId,
    name,
    code,
    until,
  }: { personId: PersonId; name: string; code: string; until: Parameters<typeof formatDateTime>[0] },
) {
  const say = c.var.words.authenticator.office;
  return (
    <StaffPage c={c} deps={deps} title={say.offered({ name })} backHref={`/office/staff/${personId}`}>
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

/** On the page of a person on the staff, for whoever keeps the directory. */
export async function HandOverAuthenticator({ c, deps, member, staff }: MemberProps) {
  const { office: say, status: statuses, statusLabel } = c.var.words.authenticator;
  const { personId } = member;
  const status = (await deps.store.authenticatorOf(personId))?.status ?? 'none';
  const wish = { action: 'hand-over-authenticator', now: deps.now(), of: personId } as const;
  const mayHandOver = can({ kind: 'staff', member: c.var.member }, wish).allowed;
  const isAlone = keepsAlone(staff, c.var.member.personId, localDateOf(deps.now()));
  const at = `/office/staff/${personId}/authenticator`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  return (
    <>
      <h2 class="govuk-heading-m">{say.title}</h2>
      <SummaryList rows={[{ key: statusLabel, value: statuses[status] }]} />
      <p class="govuk-body">{mayHandOver ? say.hint : say.self}</p>
      {isAlone ? <p class="govuk-body">{say.alone}</p> : null}
      {mayHandOver ? (
        <ButtonGroup>
          <Form action={`${at}/offer`} csrf={csrf}>
            <Button look="secondary">{say.offer}</Button>
          </Form>
          {authenticatorLifecycle[status].revoke === undefined ? null : (
            <Form action={`${at}/revoke`} csrf={csrf}>
              <Button look="warning">{say.revoke}</Button>
            </Form>
          )}
        </ButtonGroup>
      ) : null}
    </>
  );
}
