import { can } from '../../../shared/cases/can.ts';
import { problemCount } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { Unreadable } from '../../../shared/disbursement/bank-result/bank-row.ts';
import { formatCount, formatDateTime } from '../../../shared/i18n/format.ts';
import { type BatchId, batchIdSchema } from '../../../shared/kernel/ids.ts';
import { Button, ButtonLink, FileInput, Form, Select, Table } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormErrors, type FormState } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { FinanceApp, Reading } from './finance-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import { bankResultRoutes } from './bank-result.tsx';
import type { BankResultDeps } from './bank-result-deps.ts';
import { openPost } from './open-post.ts';
import { FinanceTabs } from './payout-tabs.tsx';
import { takeResult } from './take-result.ts';

const pageSize = 50;
/** The last released batches, of one of which a file may be the result. */
const batchesToName = 50;

/** What banks said: the files that were uploaded, and the form that takes one more. */
export function bankResultsRoutes(app: FinanceApp, deps: BankResultDeps): void {
  app.get('/finance/results', async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    return refused ?? c.html(await listPage(c, deps, emptyForm));
  });

  app.post('/finance/results', async (c) => {
    const refused = refuseUnless(c, deps, 'settle-by-file');
    if (refused !== undefined) return refused;
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const { form } = posted;
    const again = async (errors: FormErrors) => c.html(await listPage(c, deps, { values: form.values, errors }), 422);
    const [file] = form.files('file');
    if (file === undefined) return again({ file: c.var.words.bankResults.chooseFile });
    const batch = await batchNamed(deps, form.text('batch'));
    if (batch === 'unknown') return errorPage(c, 404);
    const taken = await takeResult(deps, new Uint8Array(await file.arrayBuffer()), {
      personId: c.var.member.personId,
      batchId: batch,
    });
    if (taken.kind === 'unreadable') return again({ file: faultWords(c, taken) });
    return c.redirect(`/finance/results/${taken.resultId}${taken.isNew ? '' : '?known=1'}`, 303);
  });

  bankResultRoutes(app, deps);
}

async function batchNamed(deps: BankResultDeps, named: string): Promise<BatchId | undefined | 'unknown'> {
  if (named === '') return undefined;
  const batchId = batchIdSchema.safeParse(named);
  return (batchId.success ? await deps.batches.get(batchId.data) : undefined)?.batchId ?? 'unknown';
}

/** The one clear sentence on a file that is not taken. */
function faultWords(c: Reading, { fault, line }: Unreadable): string {
  const say = c.var.words.bankResults;
  const colon = c.var.lang === 'zh' ? '：' : ': ';
  return `${say.notTaken}${colon}${line === undefined ? '' : say.atLine({ line })}${say.fault[fault]}`;
}

async function listPage(c: Reading, deps: BankResultDeps, form: FormState) {
  const { lang, words } = c.var;
  const say = words.bankResults;
  const mayUpload = can({ kind: 'staff', member: c.var.member }, { action: 'settle-by-file', now: deps.now() }).allowed;
  const [page, staff, batches] = await Promise.all([
    deps.results.list({ cursor: c.req.query('cursor'), limit: pageSize }),
    staffOf(c, deps),
    mayUpload ? deps.batches.byStatus('released', { limit: batchesToName }) : { items: [] },
  ]);
  const nameOf = (personId: string) => staff.find((each) => each.personId === personId)?.name ?? personId;
  return (
    <StaffPage c={c} deps={deps} title={say.title} errors={form.errors}>
      <FinanceTabs c={c} current="results" />
      <p class="govuk-body">{say.lead}</p>
      {mayUpload ? (
        <>
          <h2 class="govuk-heading-m">{say.uploadTitle}</h2>
          <Form action="/finance/results" csrf={issueCsrf(c, deps.secrets.csrf)} isMultipart>
            <FileInput
              name="file"
              error={form.errors['file']}
              label={say.file}
              hint={say.fileHint}
              accept=".csv,.txt,.xml,text/csv,application/xml,text/xml"
            />
            <Select
              {...field(form, 'batch')}
              label={say.batch}
              hint={say.batchHint}
              choices={batches.items.map(({ batchId, batchNumber }) => ({ value: batchId, label: batchNumber }))}
            />
            <Button>{say.upload}</Button>
          </Form>
        </>
      ) : null}
      <h2 class="govuk-heading-m">{say.list}</h2>
      {page.items.length === 0 ? (
        <p class="govuk-body">{say.none}</p>
      ) : (
        <Table
          caption={say.list}
          isCaptionHidden
          columns={[
            { label: say.column.uploadedAt },
            { label: say.column.uploadedBy },
            { label: say.column.format },
            { label: say.column.status },
            { label: say.column.rows, isNumeric: true },
            { label: say.column.settled, isNumeric: true },
            { label: say.column.problems, isNumeric: true },
          ]}
          rows={page.items.map((result) => [
            <a class="govuk-link" href={`/finance/results/${result.resultId}`}>
              {formatDateTime(result.uploadedAt, lang)}
            </a>,
            nameOf(result.uploadedBy),
            say.format[result.format],
            say.status[result.status],
            formatCount(result.rows, lang),
            formatCount(result.settled.length, lang),
            formatCount(problemCount(result.problems), lang),
          ])}
        />
      )}
      {page.cursor === undefined ? null : (
        <ButtonLink look="secondary" href={`/finance/results?cursor=${encodeURIComponent(page.cursor)}`}>
          {say.next}
        </ButtonLink>
      )}
    </StaffPage>
  );
}
