import type { CaseId, PersonId, RequestId } from '../../../shared/kernel/ids.ts';
import { requestIdSchema } from '../../../shared/kernel/ids.ts';
import { reissueLink } from '../../../shared/cases/office-actions.ts';
import { Button, Form, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';

const hourSeconds = 3600;
/** New links that one person may have mailed for one request in an hour, and tries from a browser that names an address. */
const mostLinks = 3;
const mostTries = 10;

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
    const now = deps.now();
    if (!(await deps.store.isWithinLimit(`new-link-try/${requestId.data}`, hourSeconds, mostTries, now)))
      return errorPage(c, 429);
    const asked = token === '' ? await byEmail(deps, requestId.data, email) : await byLink(deps, requestId.data, token);
    if (asked !== undefined) await mailNewLink(deps, requestId.data, asked);
    return sentPage(c);
  });
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

async function mailNewLink(deps: StaffDeps, requestId: RequestId, { caseId, personId }: Asked): Promise<void> {
  const key = `new-link/${requestId}/${personId}`;
  if (!(await deps.store.isWithinLimit(key, hourSeconds, mostLinks, deps.now()))) return;
  // A refusal (the request is over, or no longer this person's) is not told: the reader may be anybody.
  await deps.actOnCase(caseId, (file, around) => reissueLink(file, around, { requestId, personId }));
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
    isFirst ? 403 : 422,
  );
}
