import { plainTrackingCode } from '../../../shared/cases/tracking-code.ts';
import { Button, Form, InsetText, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormErrors, type FormState, field } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { isWithinAll } from '../../../shared/web/within-limits.ts';
import type { ApplicantDeps } from './deps.ts';
import { type ApplicantApp, type Reading, readPost, sourceAddress } from './page-context.tsx';
import { openTracking } from './tracked-case.tsx';

/**
 * Tries in an hour: of one address at one case, of one address, at one case. Case numbers stand on the notice board, so a stranger
 * uses up their own allowance long before that of the case, and its applicant is not locked out; a thousand guesses an hour at
 * 39 bits come to nothing. Many households share the address of an office or of a mobile network.
 */
const mostTries = { ofAddressAtCase: 20, ofAddress: 120, ofCase: 1000 } as const;
const hourSeconds = 3600;

/** Case number and code open the status page for a while. A wrong pair never says which half was wrong. */
export function trackRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/track', (c) =>
    c.html(
      trackPage(c, deps, emptyForm, c.req.query('ended') === undefined ? undefined : c.var.words.applicant.track.ended),
    ),
  );

  app.post('/track', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const { track } = c.var.words.applicant;
    const { form } = posted;
    const refuse = (errors: FormErrors, status: 422 | 429) =>
      c.html(trackPage(c, deps, { values: form.values, errors }, undefined), status);
    const errors = emptyFields(form, track);
    if (Object.keys(errors).length > 0) return refuse(errors, 422);
    if (!(await isWithinLimits(c, deps, form.text('caseNumber')))) return refuse({ caseNumber: track.tooMany }, 429);
    const file = await caseWith(deps, form.text('caseNumber'), form.text('code'));
    if (file === undefined) return refuse({ caseNumber: track.wrong }, 422);
    openTracking(c, deps, file);
    return c.redirect(`/track/case/${file.case.caseId}`, 303);
  });
}

const emptyFields = (form: FormBody, words: { missingNumber: string; missingCode: string }): FormErrors => ({
  ...(form.text('caseNumber') === '' ? { caseNumber: words.missingNumber } : {}),
  ...(form.text('code') === '' ? { code: words.missingCode } : {}),
});

function isWithinLimits(c: Reading, deps: ApplicantDeps, caseNumber: string): Promise<boolean> {
  const plain = plainTrackingCode(caseNumber).slice(0, 40);
  const sender = sourceAddress(c);
  const allowances = [
    { name: `track#case#${plain}#from#${sender}`, most: mostTries.ofAddressAtCase },
    { name: `track#address#${sender}`, most: mostTries.ofAddress },
    { name: `track#case#${plain}`, most: mostTries.ofCase },
  ];
  return isWithinAll(deps.store.isWithinLimit, allowances, hourSeconds, deps.now());
}

/** The case that number and code fit together, or undefined. Both are looked at whatever the other is. */
async function caseWith(deps: ApplicantDeps, caseNumber: string, code: string) {
  const [caseId, hash] = await Promise.all([
    deps.store.findCaseByNumber(caseNumber),
    deps.store.hashTrackingCode(plainTrackingCode(code)),
  ]);
  const file = caseId === undefined ? undefined : await deps.store.loadCaseFile(caseId);
  return file?.case.trackingCodeHash === hash ? file : undefined;
}

function trackPage(c: Reading, deps: ApplicantDeps, form: FormState, note: string | undefined) {
  const { lang, words } = c.var;
  const { track } = words.applicant;
  return (
    <Page
      lang={lang}
      title={track.title}
      errors={form.errors}
      backHref="/"
      {...(c.req.method === 'GET' ? { path: '/track' } : {})}
    >
      {note === undefined ? null : <InsetText>{note}</InsetText>}
      <p class="govuk-body">{track.lead}</p>
      <Form action="/track" csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput
          {...field(form, 'caseNumber')}
          label={track.caseNumber}
          hint={track.caseNumberHint}
          width={20}
          autocomplete="off"
          spellcheck={false}
        />
        <TextInput
          {...field(form, 'code')}
          label={track.code}
          hint={track.codeHint}
          width={20}
          autocomplete="off"
          spellcheck={false}
        />
        <Button>{track.submit}</Button>
      </Form>
    </Page>
  );
}
