import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { can } from '../../../shared/cases/can.ts';
import { objectionIdOf, objectionPath } from '../../../shared/cases/objection-receipt.ts';
import { raiseObjection } from '../../../shared/cases/raise-objection.ts';
import { cleaned, lengthOf, oneLine } from '../../../shared/intake/typed-text.ts';
import { Button, ButtonLink, Form, Textarea, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, field, type FormErrors, type FormState, hasErrors } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import type { ApplicantDeps } from './deps.ts';
import { type ApplicantApp, type Reading, readPost, sourceAddress } from './page-context.tsx';

const longest = { name: 50, contact: 100, grounds: 2000 } as const;
const names = ['name', 'contact', 'grounds'] as const;
const mostObjectionsPerHour = 20;
/** Made when the form is shown: pressing its button again sends the same objection, not another. */
const keyField = '_key';
const longestKey = 64;

/** Anyone at the company may object to a decision on notice, by name. Who objected shows on no page of this audience. */
export function objectionRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/notices/:number/object', async (c) => {
    const notice = await noticeOf(c, deps);
    if (notice.kind !== 'open') return noNoticePage(c, notice.kind, 410);
    return c.html(objectionPage(c, deps, notice.file, { ...emptyForm, key: deps.newId() }));
  });

  app.post('/notices/:number/object', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const notice = await noticeOf(c, deps);
    if (notice.kind === 'unknown') return noNoticePage(c, 'unknown', 409);
    const { form } = posted;
    const key = form.text(keyField).slice(0, longestKey);
    const again = (errors: FormErrors) => objectionPage(c, deps, notice.file, { values: form.values, errors, key });
    const errors = faultsOf(c, form);
    if (hasErrors(errors)) return c.html(again(errors), 422);

    const { caseId } = notice.file.case;
    const said = {
      objectorName: oneLine(cleaned(form.text('name'))),
      objectorContact: oneLine(cleaned(form.text('contact'))),
      grounds: cleaned(form.text('grounds')),
    };
    const objectionId = objectionIdOf(deps.secrets.session, caseId, key, said);
    const receipt = objectionPath(deps.secrets.session, notice.file.case, objectionId);
    // Pressed again: it has arrived, whatever has become of it and of the notice since.
    if (notice.file.objections.some((each) => each.objectionId === objectionId)) return c.redirect(receipt, 303);
    if (notice.kind === 'over') return noNoticePage(c, 'over', 409);
    const limit = `object#${sourceAddress(c)}`;
    if (!(await deps.store.isWithinLimit(limit, 3600, mostObjectionsPerHour, deps.now()))) {
      return c.html(again({ grounds: c.var.words.applicant.objection.tooMany }), 429);
    }
    const outcome = await deps.actOnCase(caseId, (file, around) =>
      raiseObjection(file, around, { ...said, objectionId }),
    );
    if (outcome.kind === 'done') return c.redirect(receipt, 303);
    if (outcome.kind !== 'refused') return noNoticePage(c, 'over', 409);
    switch (outcome.code) {
      case 'objected-before':
        return c.redirect(receipt, 303);
      case 'objections-many':
        return c.html(again({ grounds: c.var.words.applicant.objection.waiting }), 409);
      default:
        return noNoticePage(c, 'over', 409);
    }
  });
}

/** The notice of a case number: open, over, or none that anybody could have seen (a case that was never posted tells nothing). */
async function noticeOf(
  c: Reading,
  deps: ApplicantDeps,
): Promise<{ readonly kind: 'open' | 'over'; readonly file: CaseFile } | { readonly kind: 'unknown' }> {
  const caseId = await deps.store.findCaseByNumber(c.req.param('number') ?? '');
  const file = caseId === undefined ? undefined : await deps.store.loadCaseFile(caseId);
  if (file?.case.noticeFrom === undefined) return { kind: 'unknown' };
  const around = await deps.store.aroundCase(file, { now: deps.now(), newId: deps.newId });
  return { kind: can({ kind: 'anyone' }, { action: 'object', file, around }).allowed ? 'open' : 'over', file };
}

/** In words: there is no such notice (404), or it is over. */
function noNoticePage(c: Reading, kind: 'unknown' | 'over', statusOfOver: 409 | 410) {
  const { objection } = c.var.words.applicant;
  const [title, body] =
    kind === 'over' ? [objection.overTitle, objection.over] : [objection.unknownTitle, objection.unknown];
  return c.html(
    <Page lang={c.var.lang} title={title}>
      <p class="govuk-body-l">{body}</p>
      <ButtonLink href="/notices">{objection.backToBoard}</ButtonLink>
    </Page>,
    kind === 'over' ? statusOfOver : 404,
  );
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

function objectionPage(c: Reading, deps: ApplicantDeps, file: CaseFile, form: FormState & { readonly key: string }) {
  const { lang, words } = c.var;
  const { objection } = words.applicant;
  const { caseNumber } = file.case;
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
      <Form
        action={`/notices/${caseNumber}/object`}
        csrf={issueCsrf(c, deps.secrets.csrf)}
        hidden={{ [keyField]: form.key }}
      >
        <TextInput {...field(form, 'name')} label={objection.name} width={20} autocomplete="name" />
        <TextInput {...field(form, 'contact')} label={objection.contact} hint={objection.contactHint} />
        <Textarea {...field(form, 'grounds')} label={objection.grounds} rows={8} />
        <Button>{objection.submit}</Button>
      </Form>
    </Page>
  );
}
