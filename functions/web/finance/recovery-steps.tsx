import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile, Decided, Refusal } from '../../../shared/cases/case-file.ts';
import {
  agreeRecovery,
  declineRecovery,
  proposeWaiver,
  waiveRecovery,
} from '../../../shared/cases/claim-overpayment.ts';
import { needsFreshCode } from '../../../shared/cases/needs-fresh-code.ts';
import type { Recovery, Repayment } from '../../../shared/cases/recovery.ts';
import { confirmRepayment, recordRepayment, rejectRepayment } from '../../../shared/cases/repay.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { caseIdSchema, type PersonId, type RecoveryId } from '../../../shared/kernel/ids.ts';
import { fen, parseYuan } from '../../../shared/kernel/money.ts';
import { localDateSchema } from '../../../shared/kernel/time.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { type Answer, readPost, refusalWords } from '../staff/staff-context.ts';
import { refuseUnless } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import type { RecoveryDeps } from './fund-deps.ts';
import type { FundApp, Reading } from './fund-context.ts';
import {
  codeFieldOf,
  longestReason,
  type OpenRecovery,
  pathOf,
  type RecoveryPageStep,
  recoveryPage,
} from './recovery-page.tsx';

const path = '/finance/recoveries/:caseId/:recoveryId';
const longestReference = 64;

type Step = RecoveryPageStep;
type By = { readonly personId: PersonId; readonly recoveryId: RecoveryId };
type Read = { readonly errors: FormErrors } | { readonly decide: (file: CaseFile, around: Around, by: By) => Decided };

/** One recovery: what came back is recorded and confirmed, the claim is agreed to, or done without. */
export function recoveryRoutes(app: FundApp, deps: RecoveryDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'list-recoveries');
    if (refused !== undefined) return refused;
    const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
    const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
    const recovery = file && recoveryOn(c, file);
    if (file === undefined || recovery === undefined) return errorPage(c, 404);
    const around = await deps.store.loadAround(file, { staff: await staffOf(c, deps) });
    return c.html(recoveryPage(c, deps, { file, around, recovery }, emptyForm));
  });

  const plain = (command: (file: CaseFile, around: Around, by: By) => Decided) => (): Read => ({ decide: command });
  app.post(`${path}/agree`, (c) => take(c, deps, 'agree-recovery', plain(agreeRecovery)));
  app.post(`${path}/decline`, (c) => take(c, deps, 'decline-recovery', plain(declineRecovery)));
  app.post(`${path}/waive`, (c) => take(c, deps, 'waive-recovery', plain(waiveRecovery)));
  app.post(`${path}/record`, (c) => take(c, deps, 'record-repayment', (form) => readRepayment(c, form)));
  app.post(`${path}/confirm`, (c) => take(c, deps, 'confirm-repayment', ofRepayment(confirmRepayment)));
  app.post(`${path}/reject`, (c) => take(c, deps, 'reject-repayment', ofRepayment(rejectRepayment)));
  app.post(`${path}/propose-waiver`, (c) =>
    take(c, deps, 'propose-waiver', (form) => {
      const { recovery: say, errors: anyField } = c.var.words;
      const reason = form.text('reason');
      if (reason === '') return { errors: { reason: say.fault.reason } };
      if (reason.length > longestReason)
        return { errors: { reason: anyField.tooLong({ label: say.reason, max: longestReason }) } };
      return { decide: (file, around, by) => proposeWaiver(file, around, { ...by, reason }) };
    }),
  );
}

const recoveryOn = (c: Reading, { recoveries }: CaseFile): Recovery | undefined =>
  recoveries.find(({ recoveryId }) => recoveryId === c.req.param('recoveryId'));

const ofRepayment =
  (command: typeof confirmRepayment) =>
  (form: FormBody): Read => ({
    decide: (file, around, by) => command(file, around, { ...by, repaymentId: form.text('repayment') }),
  });

function readRepayment(c: Reading, form: FormBody): Read {
  const { recovery: say, errors: anyField } = c.var.words;
  const amount = parseYuan(form.text('amount'));
  const on = localDateSchema.safeParse(parseDateText(form.text('on')));
  const bankReference = form.text('bankReference');
  const errors = {
    ...(amount.ok && amount.value > 0 ? {} : { amount: say.fault.amount }),
    ...(on.success ? {} : { on: anyField.notADate({ label: say.on }) }),
    ...(bankReference === '' ? { bankReference: say.fault.reference } : {}),
    ...(bankReference.length > longestReference
      ? { bankReference: anyField.tooLong({ label: say.reference, max: longestReference }) }
      : {}),
  };
  if (!amount.ok || !on.success || Object.keys(errors).length > 0) return { errors };
  const read = { amountFen: amount.value, on: on.data, bankReference };
  return { decide: (file, around, by) => recordRepayment(file, around, { ...by, ...read }) };
}

