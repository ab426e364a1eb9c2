import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import { leftToRecover, type Recovery, type Repayment } from '../../../shared/cases/recovery.ts';
import type { RecoveryStep } from '../../../shared/cases/rights-on-recoveries.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import {
  Button,
  DateInput,
  Form,
  NotificationBanner,
  SummaryList,
  type SummaryRow,
  Table,
  Textarea,
  TextInput,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { field, type FormState } from '../../../shared/web/form-state.ts';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import { StaffPage } from '../staff/staff-page.tsx';
import type { RecoveryDeps } from './fund-deps.ts';
import type { Reading } from './fund-context.ts';

export const longestReason = 500;
export type OpenRecovery = { readonly file: CaseFile; readonly around: Around; readonly recovery: Recovery };
export type RecoveryPageStep = Exclude<RecoveryStep, 'propose-recovery'>;
type Step = RecoveryPageStep;
type Props = { c: Reading; deps: RecoveryDeps; opened: OpenRecovery; form: FormState };

/** One recovery, what came back of it, and what whoever looks at it may do. */
export function recoveryPage(c: Reading, deps: RecoveryDeps, opened: OpenRecovery, form: FormState) {
  const { words } = c.var;
  const say = words.recovery;
  const { file, around, recovery } = opened;
  const waiting = recovery.repayments.filter(({ status }) => status === 'recorded');
  const may = (action: Step, repayment?: Repayment): boolean =>
    can(
      { kind: 'staff', member: c.var.member },
      { action, file, around, recovery, ...(repayment !== undefined && { repayment }) },
    ).allowed;
  const plain = (['agree-recovery', 'decline-recovery', 'waive-recovery'] as const).filter((step) => may(step));
  const nothing =
    plain.length === 0 &&
    !may('record-repayment') &&
    !may('propose-waiver') &&
    !waiting.some((each) => may('confirm-repayment', each));
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.one}
      caption={file.case.caseNumber}
      errors={form.errors}
      backHref="/finance/recoveries"
      notice={
        c.req.query('done') === '1' ? <NotificationBanner kind="success">{say.saved}</NotificationBanner> : undefined
      }
    >
      <SummaryList rows={rowsOf(c, opened)} />
      <Repayments c={c} opened={opened} />
      {waiting.map((each, index) => (
        <OneRepayment
          {...{ c, deps, opened, form, each, index }}
          mayConfirm={may('confirm-repayment', each)}
          mayReject={may('reject-repayment', each)}
        />
      ))}
      {may('record-repayment') ? <Record {...{ c, deps, opened, form }} /> : null}
      {plain.map((step) => (
        <Form action={`${pathOf(opened)}/${stepPath[step]}`} csrf={issueCsrf(c, deps.secrets.csrf)}>
          <Button look={step === 'decline-recovery' ? 'secondary' : 'primary'}>
            {{ 'agree-recovery': say.agree, 'decline-recovery': say.decline, 'waive-recovery': say.waive }[step]}
          </Button>
        </Form>
      ))}
      {may('propose-waiver') ? <Waiver {...{ c, deps, opened, form }} /> : null}
      {nothing ? <p class="govuk-body">{say.nothingToDo}</p> : null}
    </StaffPage>
  );
}

const stepPath: Readonly<Record<Step, string>> = {
  'agree-recovery': 'agree',
  'decline-recovery': 'decline',
  'record-repayment': 'record',
  'confirm-repayment': 'confirm',
  'reject-repayment': 'reject',
  'propose-waiver': 'propose-waiver',
  'waive-recovery': 'waive',
};

export const pathOf = ({ file, recovery }: OpenRecovery): string =>
  `/finance/recoveries/${file.case.caseId}/${recovery.recoveryId}`;

