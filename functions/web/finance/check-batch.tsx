import { warningAnswers } from '../../../shared/disbursement/batch.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import type { BatchId } from '../../../shared/kernel/ids.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import { Button, ButtonLink, Form, Select, SummaryList } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import type { Reading } from './finance-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';
import { answerField } from './batch-answers.ts';
import { type Chosen, faultsOf } from './batch-faults.ts';
import { Duplicates, faultWords, FundTotals, PaymentTable, ProblemList } from './batch-parts.tsx';
import { choiceOf } from './choice.ts';
import type { FinanceDeps } from './deps.ts';
import { payersInWords } from './payer-filter.tsx';

/** What a batch would be, before it is made: count, control total, totals by fund, duplicates, and what is to be answered. */
export function checkPage(
  c: Reading,
  deps: FinanceDeps,
  { chosen, profile, batchId, form = emptyForm }: Chosen & { readonly batchId: BatchId; readonly form?: FormState },
) {
  const { lang, words } = c.var;
  const say = words.finance.batch;
  // All were opened on one reading of the funds.
  const funds = chosen[0]?.around.funds ?? [];
  const payments = chosen.map(({ file, payout }) => ({ caseNumber: file.case.caseNumber, payout }));
  const shares = chosen.map(({ payout }) => payout);
  const faults = faultWords(c, faultsOf(deps, profile, chosen, batchId), payments);
  const totalFen = addFen(...shares.map(({ amountFen }) => amountFen));
  const questions = chosen.flatMap(({ payout, file, warnings }) =>
    warnings.map((warning) => (
      <Select
        {...field(form, answerField(payout, warning))}
        label={say.warningOf({ caseNumber: file.case.caseNumber, warning: say.warnings[warning] })}
        choices={warningAnswers.map((value) => ({ value, label: say.answer[value] }))}
      />
    )),
  );
  return (
    <StaffPage c={c} deps={deps} title={say.checkTitle} errors={form.errors} backHref="/finance?tab=ordered">
      <p class="govuk-body">{say.checkHint}</p>
      <ProblemList title={say.faults} problems={faults} />
      <SummaryList
        rows={[
          { key: say.count, value: String(chosen.length) },
          { key: say.total, value: formatMoney(totalFen, lang) },
          { key: say.profile, value: profile.names[lang] },
          { key: say.payer, value: payersInWords(c, funds, shares) },
        ]}
      />
      <FundTotals c={c} funds={funds} shares={shares} />
      <Duplicates c={c} payments={payments} isWhole />
      <PaymentTable c={c} funds={funds} payments={payments} isWhole />
      {faults.length > 0 ? null : (
        <Form
          action="/finance/batches"
          csrf={issueCsrf(c, deps.secrets.csrf)}
          hidden={{ batchId, profile: profile.id }}
        >
          {shares.map((payout) => (
            <input type="hidden" name="payout" value={choiceOf(payout)} />
          ))}
          {questions.length === 0 ? null : <h2 class="govuk-heading-m">{say.warningTitle}</h2>}
          {questions}
          <Button>{say.make}</Button>
        </Form>
      )}
      <ButtonLink look="secondary" href="/finance?tab=ordered">
        {say.makeAgain}
      </ButtonLink>
    </StaffPage>
  );
}
