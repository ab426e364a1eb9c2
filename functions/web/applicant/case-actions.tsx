import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { proposeAccount } from '../../../shared/cases/change-account.ts';
import { answerPaymentCheck, checkToAnswer } from '../../../shared/cases/payment-check.ts';
import { proofFor } from '../../../shared/cases/payee-proof.ts';
import { reopenApplication } from '../../../shared/cases/reopen-application.ts';
import { withdrawApplication } from '../../../shared/cases/withdraw-application.ts';
import { readAccount } from '../../../shared/intake/read-applicant.ts';
import { parseYuan } from '../../../shared/kernel/money.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { Button, ButtonGroup, ButtonLink, Form, WarningText } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, type FormState, type FormValues } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { type ApplicantAction, canApplicant } from './allowed-actions.ts';
import { PayeePart } from './common-part.tsx';
import type { ApplicantDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { faultWords } from './fault-words.ts';
import { beginDraft } from './keep-draft.ts';
import { type ApplicantApp, type Reading, readPost } from './page-context.tsx';
import { payeeOf } from './read-application.ts';
import { openTrackedCase, refusalPage, type TrackedCase } from './tracked-case.tsx';
import { typedOfCase } from './typed-of-case.ts';

const draftFor = { correct: 'resubmit', edit: 'edit', 'add-papers': 'add-papers' } as const;

/** Everything that an applicant can do to a case from its status page: its path is its action's name. */
export function caseActionRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  for (const action of ['correct', 'edit', 'add-papers'] as const) {
    app.post(`/track/case/:id/${action}`, async (c) => {
      const open = await openAllowed(c, deps, action);
      if (open.kind === 'answered') return open.response;
      const { file, programme } = open;
      const draft = await beginDraft(c, deps, {
        purpose: { kind: draftFor[action], caseId: file.case.caseId, contentVersion: file.case.contentVersion },
        typed: typedOfCase(file.case, programme),
        files: file.case.papers,
        programme,
      });
      return c.redirect(`/apply/${draft.draftId}/${action === 'add-papers' ? 'papers' : 'form'}`, 303);
    });
  }

  app.get('/track/case/:id/withdraw', async (c) => {
    const open = await openAllowed(c, deps, 'withdraw');
    return open.kind === 'answered' ? open.response : c.html(withdrawPage(c, deps, open));
  });
  app.post('/track/case/:id/withdraw', async (c) => {
    const open = await openAllowed(c, deps, 'withdraw');
    if (open.kind === 'answered') return open.response;
    return act(c, deps, open, withdrawApplication, 'withdrawn');
  });
  app.post('/track/case/:id/reopen', async (c) => {
    const open = await openAllowed(c, deps, 'reopen');
    if (open.kind === 'answered') return open.response;
    return act(c, deps, open, reopenApplication, 'reopened');
  });

  app.post('/track/case/:id/arrived', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const tracked = await openTrackedCase(c, deps);
    if (tracked.kind === 'answered') return tracked.response;
    const at = `/track/case/${tracked.file.case.caseId}`;
    const arrived = parseYuan(posted.form.text('arrived'));
    if (!arrived.ok || posted.form.text('arrived') === '') return c.redirect(`${at}?fault=arrived`, 303);
    // A second press of the same button: what it was for is done.
    if (checkToAnswer(tracked.file.scheduled) === undefined) return c.redirect(`${at}?done=nothing-changed`, 303);
    const answer = { by: 'applicant', arrivedFen: arrived.value } as const;
    const open = { ...tracked, values: posted.form.values };
    return act(c, deps, open, (file, around) => answerPaymentCheck(file, around, answer), 'arrival-told');
  });

  app.get('/track/case/:id/propose-account', async (c) => {
    const open = await openAllowed(c, deps, 'propose-account');
    return open.kind === 'answered' ? open.response : c.html(accountPage(c, deps, open, emptyForm));
  });
  app.post('/track/case/:id/propose-account', async (c) => {
    const open = await openAllowed(c, deps, 'propose-account');
    if (open.kind === 'answered') return open.response;
    const { file, programme } = open;
    const read = readAccount(open.values, file.case.applicant.name);
    if (read.payee === undefined) {
      const form = { values: open.values, errors: faultWords(read.errors, programme, c.var.lang, c.var.words) };
      return c.html(accountPage(c, deps, open, form), 422);
    }
    const payee = payeeOf({ payee: read.payee });
    if (JSON.stringify(payee) === JSON.stringify(file.case.proposedPayee)) {
      return c.redirect(`/track/case/${file.case.caseId}?done=nothing-changed`, 303);
    }
    if (proofFor(file.case, programme, payee, deps.now()).length === 0) {
      return act(c, deps, open, (fileNow, around) => proposeAccount(fileNow, around, payee), 'account-proposed');
    }
    // Somebody else's account: nothing is proposed before its proof has been uploaded.
    const { caseId, contentVersion } = file.case;
    const draft = await beginDraft(c, deps, {
      purpose: { kind: 'propose-account', caseId, contentVersion },
      typed: accountTyped(file, programme, open.values),
      files: [],
      programme,
    });
    return c.redirect(`/apply/${draft.draftId}/papers`, 303);
  });
}