/** What is shown, checked and written is the same reading of the case; the one-time code is used up when nothing else is wrong. */
async function take(c: Reading, deps: RecoveryDeps, action: Step, read: (form: FormBody) => Read): Promise<Response> {
  const refusedPage = refuseUnless(c, deps, 'list-recoveries');
  if (refusedPage !== undefined) return refusedPage;
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const { form } = posted;
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  if (!caseId.success) return errorPage(c, 404);
  let answer: (refusal: Refusal) => Answer = () => errorPage(c, 404);
  let ready: OpenRecovery | undefined;
  let isFresh = !needsFreshCode[action];
  let at = '';
  const stop = (response: () => Answer): Refusal => {
    answer = response;
    return { kind: 'refused', code: 'not-possible-now' };
  };
  const act = (file: CaseFile, around: Around): Decided => {
    const recovery = recoveryOn(c, file);
    if (recovery === undefined) return stop(() => errorPage(c, 404));
    const opened = { file, around, recovery };
    at = pathOf(opened);
    const typed = read(form);
    const page = (errors: FormErrors) => recoveryPage(c, deps, opened, { values: form.values, errors });
    if ('errors' in typed) return stop(() => c.html(page(typed.errors), 422));
    const repayment = repaymentOn(form, recovery);
    // A second press of the same button: what it was for is done, and the page says so.
    if (isDone(action, recovery, repayment, form)) return stop(() => c.redirect(at, 303));
    answer = (refusal) => {
      const said = refusalWords(c.var.words, refusal, (amount) => formatMoney(fen(amount), c.var.lang));
      return c.html(page({ [fieldOf(action, refusal)]: said }), refusal.code === 'not-allowed' ? 403 : 409);
    };
    const wish = { action, file, around, recovery, ...(repayment !== undefined && { repayment }) };
    const allowed = can({ kind: 'staff', member: c.var.member }, wish);
    if (!allowed.allowed) return { kind: 'refused', code: allowed.code };
    const decided = typed.decide(file, around, { personId: c.var.member.personId, recoveryId: recovery.recoveryId });
    if (isFresh || decided.kind === 'refused') return decided;
    ready = opened;
    return stop(() => errorPage(c, 409));
  };
  let outcome = await deps.actOnCase(caseId.data, act);
  if (ready !== undefined) {
    const waiting = ready.recovery.repayments.filter(({ status }) => status === 'recorded');
    const index = waiting.findIndex(({ repaymentId }) => repaymentId === form.text('repayment'));
    const fresh = await requireFreshCode(c, deps, form, { action, name: codeFieldOf(Math.max(0, index)) });
    if (fresh.kind === 'refused') {
      return c.html(recoveryPage(c, deps, ready, { values: form.values, errors: fresh.errors }), fresh.status);
    }
    isFresh = true;
    outcome = await deps.actOnCase(caseId.data, act);
  }
  if (outcome.kind === 'done') return c.redirect(`${at}?done=1`, 303);
  return outcome.kind === 'unknown-case' ? errorPage(c, 404) : answer(outcome);
}

const repaymentOn = (form: FormBody, { repayments }: Recovery): Repayment | undefined =>
  repayments.find(({ repaymentId }) => repaymentId === form.text('repayment'));

/** The field that a refusal is about; none where nothing is typed. */
function fieldOf(action: Step, { code }: Refusal): string {
  if (action === 'propose-waiver') return 'reason';
  if (action !== 'record-repayment') return '';
  if (code === 'paid-on-impossible') return 'on';
  return code === 'bank-reference-used' || code === 'bank-reference-missing' ? 'bankReference' : 'amount';
}

function isDone(
  action: Step,
  { status, repayments, waiverBy }: Recovery,
  repayment: Repayment | undefined,
  form: FormBody,
): boolean {
  switch (action) {
    case 'agree-recovery':
      return status === 'open';
    case 'decline-recovery':
      return status === 'dropped';
    case 'waive-recovery':
      return status === 'waived';
    case 'propose-waiver':
      return waiverBy !== undefined;
    case 'confirm-repayment':
      return repayment?.status === 'confirmed';
    case 'reject-repayment':
      return repayment?.status === 'rejected';
    case 'record-repayment':
      return repayments.some(
        (each) => each.status !== 'rejected' && each.bankReference === form.text('bankReference').trim(),
      );
    default:
      return action satisfies never;
  }
}