function rowsOf(c: Reading, { around, recovery }: OpenRecovery): SummaryRow[] {
  const { lang, words } = c.var;
  const say = words.recovery;
  const nameOf = (id: string) => around.staff.find(({ personId }) => personId === id)?.name ?? id;
  const row = (key: string, value: string | undefined): SummaryRow[] => (value === undefined ? [] : [{ key, value }]);
  return [
    { key: say.causeLabel, value: say.cause[recovery.cause] },
    { key: say.status, value: say.tab[recovery.status] },
    { key: say.owed, value: formatMoney(recovery.owedFen, lang) },
    // Of what nobody has agreed to yet nothing is expected: "0.00 left" would read as settled.
    ...(recovery.status === 'proposed'
      ? []
      : [
          { key: say.recovered, value: formatMoney(recovery.recoveredFen, lang) },
          { key: say.left, value: formatMoney(leftToRecover(recovery), lang) },
        ]),
    { key: say.since, value: formatDate(recovery.openedAt, lang) },
    ...row(say.by, recovery.proposedBy && nameOf(recovery.proposedBy)),
    ...row(say.reason, recovery.reason),
    ...row(say.waiverBy, recovery.waiverBy && nameOf(recovery.waiverBy)),
    ...row(say.waiverReason, recovery.waiverReason),
  ];
}

function Repayments({ c, opened: { recovery, around } }: Pick<Props, 'c' | 'opened'>) {
  const { lang, words } = c.var;
  const say = words.recovery;
  if (recovery.repayments.length === 0) return null;
  return (
    <Table
      caption={say.repayments}
      columns={[
        { label: say.on },
        { label: say.reference },
        { label: say.recordedBy },
        { label: say.status },
        { label: say.amount, isNumeric: true },
      ]}
      rows={recovery.repayments.map((each) => [
        <span class="app-whole">{formatDate(each.on, lang)}</span>,
        each.bankReference,
        around.staff.find(({ personId }) => personId === each.recordedBy)?.name ?? each.recordedBy,
        say.repayment[each.status],
        formatMoney(each.amountFen, lang),
      ])}
    />
  );
}

/** Each form's own code, since several repayments may wait. */
export const codeFieldOf = (index: number): string => (index === 0 ? 'code' : `code-${index + 1}`);

function OneRepayment({
  c,
  deps,
  opened,
  form,
  each,
  index,
  mayConfirm,
  mayReject,
}: Props & { each: Repayment; index: number; mayConfirm: boolean; mayReject: boolean }) {
  const say = c.var.words.recovery;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const about = `${formatMoney(each.amountFen, c.var.lang)} · ${each.bankReference}`;
  const hidden = <input type="hidden" name="repayment" value={each.repaymentId} />;
  if (!mayConfirm && !mayReject) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{`${say.confirmTitle}: ${about}`}</h2>
      {mayConfirm ? (
        <Form action={`${pathOf(opened)}/confirm`} csrf={csrf}>
          {hidden}
          <OneTimeCode c={c} deps={deps} errors={form.errors} name={codeFieldOf(index)}>
            <Button>{say.confirm}</Button>
          </OneTimeCode>
        </Form>
      ) : null}
      {mayReject ? (
        <Form action={`${pathOf(opened)}/reject`} csrf={csrf}>
          {hidden}
          <Button look="secondary">{say.reject}</Button>
        </Form>
      ) : null}
    </>
  );
}

function Record({ c, deps, opened, form }: Props) {
  const say = c.var.words.recovery;
  return (
    <>
      <h2 class="govuk-heading-m">{say.recordTitle}</h2>
      <Form action={`${pathOf(opened)}/record`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput {...field(form, 'amount')} label={say.amountYuan} width={10} autocomplete="off" spellcheck={false} />
        <DateInput {...field(form, 'on')} label={say.on} max={localDateOf(deps.now())} />
        <TextInput
          {...field(form, 'bankReference')}
          label={say.reference}
          width={30}
          autocomplete="off"
          spellcheck={false}
        />
        <Button>{say.record}</Button>
      </Form>
    </>
  );
}

function Waiver({ c, deps, opened, form }: Props) {
  const say = c.var.words.recovery;
  return (
    <>
      <h2 class="govuk-heading-m">{say.proposeWaiver}</h2>
      <Form action={`${pathOf(opened)}/propose-waiver`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <Textarea {...field(form, 'reason')} label={say.reason} hint={say.proposeWaiverHint} rows={3} />
        <Button look="secondary">{say.proposeWaiver}</Button>
      </Form>
    </>
  );
}
