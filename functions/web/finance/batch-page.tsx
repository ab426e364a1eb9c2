import { can } from '../../../shared/cases/can.ts';
import { bankProfileOf } from '../../../shared/disbursement/bank-profiles/index.ts';
import type { Batch } from '../../../shared/disbursement/batch.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import { formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import { batchIdSchema } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { holdsRole } from '../../../shared/register/staff.ts';
import {
  Button,
  ButtonLink,
  Form,
  InsetText,
  NotificationBanner,
  SummaryList,
  type SummaryRow,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import type { FinanceApp, Reading } from './finance-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import { Duplicates, FundTotals, PaymentTable, ProblemList } from './batch-parts.tsx';
import type { FinanceDeps } from './deps.ts';
import { findPayments, type FoundPayment } from './open-chosen.ts';
import { payersInWords } from './payer-filter.tsx';
import { needsWholeAccount } from './payout-tabs.tsx';

export const batchPath = '/finance/batches/:batchId';

/** One batch: its payments, count and totals, who made and released it, and what may be done with it. */
export function batchPageRoutes(app: FinanceApp, deps: FinanceDeps): void {
  app.get(batchPath, async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const batch = await batchOn(c, deps);
    if (batch === undefined) return errorPage(c, 404);
    return c.html(await batchPage(c, deps, batch, []));
  });
}

/** The batch that the address names, as it is now. */
export async function batchOn(c: Reading, deps: FinanceDeps): Promise<Batch | undefined> {
  const batchId = batchIdSchema.safeParse(c.req.param('batchId'));
  return batchId.success ? deps.batches.get(batchId.data) : undefined;
}

/** Whether some payment's own record does not say yet what the header says. */
function isUnfinished({ status, batchId }: Batch, found: readonly FoundPayment[]): boolean {
  if (status === 'making' || status === 'closing') return true;
  if (status === 'made') return false;
  return found.some(({ payout }) => payout.status === 'batched' && payout.batchId === batchId);
}

export async function batchPage(
  c: Reading,
  deps: FinanceDeps,
  batch: Batch,
  problems: readonly string[],
  errors?: FormErrors,
) {
  const { words } = c.var;
  const say = words.finance.batch;
  const [found, funds, staff] = await Promise.all([
    findPayments(deps, batch.members),
    deps.store.funds(),
    staffOf(c, deps),
  ]);
  const payments = found.map(({ file, payout }) => ({ caseNumber: file.case.caseNumber, payout }));
  const now = deps.now();
  const actor = { kind: 'staff', member: c.var.member } as const;
  const isFinance = holdsRole(c.var.member, 'finance', localDateOf(now));
  const isOpen = batch.status !== 'released' && batch.status !== 'dissolved';
  const at = `/finance/batches/${batch.batchId}`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const mayRelease = can(actor, { action: 'release-batch', now, batch }).allowed;
  const unfinished = isUnfinished(batch, found);
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={`${say.number} ${batch.batchNumber}`}
      backHref={`/finance/batches?status=${batch.status}`}
      errors={errors}
      notice={doneNotice(c, batch)}
    >
      <ProblemList title={say.notReleased} problems={problems} />
      {unfinished ? <InsetText>{say.unfinished}</InsetText> : null}
      <SummaryList
        rows={batchRows(c, batch, funds, (id) => staff.find(({ personId }) => personId === id)?.name ?? id)}
      />
      <FundTotals c={c} funds={funds} shares={batch.members} />
      <Duplicates
        c={c}
        payments={payments}
        isWhole={isFinance && payments.some(({ payout }) => needsWholeAccount(payout.status))}
      />
      <PaymentTable c={c} funds={funds} payments={payments} isWhole={isFinance} answers={batch.answers} />
      {unfinished && isFinance ? (
        <Form action={`${at}/go-on`} csrf={csrf}>
          <Button>{say.goOn}</Button>
        </Form>
      ) : null}
      {mayRelease ? (
        <Form action={`${at}/release`} csrf={csrf} hidden={{ version: String(batch.version) }}>
          <p class="govuk-body">{say.releaseHint}</p>
          <OneTimeCode c={c} deps={deps} errors={errors}>
            <Button>{say.release}</Button>
          </OneTimeCode>
        </Form>
      ) : null}
      {isFinance && batch.status === 'made' && !mayRelease ? <InsetText>{say.anotherReleases}</InsetText> : null}
      {batch.status === 'released' && isFinance ? (
        <>
          <p class="govuk-body">{say.downloadHint}</p>
          <ButtonLink href={`${at}/file`}>{say.download}</ButtonLink>
        </>
      ) : null}
      {isOpen && isFinance ? (
        <Form action={`${at}/dissolve`} csrf={csrf}>
          <p class="govuk-body">{say.dissolveHint}</p>
          <Button look="secondary">{say.dissolve}</Button>
        </Form>
      ) : null}
    </StaffPage>
  );
}

function doneNotice(c: Reading, batch: Batch) {
  const { batch: say } = c.var.words.finance;
  const said = {
    made: batch.status === 'made' ? say.made({ number: batch.batchNumber }) : undefined,
    released: batch.status === 'released' ? say.released : undefined,
    dissolved: batch.status === 'dissolved' ? say.dissolved : undefined,
    continued: say.continued,
  };
  const done = c.req.query('done') ?? '';
  const isKnown = (name: string): name is keyof typeof said => Object.hasOwn(said, name);
  const text = isKnown(done) ? said[done] : undefined;
  return text === undefined ? undefined : <NotificationBanner kind="success">{text}</NotificationBanner>;
}

function batchRows(
  c: Reading,
  batch: Batch,
  funds: readonly Fund[],
  nameOf: (personId: string) => string,
): SummaryRow[] {
  const { lang, words } = c.var;
  const say = words.finance.batch;
  const { file, releasedAt, releasedBy } = batch;
  return [
    { key: say.status, value: say.statuses[batch.status] },
    { key: say.count, value: String(batch.members.length) },
    { key: say.total, value: formatMoney(batch.totalFen, lang) },
    { key: say.profile, value: bankProfileOf(batch.profileId).names[lang] },
    { key: say.payer, value: payersInWords(c, funds, batch.members) },
    { key: say.madeBy, value: nameOf(batch.madeBy) },
    { key: say.madeAt, value: formatDateTime(batch.madeAt, lang) },
    ...(releasedBy === undefined ? [] : [{ key: say.releasedBy, value: nameOf(releasedBy) }]),
    ...(releasedAt === undefined ? [] : [{ key: say.releasedAt, value: formatDateTime(releasedAt, lang) }]),
    ...(file === undefined
      ? []
      : [
          { key: say.file, value: `${file.name} · ${say.size({ bytes: file.sizeBytes })}` },
          { key: say.sha256, value: <code>{file.sha256}</code> },
        ]),
  ];
}
