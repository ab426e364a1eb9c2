import { can } from '../../../shared/cases/can.ts';
import { raiseObjection } from '../../../shared/cases/raise-objection.ts';
import { cleaned, lengthOf, oneLine } from '../../../shared/intake/typed-text.ts';
import { Button, ButtonLink, Form, Panel, Textarea, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, field, type FormErrors, type FormState, hasErrors } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { ApplicantDeps } from './deps.ts';
import { type ApplicantApp, type Reading, readPost, sourceAddress } from './page-context.tsx';
import { refusalPage } from './tracked-case.tsx';

const longest = { name: 50, contact: 100, grounds: 2000 } as const;
const names = ['name', 'contact', 'grounds'] as const;
const mostObjectionsPerHour = 20;

/** Anyone at the company may object to a decision on notice, by name. Who objected shows on no page of this audience. */
export function objectionRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/notices/:number/object', async (c) => {
    const caseNumber = await numberOnNotice(c, deps);
    if (caseNumber === undefined) return errorPage(c, 404);
    return c.html(objectionPage(c, deps, caseNumber.number, emptyForm));
  });

  app.get('/notices/:number/sent', (c) => {
    const { lang, words } = c.var;
    const { objection } = words.applicant;
    return c.html(
      <Page lang={lang} title={objection.sentTitle} heading={false} path={c.req.path}>
        <Panel title={objection.sentTitle}>{c.req.param('number').slice(0, 40)}</Panel>
        <p class="govuk-body">{objection.sentBody}</p>
        <ButtonLink href="/notices">{objection.backToBoard}</ButtonLink>
      </Page>,
    );
  });

  app.post('/notices/:number/object', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const found = await numberOnNotice(c, deps);
    if (found === undefined) return refusalPage(c, 'notice-over', '/notices');
    const { form } = posted;
    const errors = faultsOf(c, form);
    if (hasErrors(errors)) {
      return c.html(objectionPage(c, deps, found.number, { values: form.values, errors }), 422);
    }
    const key = `object#${sourceAddress(c)}`;
    if (!(await deps.store.isWithinLimit(key, 3600, mostObjectionsPerHour, deps.now()))) return errorPage(c, 429);
    const outcome = await deps.actOnCase(found.caseId, (file, around) =>
      raiseObjection(file, around, {
        objectorName: oneLine(cleaned(form.text('name'))),
        objectorContact: oneLine(cleaned(form.text('contact'))),
        grounds: cleaned(form.text('grounds')),
      }),
    );
    if (outcome.kind === 'done') return c.redirect(`/notices/${found.number}/sent`, 303);
    return refusalPage(c, outcome.kind === 'refused' ? outcome.code : 'notice-over', '/notices');
  });
}

async function numberOnNotice(c: Reading, deps: ApplicantDeps) {
  const caseId = await deps.store.findCaseByNumber(c.req.param('number') ?? '');
  const file = caseId === undefined ? undefined : await deps.store.loadCaseFile(caseId);
  if (file === undefined) return undefined;
  const around = await deps.store.aroundCase(file, { now: deps.now(), newId: deps.newId });
  if (!can({ kind: 'anyone' }, { action: 'object', file, around }).allowed) return undefined;
  return { caseId: file.case.caseId, number: file.case.caseNumber };
}

function faultsOf(c: Reading, form: FormBody): FormErrors {
  const { fault, objection } = c.var.words.applicant;
  const found: Record<string, string> = {};
  for (const name of names) {
    const text = cleaned(form.text(name));
    const say = { label: objection[name], max: String(longest[name]), min: '' };
    if (text === '') found[name] = fault.required(say);
    else if (lengthOf(text) > longest[name]) found[name] = fault['too-long'](say);
  }
  return found;
}

function objectionPage(c: Reading, deps: ApplicantDeps, caseNumber: string, form: FormState) {
  const { lang, words } = c.var;
  const { objection } = words.applicant;
  return (
    <Page
      lang={lang}
      title={objection.title}
      caption={caseNumber}
      errors={form.errors}
      backHref="/notices"
      {...(c.req.method === 'GET' ? { path: c.req.path } : {})}
    >
      <p class="govuk-body">{objection.lead}</p>
      <Form action={`/notices/${caseNumber}/object`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput {...field(form, 'name')} label={objection.name} width={20} autocomplete="name" />
        <TextInput {...field(form, 'contact')} label={objection.contact} autocomplete="tel" />
        <Textarea {...field(form, 'grounds')} label={objection.grounds} rows={8} />
        <Button>{objection.submit}</Button>
      </Form>
    </Page>
  );
}
