import type { Fund } from '../../../shared/funds/fund.ts';
import { awardedIn } from '../../../shared/funds/fund.ts';
import { stateOfFund, yearOf } from '../../../shared/funds/fund-purpose.ts';
import type { Proposal } from '../../../shared/funds/proposal.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { fundWordsOf } from '../../../shared/i18n/fund-words.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import { type LocalDate, localDateOf } from '../../../shared/kernel/time.ts';
import { ButtonLink, InsetText, Table, Tag } from '../../../shared/web/controls/index.ts';
import type { FundApp, Reading } from './fund-context.ts';
import { mayDo, refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import type { FundDeps } from './fund-deps.ts';

/** The funds with their balances; first what waits for a second person, and what ends. */
export function fundListRoutes(app: FundApp, deps: FundDeps): void {
  app.get('/finance/funds', async (c) => {
    const refused = refuseUnless(c, deps, 'see-funds');
    if (refused !== undefined) return refused;
    const { lang } = c.var;
    const say = fundWordsOf(lang);
    const today = localDateOf(deps.now());
    const [funds, proposals] = await Promise.all([deps.store.funds(), deps.proposals()]);
    const money = (amounts: readonly Fund['fundedFen'][]) => formatMoney(addFen(...amounts), lang);
    return c.html(
      <StaffPage c={c} deps={deps} title={say.title}>
        <WaitingProposals c={c} proposals={proposals} funds={funds} />
        <EndingFunds c={c} funds={funds} today={today} />
        <Table
          caption={say.title}
          isCaptionHidden
          columns={[
            { label: say.name },
            { label: say.sourceLabel },
            { label: say.validity },
            { label: say.funded, isNumeric: true },
            { label: say.available, isNumeric: true },
            { label: say.reserved, isNumeric: true },
            { label: say.paid, isNumeric: true },
            { label: say.budgetUsed },
          ]}
          rows={funds.map((fund) => [
            <a class="govuk-link" href={`/finance/funds/${fund.fundId}`}>
              {fund.names[lang]}
            </a>,
            say.source[fund.source],
            <>
              {validityWords(c, fund)}{' '}
              {stateOfFund(fund, today) === 'open' ? null : <StateTag c={c} fund={fund} today={today} />}
            </>,
            formatMoney(fund.fundedFen, lang),
            formatMoney(fund.availableFen, lang),
            formatMoney(fund.reservedFen, lang),
            formatMoney(fund.paidFen, lang),
            budgetWords(c, fund, yearOf(today)),
          ])}
          foot={[
            say.total,
            '',
            '',
            money(funds.map(({ fundedFen }) => fundedFen)),
            money(funds.map(({ availableFen }) => availableFen)),
            money(funds.map(({ reservedFen }) => reservedFen)),
            money(funds.map(({ paidFen }) => paidFen)),
            '',
          ]}
        />
        {mayDo(c, deps, 'propose-for-fund') ? (
          <ButtonLink href="/finance/funds/new" look="secondary">
            {say.act.open}
          </ButtonLink>
        ) : null}
      </StaffPage>,
    );
  });
}

export function validityWords(c: Reading, { validity: { from, until } }: Pick<Fund, 'validity'>): string {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const first = formatDate(from, lang);
  return until === undefined
    ? say.always({ from: first })
    : say.between({ from: first, until: formatDate(until, lang) });
}

const colours = { early: 'grey', open: 'green', ending: 'yellow', over: 'red' } as const;

export function StateTag({ c, fund, today }: { c: Reading; fund: Fund; today: LocalDate }) {
  const state = stateOfFund(fund, today);
  return <Tag colour={colours[state]}>{fundWordsOf(c.var.lang).state[state]}</Tag>;
}

/** How much of a year's budget has been awarded. */
function budgetWords(c: Reading, fund: Fund, year: number): string {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  if (fund.budgets.length === 0) return say.noBudget;
  const budget = fund.budgets.find((each) => each.year === year);
  if (budget === undefined) return say.noBudgetThisYear;
  const used = formatMoney(awardedIn(fund, year), lang);
  return say.usedOf({ used, amount: formatMoney(budget.amountFen, lang) });
}

/** What the office and finance must see before, and after, a fund's last day. */
function EndingFunds({ c, funds, today }: { c: Reading; funds: readonly Fund[]; today: LocalDate }) {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const ending = funds.filter((fund) => {
    const state = stateOfFund(fund, today);
    return state === 'ending' || (state === 'over' && fund.availableFen + fund.reservedFen > 0);
  });
  if (ending.length === 0) return null;
  return (
    <InsetText>
      <p class="govuk-body">{say.endingTitle}</p>
      <ul class="govuk-list govuk-list--bullet">
        {ending.map(({ fundId, names, validity, availableFen, reservedFen }) => (
          <li>
            <a class="govuk-link" href={`/finance/funds/${fundId}`}>
              {say.endingOne({
                fund: names[lang],
                until: validity.until === undefined ? '' : formatDate(validity.until, lang),
                available: formatMoney(availableFen, lang),
                reserved: formatMoney(reservedFen, lang),
              })}
            </a>
          </li>
        ))}
      </ul>
    </InsetText>
  );
}

export const proposalHref = ({ fundId, proposalId }: Proposal): string =>
  `/finance/funds/${fundId}/proposals/${proposalId}`;

/** What a proposal is, in a line: what is to happen, to which fund, and how much of it. */
export function proposalWords(c: Reading, { fundId, wanted }: Proposal, funds: readonly Fund[]): string {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const names = wanted.kind === 'open' ? wanted.terms.names : funds.find((fund) => fund.fundId === fundId)?.names;
  const amount = 'amountFen' in wanted ? [formatMoney(wanted.amountFen, lang)] : [];
  return [say.act[wanted.kind], names?.[lang] ?? fundId, ...amount].join(' · ');
}

/** What waits for a second person, so that it need not be looked for. */
export function WaitingProposals({
  c,
  proposals,
  funds,
}: {
  c: Reading;
  proposals: readonly Proposal[];
  funds: readonly Fund[];
}) {
  const say = fundWordsOf(c.var.lang);
  const waiting = proposals.filter(({ status }) => status === 'proposed');
  if (waiting.length === 0) return null;
  return (
    <InsetText>
      <p class="govuk-body">{say.waitingTitle}</p>
      <ul class="govuk-list govuk-list--bullet">
        {waiting.map((each) => (
          <li>
            <a class="govuk-link" href={proposalHref(each)}>
              {proposalWords(c, each, funds)}
            </a>
          </li>
        ))}
      </ul>
      <p class="govuk-body">{say.waitingHint}</p>
    </InsetText>
  );
}