type Allowed = TrackedCase & { readonly kind: 'open'; readonly values: FormValues };

/** The tracked case if the action is possible now. A POST's token is looked at first. */
async function openAllowed(
  c: Reading,
  deps: ApplicantDeps,
  action: ApplicantAction,
): Promise<Allowed | { kind: 'answered'; response: Response | Promise<Response> }> {
  let values: FormValues = {};
  if (c.req.method === 'POST') {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted;
    values = posted.form.values;
  }
  const tracked = await openTrackedCase(c, deps);
  if (tracked.kind === 'answered') return tracked;
  const { file } = tracked;
  const around = await deps.store.aroundCase(file, { now: deps.now(), newId: deps.newId });
  const verdict = canApplicant(action, file, around);
  if (verdict.allowed) return { ...tracked, values };
  const at = `/track/case/${file.case.caseId}`;
  // A second press of the same button: what it was for is done.
  if (action === 'withdraw' && isWithdrawn(file)) {
    return { kind: 'answered', response: c.redirect(`${at}?done=nothing-changed`, 303) };
  }
  return { kind: 'answered', response: refusalPage(c, verdict.code, at) };
}

const isWithdrawn = ({ case: { status } }: CaseFile): boolean => status === 'withdrawn';

async function act(
  c: Reading,
  deps: ApplicantDeps,
  { file }: Allowed,
  decide: Parameters<ApplicantDeps['actOnCase']>[1],
  done: string,
): Promise<Response> {
  const at = `/track/case/${file.case.caseId}`;
  let wasWithdrawn = false;
  const outcome = await deps.actOnCase(file.case.caseId, (fileNow, around) => {
    wasWithdrawn = isWithdrawn(fileNow);
    return decide(fileNow, around);
  });
  if (outcome.kind === 'done') return c.redirect(`${at}?done=${done}`, 303);
  // Two presses at one moment: the other one did what this one is for.
  if (done === 'withdrawn' && wasWithdrawn) return c.redirect(`${at}?done=nothing-changed`, 303);
  return refusalPage(c, outcome.kind === 'refused' ? outcome.code : 'not-possible-now', at);
}

/** The case as it was typed, with the other account: what its papers depend on. */
function accountTyped(file: CaseFile, programme: ProgrammeVersion, values: FormValues): Draft['typed'] {
  const rest = Object.entries(typedOfCase(file.case, programme)).filter(([name]) => !name.startsWith('payee'));
  const account = Object.entries(payeeValues(values)).map(([name, each]): [string, string[]] => [name, [...each]]);
  return Object.fromEntries([...rest, ...account]);
}

const payeeValues = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('payee')));

function accountPage(c: Reading, deps: ApplicantDeps, { file }: TrackedCase, form: FormState) {
  const { lang, words } = c.var;
  const { account } = words.applicant;
  const at = `/track/case/${file.case.caseId}`;
  return (
    <Page lang={lang} title={account.title} caption={file.case.caseNumber} errors={form.errors} backHref={at}>
      <p class="govuk-body">{account.lead}</p>
      <Form action={`${at}/propose-account`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <PayeePart form={form} withHeading={false} />
        <Button>{account.submit}</Button>
      </Form>
    </Page>
  );
}

function withdrawPage(c: Reading, deps: ApplicantDeps, { file }: TrackedCase) {
  const { lang, words } = c.var;
  const { withdraw } = words.applicant;
  const at = `/track/case/${file.case.caseId}`;
  return (
    <Page lang={lang} title={withdraw.title} caption={file.case.caseNumber} path={c.req.path} backHref={at}>
      <WarningText>{withdraw.warning}</WarningText>
      <Form action={`${at}/withdraw`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <ButtonGroup>
          <Button look="warning">{withdraw.confirm}</Button>
          <ButtonLink href={at} look="secondary">
            {withdraw.keep}
          </ButtonLink>
        </ButtonGroup>
      </Form>
    </Page>
  );
}
