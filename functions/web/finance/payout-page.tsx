import { can } from '../../../shared/cases/can.ts';
import { papersHoldingBack } from '../../../shared/cases/later-papers.ts';
import { formatDate, formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import { scanWordsOf } from '../../../shared/i18n/scan-words.ts';
import { type Instant, localDateOf } from '../../../shared/kernel/time.ts';
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
import { field, type FormState } from '../../../shared/web/form-state.ts';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import type { Reading } from './finance-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';
import type { PayoutDeps } from './payout-deps.ts';
import type { OpenedPayment } from './open-chosen.ts';
import { needsWholeAccount, tabOf } from './payout-tabs.tsx';
import { type ChosenScan, isFillingIn, ScanChosen, scanField, ScanLink, ScanUpload } from './scan-upload.tsx';
import type { Settling } from './settle-payout.tsx';

/** Each form's own fields, since a page may show two of them. */
export const reasonField = { fail: 'failReason', return: 'returnReason', undo: 'undoReason' } as const;
/** `needsFreshCode` says which of them ask for one. */
export const codeField = {
  confirm: 'code',
  fail: 'failCode',
  return: 'returnCode',
  undo: 'undoCode',
  silence: 'silenceCode',
} as const satisfies Record<Settling, string>;

/** One payout, and what whoever looks at it may do with it. */
export function payoutPage(
  c: Reading,
  deps: PayoutDeps,
  opened: OpenedPayment,
  form: FormState,
  chosen: ChosenScan = { kind: 'none' },
) {
  const { words, lang } = c.var;
  const say = words.finance;
  const { payout, file, around } = opened;
  const missing = payout.status === 'ordered' ? papersHoldingBack(file, payout, around.programme, around.now) : [];
  const isFinance = holdsRole(c.var.member, 'finance', localDateOf(deps.now()));
  const may = (action: Settling): boolean =>
    can({ kind: 'staff', member: c.var.member }, { action: `${action}-payout`, file, around, payout }).allowed;
  const waitsForAnswer = payout.status === 'sent' || payout.status === 'unknown';
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.payoutTitle}
      caption={file.case.caseNumber}
      errors={form.errors}
      backHref={`/finance?tab=${tabOf(payout.status)}`}
      notice={doneNotice(c)}
    >
      <SummaryList rows={payoutRows(c, opened, isFinance)} />
      {missing.length > 0 ? (
        <InsetText>{say.heldBack({ papers: missing.map(({ label }) => label[lang]).join('、') })}</InsetText>
      ) : null}
      {isFinance && waitsForAnswer && !may('confirm') ? <InsetText>{say.anotherConfirms}</InsetText> : null}
      <PayoutForms {...{ c, deps, opened, form, may, chosen }} />
    </StaffPage>
  );
}

function PayoutForms({
  c,
  deps,
  opened,
  form,
  may,
  chosen,
}: {
  c: Reading;
  deps: PayoutDeps;
  opened: OpenedPayment;
  form: FormState;
  may: (action: Settling) => boolean;
  chosen: ChosenScan;
}) {
  const say = c.var.words.finance;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const at = `/finance/payouts/${opened.payout.caseId}/${opened.payout.payoutId}`;
  const reason = (action: keyof typeof reasonField, title: string, hint: string, button: string) =>
    may(action) ? (
      <>
        <h2 class="govuk-heading-m">{title}</h2>
        <Form action={`${at}/${action}`} csrf={csrf}>
          <Textarea {...field(form, reasonField[action])} label={say.reason} hint={hint} rows={2} />
          <OneTimeCode c={c} deps={deps} errors={form.errors} name={codeField[action]}>
            <Button look="warning">{button}</Button>
          </OneTimeCode>
        </Form>
      </>
    ) : null;
  const what = scanWordsOf(c.var.lang).bankReceipt;
  const aboutScan = { c, deps, path: at, what, error: form.errors[scanField] };
  // First the bank's receipt, if there is one; then whatever is typed.
  if (may('confirm') && !isFillingIn(c, chosen, false))
    return <ScanUpload {...aboutScan} without={say.withoutReceipt} />;
  return (
    <>
      {may('confirm') ? (
        <>
          <ScanChosen {...aboutScan} chosen={chosen} />
          <h2 class="govuk-heading-m">{say.confirmTitle}</h2>
          <p class="govuk-body">{say.confirmHint}</p>
          <Form
            action={`${at}/confirm`}
            csrf={csrf}
            hidden={chosen.kind === 'there' ? { [scanField]: chosen.key } : {}}
          >
            <TextInput
              {...field(form, 'bankReference')}
              label={say.reference}
              hint={say.referenceHint}
              width={30}
              autocomplete="off"
              spellcheck={false}
            />
            <DateInput {...field(form, 'paidOn')} label={say.paidOn} max={localDateOf(deps.now())} />
            <OneTimeCode c={c} deps={deps} errors={form.errors} name={codeField.confirm}>
              <Button>{say.confirm}</Button>
            </OneTimeCode>
          </Form>
        </>
      ) : null}
      {reason('fail', say.failTitle, say.reasonHint, say.fail)}
      {reason('return', say.returnTitle, say.returnHint, say.return)}
      {may('silence') ? (
        <>
          <h2 class="govuk-heading-m">{say.silenceTitle}</h2>
          <p class="govuk-body">{say.silenceHint}</p>
          <Form action={`${at}/silence`} csrf={csrf}>
            <Button look="secondary">{say.silence}</Button>
          </Form>
        </>
      ) : null}
      {reason('undo', say.undoTitle, say.undoHint, say.undo)}
    </>
  );
}

