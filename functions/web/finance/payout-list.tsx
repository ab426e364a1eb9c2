import { bankProfiles } from '../../../shared/disbursement/bank-profiles/index.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { holdsRole } from '../../../shared/register/staff.ts';
import {
  Button,
  ButtonLink,
  ErrorMessage,
  Form,
  InsetText,
  NotificationBanner,
  Select,
  Table,
  type TableColumn,
  Tag,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import type { FinanceApp, Reading } from './finance-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { choiceOf } from './choice.ts';
import type { FinanceDeps } from './deps.ts';
import { papersByPayout } from './held-back.ts';
import { PayerFilter, payerOf } from './payer-filter.tsx';
import { FinanceTabs, needsWholeAccount, type Tab, tabOf } from './payout-tabs.tsx';

const pageSize = 200;

/** The lists of finance by status; from that of ordered ones a batch is chosen. */
export function payoutListRoutes(app: FinanceApp, deps: FinanceDeps): void {
  app.get('/finance', async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const { tab, cursor, payer } = c.req.query();
    return c.html(await listPage(c, deps, tabOf(tab), { cursor, payer }));
  });
}

export type ShownList = {
  /** Why chosen payments cannot go into a batch, a sentence each. */
  readonly problems?: readonly string[];
  readonly form?: FormState;
  readonly cursor?: string | undefined;
  /** The account of the union's whose payments alone are shown, ready to be put into a batch. */
  readonly payer?: string | undefined;
};

