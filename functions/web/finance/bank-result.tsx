import { can } from '../../../shared/cases/can.ts';
import type { BankResult } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { Batch } from '../../../shared/disbursement/batch.ts';
import { listed, type ResultRefusal } from '../../../shared/disbursement/bank-result/decide-result.ts';
import { renderProblems } from '../../../shared/disbursement/bank-result/render-problems.ts';
import { formatCount, formatDateTime } from '../../../shared/i18n/format.ts';
import { bankResultIdSchema } from '../../../shared/kernel/ids.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { Button, Form, InsetText, NotificationBanner, SummaryList } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { FinanceApp, Reading } from './finance-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import { applyNow } from './apply-result.ts';
import type { BankResultDeps } from './bank-result-deps.ts';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { openPost } from './open-post.ts';
import { type Preview, previewResult } from './preview-result.ts';
import { mostShown, ProblemTable, SettlementTable } from './result-tables.tsx';
import { rowsOfResult } from './take-result.ts';

const path = '/finance/results/:resultId';

/** One bank's result: what it would settle, the button that does it, what came of it, and its error file. */
export function bankResultRoutes(app: FinanceApp, deps: BankResultDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const result = await resultOn(c, deps);
    return result === undefined ? errorPage(c, 404) : c.html(await resultPage(c, deps, result));
  });

  app.post(`${path}/apply`, async (c) => {
    const refused = refuseUnless(c, deps, 'settle-by-file');
    if (refused !== undefined) return refused;
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const { form } = posted;
    const resultId = bankResultIdSchema.safeParse(c.req.param('resultId'));
    if (!resultId.success) return errorPage(c, 404);
    const fresh = await requireFreshCode(c, deps, form, { action: 'settle-by-file' });
    if (fresh.kind === 'refused') {
      const shown = await resultOn(c, deps);
      if (shown === undefined) return errorPage(c, 404);
      return c.html(await resultPage(c, deps, shown, { errors: fresh.errors }), fresh.status);
    }
    const applied = await applyNow(deps, resultId.data, {
      personId: c.var.member.personId,
      seen: { version: Number(form.text('version')), digest: form.text('digest') },
      unsaid: c.var.words.bankResults.unsaid,
      known: { staff: await staffOf(c, deps) },
    });
    if (applied.kind === 'applied') return c.redirect(`/finance/results/${resultId.data}?done=1`, 303);
    const result = await resultOn(c, deps);
    if (applied.kind === 'unknown-result' || result === undefined) return errorPage(c, 404);
    return c.html(await resultPage(c, deps, result, { refusal: applied }), 409);
  });

  app.get(`${path}/problems.csv`, async (c) => {
    const refused = refuseUnless(c, deps, 'settle-by-file');
    if (refused !== undefined) return refused;
    const result = await resultOn(c, deps);
    if (result === undefined) return errorPage(c, 404);
    const name = `problems-${result.resultId.slice(0, 9)}.csv`;
    return c.body(await errorFile(c, deps, result), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });
}

async function resultOn(c: Reading, deps: BankResultDeps): Promise<BankResult | undefined> {
  const resultId = bankResultIdSchema.safeParse(c.req.param('resultId'));
  return resultId.success ? deps.results.get(resultId.data) : undefined;
}

const maySettle = (c: Reading, deps: BankResultDeps): boolean =>
  can({ kind: 'staff', member: c.var.member }, { action: 'settle-by-file', now: deps.now() }).allowed;

/** Before it is applied its problems are those of now; afterwards those that were found then. */
async function errorFile(c: Reading, deps: BankResultDeps, result: BankResult): Promise<string> {
  const { column, outcome, problem } = c.var.words.bankResults;
  const { rows } = await rowsOfResult(deps, result);
  const problems =
    result.status === 'read'
      ? (await previewResult(deps, result, c.var.member.personId)).matched.problems
      : listed(result.problems);
  return renderProblems(
    problems.flatMap(({ line, reason }) => {
      const row = rows.find((each) => each.line === line);
      return row === undefined ? [] : [{ row, outcome: outcome[row.outcome], problem: problem[reason] }];
    }),
    [
      ...[column.line, column.payoutId, column.account, column.payee, column.amount, column.outcome],
      ...[column.reference, column.paidOn, column.reason, column.problem],
    ],
  );
}

type Answered = { readonly refusal?: ResultRefusal; readonly errors?: FormErrors | undefined };