function doneNotice(c: Reading) {
  const { confirmed, failed, returned, silenced, undone } = c.var.words.finance;
  const said = { confirm: confirmed, fail: failed, return: returned, silence: silenced, undo: undone };
  const done = c.req.query('done') ?? '';
  const isKnown = (name: string): name is keyof typeof said => Object.hasOwn(said, name);
  return isKnown(done) ? <NotificationBanner kind="success">{said[done]}</NotificationBanner> : undefined;
}

function payoutRows(c: Reading, { payout, around }: OpenedPayment, isFinance: boolean): SummaryRow[] {
  const { lang, words } = c.var;
  const { column, batch } = words.finance;
  const { appliedBy, appliedAt } = words.bankResults.column;
  const nameOf = (id: string) => around.staff.find(({ personId }) => personId === id)?.name ?? id;
  const byWhom = (key: string, id: string | undefined) => (id === undefined ? [] : [{ key, value: nameOf(id) }]);
  const when = (key: string, at: Instant | undefined) =>
    at === undefined ? [] : [{ key, value: formatDateTime(at, lang) }];
  const isWhole = isFinance && needsWholeAccount(payout.status);
  const fund = around.funds.find(({ fundId }) => fundId === payout.fundId);
  const { holderName, bankName, accountNumber } = payout.payee;
  return [
    { key: column.status, value: words.applicant.status.payout[payout.status] },
    { key: column.amount, value: formatMoney(payout.amountFen, lang) },
    { key: column.fund, value: fund?.names[lang] ?? payout.fundId },
    { key: column.payee, value: isWhole ? holderName : maskName(holderName) },
    { key: column.bank, value: bankName },
    { key: column.account, value: isWhole ? accountNumber : maskAccount(accountNumber) },
    { key: column.attempt, value: String(payout.attempt) },
    ...when(words.finance.orderedAt, payout.orderedAt),
    ...(payout.batchId === undefined
      ? []
      : [
          {
            key: column.batch,
            value: (
              <a class="govuk-link" href={`/finance/batches/${payout.batchId}`}>
                {batch.open}
              </a>
            ),
          },
        ]),
    ...byWhom(batch.madeBy, payout.batchedBy),
    ...byWhom(batch.releasedBy, payout.sentBy),
    ...when(batch.releasedAt, payout.sentAt),
    ...byWhom(appliedBy, payout.settledBy),
    ...when(appliedAt, payout.settledAt),
    ...(payout.bankReference === undefined ? [] : [{ key: column.reference, value: payout.bankReference }]),
    ...(payout.paidOn === undefined ? [] : [{ key: words.finance.paidOn, value: formatDate(payout.paidOn, lang) }]),
    ...(payout.bankReceipt === undefined
      ? []
      : [
          {
            key: words.finance.bankReceiptScan,
            value: (
              <ScanLink
                c={c}
                scan={payout.bankReceipt}
                href={`/finance/payouts/${payout.caseId}/${payout.payoutId}/scan`}
              />
            ),
          },
        ]),
    ...(payout.failureReason === undefined ? [] : [{ key: column.reason, value: payout.failureReason }]),
  ];
}
