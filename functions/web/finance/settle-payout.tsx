import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile, Decided, Refusal } from '../../../shared/cases/case-file.ts';
import type { FinanceAction } from '../../../shared/cases/rights-on-payouts.ts';
import {
  confirmPayout,
  failPayout,
  markUnknown,
  returnPayout,
  undoSettlement,
} from '../../../shared/cases/settle-payout.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { caseIdSchema } from '../../../shared/kernel/ids.ts';
import { fen } from '../../../shared/kernel/money.ts';
import type { Scan } from '../../../shared/kernel/scan.ts';
import { type LocalDate, localDateOf, localDateSchema } from '../../../shared/kernel/time.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormErrors, hasErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { type Answer, refusalWords } from '../staff/staff-context.ts';
import type { FinanceApp, Reading } from './finance-context.ts';
import { refuseUnless } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import type { PayoutDeps } from './payout-deps.ts';
import type { OpenedPayment } from './open-chosen.ts';
import { openPost } from './open-post.ts';
import { codeField, payoutPage, reasonField } from './payout-page.tsx';
import { bindScan, type ChosenScan, chosenScan, scanErrors, scanField, showScan } from './scan-upload.tsx';

const path = '/finance/payouts/:caseId/:payoutId';
const longestReference = 64;
const longestReason = 500;

/** What finance enters of one payout. Into a batch and out of one it goes on the batch's own pages. */
export type Settling = Exclude<FinanceAction, 'batch'>;

/** One payout: what became of it at the bank, and taking back what was entered wrongly. */
export function settlePayoutRoutes(app: FinanceApp, deps: PayoutDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const opened = await openOne(c, deps);
    if (opened === undefined) return errorPage(c, 404);
    const chosen = await chosenScan(c, deps, c.req.query(scanField));
    return c.html(payoutPage(c, deps, opened, { ...emptyForm, errors: scanErrors(c, chosen) }, chosen));
  });
  app.get(`${path}/scan`, async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
    const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
    return showScan(c, deps, file && payoutOn(c, file)?.bankReceipt);
  });

  app.post(`${path}/confirm`, (c) =>
    settle(c, deps, 'confirm', (form, by, payout, { chosen, bankReceipt }) => {
      const read = readConfirmation(c, form, payout, localDateOf(deps.now()));
      const errors = { ...scanErrors(c, chosen), ...('errors' in read ? read.errors : {}) };
      if ('errors' in read || hasErrors(errors)) return { errors };
      return { decide: (file, around) => confirmPayout(file, around, { ...by, ...read, bankReceipt }) };
    }),
  );
  app.post(`${path}/fail`, (c) => settle(c, deps, 'fail', withReason(c, 'fail', failPayout)));
  app.post(`${path}/return`, (c) => settle(c, deps, 'return', withReason(c, 'return', returnPayout)));
  app.post(`${path}/undo`, (c) => settle(c, deps, 'undo', withReason(c, 'undo', undoSettlement)));
  app.post(`${path}/silence`, (c) =>
    settle(c, deps, 'silence', (_, by) => ({ decide: (file, around) => markUnknown(file, around, by) })),
  );
}

/** The payment that the address names, with its case and all that surrounds it, the funds too. */
async function openOne(c: Reading, deps: PayoutDeps): Promise<OpenedPayment | undefined> {
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
  const payout = file && payoutOn(c, file);
  if (file === undefined || payout === undefined) return undefined;
  return { file, payout, around: await deps.store.loadAround(file, { staff: await staffOf(c, deps) }) };
}

const payoutOn = (c: Reading, file: CaseFile): Payout | undefined =>
  file.payouts.find(({ payoutId }) => payoutId === c.req.param('payoutId'));

type By = { readonly personId: Reading['var']['member']['personId']; readonly payoutId: Payout['payoutId'] };
type Read = { readonly errors: FormErrors } | { readonly decide: (file: CaseFile, around: Around) => Decided };
/** The bank's receipt as it was uploaded, and as it is bound once nothing else is wrong. */
type Receipt = { readonly chosen: ChosenScan; readonly bankReceipt?: Scan | undefined };
type Reader = (form: FormBody, by: By, payout: Payout, receipt: Receipt) => Read;

const withReason =
  (
    c: Reading,
    action: 'fail' | 'return' | 'undo',
    command: (file: CaseFile, around: Around, input: By & { readonly reason: string }) => Decided,
  ): Reader =>
  (form, by) => {
    const { fault } = c.var.words.finance;
    const name = reasonField[action];
    const reason = form.text(name);
    if (reason === '') return { errors: { [name]: fault.reason } };
    if (reason.length > longestReason) return { errors: { [name]: fault.reasonTooLong } };
    return { decide: (file, around) => command(file, around, { ...by, reason }) };
  };

/**
 * What is shown, checked and settled is the same reading of the case. A first round decides without writing: the one-time code is asked
 * for, and used up, when nothing else is wrong. The second decides on that reading, and anew only where somebody was faster.
 */