async function resultPage(c: Reading, deps: BankResultDeps, result: BankResult, { refusal, errors }: Answered = {}) {
  const { words } = c.var;
  const say = words.bankResults;
  const isOpen = result.status !== 'applying' && maySettle(c, deps);
  const staff = await staffOf(c, deps);
  const [preview, batch] = await Promise.all([
    isOpen ? previewResult(deps, result, c.var.member.personId, { staff }) : undefined,
    result.batchId === undefined ? undefined : deps.batches.get(result.batchId),
  ]);
  const problems = result.status === 'read' ? (preview?.matched.problems ?? []) : listed(result.problems);
  const shown = new Set(problems.slice(0, mostShown).map(({ line }) => line));
  const named = (preview?.rows ?? []).filter(({ line }) => shown.has(line)).flatMap(({ caseId }) => caseId ?? []);
  const caseIds = [...(preview?.matched.settle ?? []), ...result.settled].map(({ caseId }) => caseId);
  const read = new Map((preview?.readings ?? []).map(({ file }) => [file.case.caseId, file.case]));
  const others = [...new Set([...caseIds, ...named])].filter((caseId) => !read.has(caseId));
  const cases = [...read.values(), ...(await deps.store.caseSummaries(others))];
  const numbers = new Map<string, string>(cases.map(({ caseId, caseNumber }) => [caseId, caseNumber]));
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.one}
      backHref="/finance/results"
      errors={errors}
      notice={noticeOf(c, result, refusal)}
    >
      <SummaryList rows={summaryRows(c, result, { staff, batch })} />
      {result.status === 'applying' ? <InsetText>{say.applying}</InsetText> : null}
      {result.settled.length === 0 ? null : (
        <SettlementTable c={c} title={say.settledTitle} settlements={result.settled} numbers={numbers} />
      )}
      {preview === undefined || (result.status === 'applied' && preview.matched.settle.length === 0) ? null : (
        <Applicable c={c} deps={deps} result={result} preview={preview} numbers={numbers} errors={errors} />
      )}
      {preview === undefined && result.status === 'read' ? null : (
        <ProblemTable c={c} problems={problems} rows={preview?.rows ?? []} numbers={numbers} />
      )}
      {problems.length > 0 && maySettle(c, deps) ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/finance/results/${result.resultId}/problems.csv`}>
            {say.download}
          </a>
        </p>
      ) : null}
    </StaffPage>
  );
}

function noticeOf(c: Reading, result: BankResult, refusal: ResultRefusal | undefined) {
  const say = c.var.words.bankResults;
  if (refusal !== undefined) return <NotificationBanner>{say.refusal[refusal.code]}</NotificationBanner>;
  if (c.req.query('known') === '1') return <NotificationBanner>{say.known}</NotificationBanner>;
  return c.req.query('done') === '1' && result.status === 'applied' ? (
    <NotificationBanner kind="success">{say.applied}</NotificationBanner>
  ) : undefined;
}

/** What applying it now would record, and the button that does. */
function Applicable({
  c,
  deps,
  result,
  preview,
  numbers,
  errors,
}: {
  c: Reading;
  deps: BankResultDeps;
  result: BankResult;
  preview: Preview;
  numbers: ReadonlyMap<string, string>;
  errors: FormErrors | undefined;
}) {
  const say = c.var.words.bankResults;
  const { settle, already } = preview.matched;
  return (
    <>
      <SettlementTable
        c={c}
        title={result.status === 'read' ? say.willTitle : say.restTitle}
        settlements={settle}
        numbers={numbers}
        rows={preview.rows}
        payouts={preview.readings.flatMap(({ file }) => file.payouts)}
      />
      {already.length > 0 ? <p class="govuk-body">{say.alreadyCount({ count: already.length })}</p> : null}
      {settle.length === 0 ? null : (
        <Form
          action={`/finance/results/${result.resultId}/apply`}
          csrf={issueCsrf(c, deps.secrets.csrf)}
          hidden={{ version: String(result.version), digest: preview.digest }}
        >
          <OneTimeCode c={c} deps={deps} errors={errors}>
            <Button>{say.apply}</Button>
          </OneTimeCode>
        </Form>
      )}
    </>
  );
}

function summaryRows(
  c: Reading,
  result: BankResult,
  { staff, batch }: { readonly staff: readonly StaffMember[]; readonly batch: Batch | undefined },
) {
  const { lang, words } = c.var;
  const { column, format, status } = words.bankResults;
  const nameOf = (personId: string) => staff.find((each) => each.personId === personId)?.name ?? personId;
  const { appliedBy, appliedAt } = result;
  return [
    { key: column.status, value: status[result.status] },
    { key: column.format, value: format[result.format] },
    { key: column.rows, value: formatCount(result.rows, lang) },
    ...(batch === undefined ? [] : [{ key: column.batch, value: batch.batchNumber }]),
    { key: column.uploadedBy, value: nameOf(result.uploadedBy) },
    { key: column.uploadedAt, value: formatDateTime(result.uploadedAt, lang) },
    ...(appliedBy === undefined ? [] : [{ key: column.appliedBy, value: nameOf(appliedBy) }]),
    ...(appliedAt === undefined ? [] : [{ key: column.appliedAt, value: formatDateTime(appliedAt, lang) }]),
    ...(result.already === 0 ? [] : [{ key: column.already, value: formatCount(result.already, lang) }]),
  ];
}
