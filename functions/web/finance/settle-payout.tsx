import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile, Decided, Refusal } from '../../../shared/cases/case-file.ts';
import { papersHoldingBack } from '../../../shared/cases/later-papers.ts';
import { confirmPayout, failPayout } from '../../../shared/cases/settle-payout.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { formatDate, formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import { caseIdSchema } from '../../../shared/kernel/ids.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { type LocalDate, localDateOf, localDateSchema } from '../../../shared/kernel/time.ts';
import { holdsRole } from '../../../shared/register/staff.ts';
import {
  Button,
  DateInput,
  Form,
  InsetText,
  NotificationBanner,
  SummaryList,
  type SummaryRow,
  Textarea,
  TextInput,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, field, type FormErrors, type FormState } from '../../../shared/web/form-state.ts';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { type Answer, type Reading, readPost, refusalWords, type StaffApp } from '../staff/staff-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';

const path = '/finance/payouts/:caseId/:payoutId';
const longestReference = 64;
const longestReason = 500;

/** Two forms on one page, each with a code of its own. */
const codeField = { 'confirm-payout': 'code', 'fail-payout': 'failCode' } as const;

type Opened = { readonly file: CaseFile; readonly around: Around; readonly payout: Payout };

/** One payout: released, confirmed by the bank's reference, or failed. */
export function settlePayoutRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const opened = await openPayout(c, deps);
    return opened === undefined ? errorPage(c, 404) : c.html(payoutPage(c, deps, opened, emptyForm));
  });

  app.post(`${path}/confirm`, (c) =>
    settle(c, deps, 'confirm-payout', (form, { payout }) => {
      const read = readConfirmation(c, form, payout, localDateOf(deps.now()));
      if ('errors' in read) return read;
      const by = { personId: c.var.member.personId, payoutId: payout.payoutId };
      return { decide: (file: CaseFile, around: Around) => confirmPayout(file, around, { ...by, ...read }) };
    }),
  );

  app.post(`${path}/fail`, (c) =>
    settle(c, deps, 'fail-payout', (form, { payout }) => {
      const { fault } = c.var.words.finance;
      const reason = form.text('reason');
      if (reason === '') return { errors: { reason: fault.reason } };
      if (reason.length > longestReason) return { errors: { reason: fault.reasonTooLong } };
      const by = { personId: c.var.member.personId, payoutId: payout.payoutId };
      return { decide: (file: CaseFile, around: Around) => failPayout(file, around, { ...by, reason }) };
    }),
  );
}

async function openPayout(c: Reading, deps: StaffDeps): Promise<Opened | undefined> {
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
  const payout = file && payoutOn(c, file);
  if (file === undefined || payout === undefined) return undefined;
  return { file, around: await deps.store.loadAround(file), payout };
}

const payoutOn = (c: Reading, file: CaseFile): Payout | undefined =>
  file.payouts.find(({ payoutId }) => payoutId === c.req.param('payoutId'));

type Read = { readonly errors: FormErrors } | { readonly decide: (file: CaseFile, around: Around) => Decided };

/**
 * What is shown, checked and settled is the same reading of the case. A first round decides without writing: the one-time code is asked
 * for, and used up, when nothing else is wrong.
 */
async function settle(
  c: Reading,
  deps: StaffDeps,
  action: 'confirm-payout' | 'fail-payout',
  read: (form: FormBody, opened: Opened) => Read,
): Promise<Response> {
  const refused = refuseUnless(c, deps, 'list-payouts');
  if (refused !== undefined) return refused;
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  if (!caseId.success) return errorPage(c, 404);
  const at = `/finance/payouts/${caseId.data}/${c.req.param('payoutId') ?? ''}`;
  const { values } = posted.form;
  let answer: (refusal: Refusal) => Answer = () => errorPage(c, 404);
  const stop = (response: () => Answer): Refusal => {
    answer = response;
    return { kind: 'refused', code: 'not-possible-now' };
  };
  let isFresh = false;
  let ready: Opened | undefined;
  const act = (file: CaseFile, around: Around): Decided => {
    const payout = payoutOn(c, file);
    if (payout === undefined) return stop(() => errorPage(c, 404));
    const opened = { file, around, payout };
    // A second press of the same button: what it was for is done, and the page says so.
    if (isDone(payout, action, posted.form)) return stop(() => c.redirect(at, 303));
    const typed = read(posted.form, opened);
    if ('errors' in typed)
      return stop(() => c.html(payoutPage(c, deps, opened, { values, errors: typed.errors }), 422));
    answer = (refusal) => {
      const said = refusalWords(c.var.words, refusal, (amount) => formatMoney(fen(amount), c.var.lang));
      const ofConfirmation = refusal.code === 'paid-on-impossible' ? 'paidOn' : 'bankReference';
      const name = action === 'confirm-payout' ? ofConfirmation : 'reason';
      const status = refusal.code === 'not-allowed' || refusal.code === 'same-person' ? 403 : 409;
      return c.html(payoutPage(c, deps, opened, { values, errors: { [name]: said } }), status);
    };
    const allowed = can({ kind: 'staff', member: c.var.member }, { action, file, around, payout });
    const decided: Decided = allowed.allowed ? typed.decide(file, around) : { kind: 'refused', code: allowed.code };
    if (isFresh || decided.kind === 'refused') return decided;
    ready = opened;
    return stop(() => errorPage(c, 409));
  };
  let outcome = await deps.actOnCase(caseId.data, act);
  if (ready !== undefined) {
    const fresh = await requireFreshCode(c, deps, posted.form, { action, name: codeField[action] });
    if (fresh.kind === 'refused') {
      const { errors, status } = fresh;
      return c.html(payoutPage(c, deps, ready, { values, errors }), status);
    }
    isFresh = true;
    outcome = await deps.actOnCase(caseId.data, act);
  }
  if (outcome.kind === 'done') return c.redirect(`${at}?done=1`, 303);
  return outcome.kind === 'unknown-case' ? errorPage(c, 404) : answer(outcome);
}