async function settle(c: Reading, deps: PayoutDeps, action: Settling, read: Reader): Promise<Response> {
  const posted = await openPost(c, deps);
  if (posted.kind === 'answered') return posted.response;
  const { form } = posted;
  const opened = await openOne(c, deps);
  if (opened === undefined) return errorPage(c, 404);
  const { caseId, payoutId } = opened.payout;
  const at = `/finance/payouts/${caseId}/${payoutId}`;
  let answer: (refusal: Refusal) => Answer = () => errorPage(c, 404);
  const stop = (response: () => Answer): Refusal => {
    answer = response;
    return { kind: 'refused', code: 'not-possible-now' };
  };
  const chosen = await chosenScan(c, deps, action === 'confirm' ? form.text(scanField) : undefined);
  let receipt: Receipt = { chosen };
  const again = async (shown: OpenedPayment, errors: FormErrors, status: 403 | 409 | 422 | 429) =>
    c.html(payoutPage(c, deps, shown, { values: form.values, errors }, chosen), status);
  const act = (file: CaseFile, around: Around): Decided => {
    const payout = payoutOn(c, file);
    if (payout === undefined) return stop(() => errorPage(c, 404));
    // A second press of the same button: what it was for is done, and the page says so.
    if (isDone(payout, action, form)) return stop(() => c.redirect(at, 303));
    const now: OpenedPayment = { file, around, payout };
    const typed = read(form, { personId: c.var.member.personId, payoutId }, payout, receipt);
    if ('errors' in typed) return stop(() => again(now, typed.errors, 422));
    answer = (refusal) => {
      const said = refusalWords(c.var.words, refusal, (amount) => formatMoney(fen(amount), c.var.lang));
      const status = refusal.code === 'not-allowed' || refusal.code === 'same-person' ? 403 : 409;
      return again(now, { [fieldOf(action, refusal)]: said }, status);
    };
    const allowed = can({ kind: 'staff', member: c.var.member }, { action: `${action}-payout`, file, around, payout });
    return allowed.allowed ? typed.decide(file, around) : { kind: 'refused', code: allowed.code };
  };
  const tried = act(opened.file, opened.around);
  if (tried.kind === 'refused') return answer(tried);
  const about = { action: `${action}-payout`, name: codeField[action] } as const;
  const fresh = await requireFreshCode(c, deps, form, about);
  if (fresh.kind === 'refused') return again(opened, fresh.errors, fresh.status);
  const bound = await bindScan(c, deps, chosen);
  if ('errors' in bound) return again(opened, bound.errors, 422);
  receipt = { chosen, bankReceipt: bound.scan };
  // The funds were read with it: where money moves, they are not read once more.
  const outcome = await deps.actOnCase(caseId, act, { awards: true, reading: opened });
  if (outcome.kind === 'done') return c.redirect(`${at}?done=${action}`, 303);
  return outcome.kind === 'unknown-case' ? errorPage(c, 404) : answer(outcome);
}

/** The field that a refusal is about: of the confirmation its day or its reference, else the reason; none where nothing is typed. */
function fieldOf(action: Settling, { code }: Refusal): string {
  if (action === 'silence') return '';
  if (action !== 'confirm') return reasonField[action];
  return code === 'paid-on-impossible' ? 'paidOn' : 'bankReference';
}

function isDone(payout: Payout, action: Settling, form: FormBody): boolean {
  switch (action) {
    case 'confirm':
      return payout.status === 'paid' && payout.bankReference === form.text('bankReference');
    case 'fail':
      return payout.status === 'failed';
    case 'return':
      return payout.status === 'returned';
    case 'silence':
      return payout.status === 'unknown';
    case 'undo':
      return payout.status === 'sent';
    default:
      return action satisfies never;
  }
}

function readConfirmation(
  c: Reading,
  form: FormBody,
  payout: Payout,
  today: LocalDate,
): { errors: FormErrors } | { bankReference: string; paidOn: LocalDate } {
  const { fault } = c.var.words.finance;
  const errors: Record<string, string> = {};
  const bankReference = form.text('bankReference');
  if (bankReference === '') errors['bankReference'] = fault.reference;
  if (bankReference.length > longestReference) errors['bankReference'] = fault.referenceTooLong;
  const paidOn = localDateSchema.safeParse(parseDateText(form.text('paidOn')));
  if (!paidOn.success) return { errors: { ...errors, paidOn: fault.paidOn } };
  if (paidOn.data > today) errors['paidOn'] = fault.paidOnFuture;
  const sentOn = payout.sentAt && localDateOf(payout.sentAt);
  if (sentOn !== undefined && paidOn.data < sentOn) errors['paidOn'] = fault.paidOnEarly;
  return Object.keys(errors).length > 0 ? { errors } : { bankReference, paidOn: paidOn.data };
}