export async function listPage(c: Reading, deps: FinanceDeps, tab: Tab, shown: ShownList) {
  const { lang, words } = c.var;
  const say = words.finance;
  const form = shown.form ?? emptyForm;
  const isFinance = holdsRole(c.var.member, 'finance', localDateOf(deps.now()));
  const mayChoose = isFinance && tab === 'ordered';
  const [page, funds, programmes] = await Promise.all([
    deps.store.payoutsByStatus(tab, { cursor: shown.cursor, limit: pageSize }),
    deps.store.funds(),
    mayChoose ? deps.store.programmes() : [],
  ]);
  const payer =
    tab === 'ordered' && page.items.some((each) => payerOf(funds, each) === shown.payer) ? shown.payer : undefined;
  const items = payer === undefined ? page.items : page.items.filter((each) => payerOf(funds, each) === payer);
  const cases = await deps.store.caseSummaries([...new Set(items.map(({ caseId }) => caseId))]);
  const numbers = new Map(cases.map(({ caseId, caseNumber }) => [caseId, caseNumber]));
  const fundNames = new Map(funds.map(({ fundId, names }) => [fundId, names[lang]]));
  const isWhole = isFinance && needsWholeAccount(tab);
  const heldBack = await papersByPayout(c, deps, items, { cases, programmes });
  const canChooseAny = mayChoose && items.some(({ payoutId }) => !heldBack.has(payoutId));
  const numberOf = (payout: Payout) => numbers.get(payout.caseId) ?? payout.caseId;
  const cells = (payout: Payout) => [
    <a class="govuk-link app-whole" href={`/finance/payouts/${payout.caseId}/${payout.payoutId}`}>
      {numberOf(payout)}
    </a>,
    <span class="app-whole">{isWhole ? payout.payee.holderName : maskName(payout.payee.holderName)}</span>,
    <span class="app-whole">{isWhole ? payout.payee.accountNumber : maskAccount(payout.payee.accountNumber)}</span>,
    payout.payee.bankName,
    fundNames.get(payout.fundId) ?? payout.fundId,
    <span class="app-whole">{formatDate(payout.settledAt ?? payout.sentAt ?? payout.orderedAt, lang)}</span>,
    formatMoney(payout.amountFen, lang),
  ];
  const ready = payer === undefined ? [] : items.filter(({ payoutId }) => !heldBack.has(payoutId)).map(choiceOf);
  const ticked = new Set(form.values['payout'] ?? ready);
  // The error summary leads to the first that can be ticked.
  const firstIndex = items.findIndex(({ payoutId }) => !heldBack.has(payoutId));
  const box = (payout: Payout, index: number) => {
    if (heldBack.has(payout.payoutId)) return <Tag colour="orange">{say.papersMissing}</Tag>;
    const id = index === firstIndex ? 'payout' : `payout-${index + 1}`;
    const value = choiceOf(payout);
    return (
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          name="payout"
          type="checkbox"
          value={value}
          checked={ticked.has(value)}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          <span class="govuk-visually-hidden">
            {say.chooseOne({ caseNumber: numberOf(payout), amount: formatMoney(payout.amountFen, lang) })}
          </span>
        </label>
      </div>
    );
  };
  const table = (
    <Table
      caption={say.tab[tab]}
      columns={columnsOf(c, mayChoose)}
      rows={items.map((payout, index) => [...cells(payout), ...(mayChoose ? [box(payout, index)] : [])])}
      foot={footOf(c, items, mayChoose)}
    />
  );
  return (
    <StaffPage c={c} deps={deps} title={say.title} errors={form.errors}>
      <FinanceTabs c={c} current={tab} />
      <p class="govuk-body">{say.tabHint[tab]}</p>
      {shown.problems === undefined ? null : (
        <NotificationBanner title={say.batch.notMade}>
          <ul class="govuk-list govuk-list--bullet">
            {shown.problems.map((problem) => (
              <li>{problem}</li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      {heldBackByCase(items, heldBack).map(([caseId, papers]) => (
        <InsetText>
          {numbers.get(caseId) ?? caseId} {say.heldBack({ papers })}
        </InsetText>
      ))}
      {mayChoose ? <PayerFilter c={c} funds={funds} payouts={page.items} chosen={payer} /> : null}
      {items.length === 0 ? (
        <p class="govuk-body">{say.empty}</p>
      ) : canChooseAny ? (
        <Form action="/finance/batches/check" csrf={issueCsrf(c, deps.secrets.csrf)}>
          <ErrorMessage name="payout" error={form.errors['payout']} />
          {table}
          <Select
            {...field(form, 'profile')}
            label={say.batch.profile}
            choices={bankProfiles.map(({ id, names }) => ({ value: id, label: names[lang] }))}
          />
          <Button>{say.batch.check}</Button>
        </Form>
      ) : (
        table
      )}
      {page.cursor === undefined ? null : (
        <ButtonLink look="secondary" href={`/finance?tab=${tab}&cursor=${encodeURIComponent(page.cursor)}`}>
          {say.next}
        </ButtonLink>
      )}
    </StaffPage>
  );
}

function columnsOf(c: Reading, mayChoose: boolean): TableColumn[] {
  const { column } = c.var.words.finance;
  const columns: TableColumn[] = [
    { label: column.caseNumber },
    { label: column.payee },
    { label: column.account },
    { label: column.bank },
    { label: column.fund },
    { label: column.since },
    { label: column.amount, isNumeric: true },
  ];
  return mayChoose ? [...columns, { label: column.choose }] : columns;
}

function footOf(c: Reading, payouts: readonly Payout[], mayChoose: boolean) {
  const { lang, words } = c.var;
  const { total, totalOf } = words.finance;
  const totalFen = addFen(...payouts.map(({ amountFen }) => amountFen));
  const count = `${total}${lang === 'zh' ? '，' : ', '}${totalOf({ count: payouts.length })}`;
  return [count, '', '', '', '', '', formatMoney(totalFen, lang), ...(mayChoose ? [''] : [])];
}

/** All payouts of a case wait for the same papers: said once. */
const heldBackByCase = (payouts: readonly Payout[], heldBack: ReadonlyMap<string, string>) =>
  new Map(
    payouts.flatMap(({ caseId, payoutId }) => {
      const papers = heldBack.get(payoutId);
      return papers === undefined ? [] : [[caseId, papers] as const];
    }),
  )
    .entries()
    .toArray();