const isDone = (payout: Payout, action: 'confirm-payout' | 'fail-payout', form: FormBody): boolean =>
  action === 'confirm-payout'
    ? payout.status === 'paid' && payout.bankReference === form.text('bankReference')
    : payout.status === 'failed';

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
  const releasedOn = payout.releasedAt && localDateOf(payout.releasedAt);
  if (releasedOn !== undefined && paidOn.data < releasedOn) errors['paidOn'] = fault.paidOnEarly;
  return Object.keys(errors).length > 0 ? { errors } : { bankReference, paidOn: paidOn.data };
}

function payoutPage(c: Reading, deps: StaffDeps, opened: Opened, form: FormState) {
  const { words, lang } = c.var;
  const say = words.finance;
  const { payout, file, around } = opened;
  const isOrdered = payout.status === 'ordered';
  const missing = isOrdered ? papersHoldingBack(file, payout, around.programme, around.now) : [];
  const at = `/finance/payouts/${payout.caseId}/${payout.payoutId}`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const isFinance = holdsRole(c.var.member, 'finance', localDateOf(deps.now()));
  const may = (action: 'release-payout' | 'confirm-payout' | 'fail-payout'): boolean =>
    can({ kind: 'staff', member: c.var.member }, { action, file, around, payout }).allowed;
  const done = c.req.query('done') === '1' ? (payout.status === 'failed' ? say.failed : say.confirmed) : undefined;
  const tab = payout.status === 'replaced' || payout.status === 'cancelled' ? 'ordered' : payout.status;
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.payoutTitle}
      caption={file.case.caseNumber}
      errors={form.errors}
      backHref={`/finance?tab=${tab}`}
      notice={done === undefined ? undefined : <NotificationBanner kind="success">{done}</NotificationBanner>}
    >
      <SummaryList rows={payoutRows(c, opened, isFinance)} />
      {missing.length > 0 ? (
        <InsetText>{say.heldBack({ papers: missing.map(({ label }) => label[lang]).join('、') })}</InsetText>
      ) : may('release-payout') ? (
        <Form action="/finance/release" csrf={csrf} hidden={{ payout: `${payout.caseId}/${payout.payoutId}` }}>
          <OneTimeCode c={c} deps={deps} errors={undefined}>
            <Button>{say.release}</Button>
          </OneTimeCode>
        </Form>
      ) : null}
      {isFinance && payout.status === 'released' && !may('confirm-payout') ? (
        <InsetText>{say.anotherConfirms}</InsetText>
      ) : null}
      {may('confirm-payout') ? (
        <>
          <h2 class="govuk-heading-m">{say.confirmTitle}</h2>
          <Form action={`${at}/confirm`} csrf={csrf}>
            <TextInput
              {...field(form, 'bankReference')}
              label={say.reference}
              hint={say.referenceHint}
              width={30}
              autocomplete="off"
              spellcheck={false}
            />
            <DateInput {...field(form, 'paidOn')} label={say.paidOn} max={localDateOf(deps.now())} />
            <OneTimeCode c={c} deps={deps} errors={form.errors} name={codeField['confirm-payout']}>
              <Button>{say.confirm}</Button>
            </OneTimeCode>
          </Form>
        </>
      ) : null}
      {may('fail-payout') ? (
        <>
          <h2 class="govuk-heading-m">{say.failTitle}</h2>
          <Form action={`${at}/fail`} csrf={csrf}>
            <Textarea {...field(form, 'reason')} label={say.reason} hint={say.reasonHint} rows={2} />
            <OneTimeCode c={c} deps={deps} errors={form.errors} name={codeField['fail-payout']}>
              <Button look="warning">{say.fail}</Button>
            </OneTimeCode>
          </Form>
        </>
      ) : null}
    </StaffPage>
  );
}

function payoutRows(c: Reading, { payout, around }: Opened, isFinance: boolean): SummaryRow[] {
  const { lang, words } = c.var;
  const { column } = words.finance;
  const statuses = words.applicant.status.payout;
  const needsAccount = isFinance && (payout.status === 'ordered' || payout.status === 'released');
  const fund = around.funds.find(({ fundId }) => fundId === payout.fundId);
  const { holderName, bankName, accountNumber } = payout.payee;
  return [
    { key: column.status, value: statuses[payout.status] },
    { key: column.amount, value: formatMoney(payout.amountFen, lang) },
    { key: column.fund, value: fund?.names[lang] ?? payout.fundId },
    { key: column.payee, value: needsAccount ? holderName : maskName(holderName) },
    { key: column.bank, value: bankName },
    { key: column.account, value: needsAccount ? accountNumber : maskAccount(accountNumber) },
    { key: column.attempt, value: String(payout.attempt) },
    {
      key: column.since,
      value: formatDateTime(payout.settledAt ?? payout.releasedAt ?? payout.orderedAt, lang),
    },
    ...(payout.bankReference === undefined ? [] : [{ key: column.reference, value: payout.bankReference }]),
    ...(payout.paidOn === undefined ? [] : [{ key: words.finance.paidOn, value: formatDate(payout.paidOn, lang) }]),
    ...(payout.failureReason === undefined ? [] : [{ key: column.reason, value: payout.failureReason }]),
  ];
}
