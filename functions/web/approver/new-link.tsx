import type { CaseId, PersonId, RequestId } from '../../../shared/kernel/ids.ts';
import { requestIdSchema } from '../../../shared/kernel/ids.ts';
import { reissueLink } from '../../../shared/cases/office-actions.ts';
import { plainAddress } from '../../../shared/register/staff.ts';
import { Button, Form, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { sourceAddress } from '../../../shared/web/source-address.ts';
import { isWithinAll } from '../../../shared/web/within-limits.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';

const hourSeconds = 3600;

/**
 * New links asked for in an hour: by one sender for one request with one address or old link, by one sender, for one person. A
 * stranger uses up their own allowance first; and whoever holds an old link has an allowance apart from those who only
 * know an address, since the link came to them by mail.
 */
const mostLinks = { ofSenderForPerson: 3, ofSender: 30, ofPerson: 12 } as const;

type Asked = { readonly caseId: CaseId; readonly personId: PersonId };

/**
 * "Mail me a new link", from a link that is old or from a browser without a pass. The answer is the same whether a mail goes out
 * or not; the mail goes to the address in the directory only.
 */
export function newLinkRoutes(app: StaffApp, deps: StaffDeps): void {
  app.post('/decide/:requestId/new-link', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const { form } = posted;
    const requestId = requestIdSchema.safeParse(c.req.param('requestId'));
    if (!requestId.success) return errorPage(c, 404);
    const token = form.text('link');
    const email = form.text('email');
    if (token === '' && email === '') {
      const errors = { email: c.var.words.approver.link.emailMissing };
      return withoutPassPage(c, deps, requestId.data, { values: form.values, errors });
    }
    if (!(await isWithinLimits(c, deps, requestId.data, token === '' ? plainAddress(email) : token))) {
      const errors = { email: c.var.words.approver.link.tooMany };
      return withoutPassPage(c, deps, requestId.data, { values: form.values, errors }, 429);
    }
    const asked = token === '' ? await byEmail(deps, requestId.data, email) : await byLink(deps, requestId.data, token);
    // A refusal (the request is over, or no longer this person's) is not told: the reader may be anybody.
    if (asked !== undefined) {
      const { caseId, personId } = asked;
      const seat = { requestId: requestId.data, personId, by: personId };
      await deps.actOnCase(caseId, (file, around) => reissueLink(file, around, seat));
    }
    return sentPage(c);
  });
}

/** Counted alike for every address and link that comes: the answer tells nothing of who was asked. */
function isWithinLimits(c: Reading, deps: StaffDeps, requestId: RequestId, typed: string): Promise<boolean> {
  const sender = sourceAddress(c);
  const allowances = [
    { name: `new-link/${requestId}/${typed}/from/${sender}`, most: mostLinks.ofSenderForPerson },
    { name: `new-link/from/${sender}`, most: mostLinks.ofSender },
    { name: `new-link/${requestId}/${typed}`, most: mostLinks.ofPerson },
  ];
  return isWithinAll(deps.store.isWithinLimit, allowances, hourSeconds, deps.now());
}

async function byLink(deps: StaffDeps, requestId: RequestId, token: string): Promise<Asked | undefined> {
  const link = await deps.store.resolveLink(token, deps.now());
  return link.kind === 'unknown' || link.requestId !== requestId ? undefined : link;
}

async function byEmail(deps: StaffDeps, requestId: RequestId, email: string): Promise<Asked | undefined> {
  const member = await deps.store.staffByEmail(email);
  if (member === undefined) return undefined;
  const { personId } = member;
  const task = (await deps.store.openRequestsOf(personId)).find((each) => each.requestId === requestId);
  return task && { caseId: task.caseId, personId };
}

function sentPage(c: Reading): Answer {
  const { sentTitle, sentBody } = c.var.words.approver.link;
  return c.html(
    <Page lang={c.var.lang} title={sentTitle}>
      <p class="govuk-body-l">{sentBody}</p>
    </Page>,
  );
}

/** For a browser without a pass: the mail was opened in another app, or two hours are over. Says nothing about the request. */
export function withoutPassPage(
  c: Reading,
  deps: StaffDeps,
  requestId: RequestId,
  form: FormState = emptyForm,
  status: 422 | 429 = 422,
): Answer {
  const { lang, words } = c.var;
  const say = words.approver.link;
  const isFirst = form === emptyForm;
  return c.html(
    <Page lang={lang} title={say.goneTitle} errors={form.errors} path={isFirst ? c.req.path : undefined}>
      <p class="govuk-body-l">{say.goneBody}</p>
      <Form action={`/decide/${requestId}/new-link`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput {...field(form, 'email')} label={say.email} type="email" autocomplete="email" />
        <Button>{say.send}</Button>
      </Form>
    </Page>,
    isFirst ? 403 : status,
  );
}
