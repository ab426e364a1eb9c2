import type { Child } from 'hono/jsx';
import { awardedIn, type Fund, type LedgerEntry } from '../../../shared/funds/fund.ts';
import { stateOfFund } from '../../../shared/funds/fund-purpose.ts';
import type { FundTerms } from '../../../shared/funds/fund-terms.ts';
import type { Proposal } from '../../../shared/funds/proposal.ts';
import { formatDate, formatDateTime, formatList, formatMoney } from '../../../shared/i18n/format.ts';
import { fundWordsOf } from '../../../shared/i18n/fund-words.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import {
  ButtonGroup,
  ButtonLink,
  Details,
  SummaryList,
  type SummaryRow,
  Table,
  WarningText,
} from '../../../shared/web/controls/index.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { FundApp, Reading } from './fund-context.ts';
import { mayDo, refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import type { FundDeps } from './fund-deps.ts';
import { proposalHref, proposalWords, StateTag, validityWords, WaitingProposals } from './fund-list.tsx';

/** One fund: what it is for, what it holds, every entry of its ledger, and what two persons agreed to. */
export function fundPageRoutes(app: FundApp, deps: FundDeps): void {
  app.get('/finance/funds/:fundId', async (c) => {
    const refused = refuseUnless(c, deps, 'see-funds');
    if (refused !== undefined) return refused;
    const { lang } = c.var;
    const say = fundWordsOf(lang);
    const funds = await deps.store.funds();
    const fund = funds.find(({ fundId }) => fundId === c.req.param('fundId'));
    if (fund === undefined) return errorPage(c, 404);
    const today = localDateOf(deps.now());
    const state = stateOfFund(fund, today);
    const left = { amount: formatMoney(fund.availableFen, lang) };
    // A carry-over into this fund was proposed for the other one.
    const all = await deps.proposals();
    const proposals = all.filter(({ fundId }) => fundId === fund.fundId);
    const at = `/finance/funds/${fund.fundId}`;
    return c.html(
      <StaffPage c={c} deps={deps} title={fund.names[lang]} backHref="/finance/funds">
        <WaitingProposals c={c} proposals={proposals} funds={funds} />
        {state === 'over' ? <WarningText>{say.overNote(left)}</WarningText> : null}
        {state === 'ending' ? <WarningText>{say.endingNote(left)}</WarningText> : null}
        <SummaryList
          rows={[
            { key: say.funded, value: formatMoney(fund.fundedFen, lang) },
            { key: say.available, value: formatMoney(fund.availableFen, lang) },
            { key: say.reserved, value: formatMoney(fund.reservedFen, lang) },
            { key: say.paid, value: formatMoney(fund.paidFen, lang) },
            { key: say.stateLabel, value: <StateTag c={c} fund={fund} today={today} /> },
            ...(await termsRows(c, deps, fund, fund)),
          ]}
        />
        {mayDo(c, deps, 'propose-for-fund') ? (
          <ButtonGroup>
            <ButtonLink href={`${at}/receipt`}>{say.act.receipt}</ButtonLink>
            <ButtonLink href={`${at}/hand-back`} look="secondary">
              {say.act['hand-back']}
            </ButtonLink>
            <ButtonLink href={`${at}/carry-over`} look="secondary">
              {say.act['carry-over']}
            </ButtonLink>
            <ButtonLink href={`${at}/change`} look="secondary">
              {say.act.change}
            </ButtonLink>
          </ButtonGroup>
        ) : null}
        <h2 class="govuk-heading-m">{say.entries}</h2>
        <Ledger {...(await ledgerOf(c, deps, fund, all, funds))} />
        <Proposals c={c} proposals={proposals} funds={funds} />
      </StaffPage>,
    );
  });
}

/** What a fund is and may pay. `used` tells how much of each budget has been awarded. */
export async function termsRows(
  c: Reading,
  deps: FundDeps,
  terms: FundTerms,
  used?: Pick<Fund, 'awarded'>,
): Promise<SummaryRow[]> {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const [programmes, patches] = await Promise.all([deps.store.programmes(), deps.store.patches()]);
  const programmeNames = terms.purpose.programmes.map(
    (id) => programmes.findLast((each) => each.id === id)?.names[lang] ?? id,
  );
  const patchNames = terms.purpose.patches?.map(
    (id) => patches.find(({ patchId }) => patchId === id)?.name[lang] ?? id,
  );
  const budgets = terms.budgets.map(({ year, amountFen }) => {
    const awarded = formatMoney(awardedIn({ awarded: used?.awarded ?? [] }, year), lang);
    return say.budgetOf({ year, amount: formatMoney(amountFen, lang), used: awarded });
  });
  const { payerAccount: account } = terms;
  return [
    { key: say.sourceLabel, value: say.source[terms.source] },
    { key: say.programmes, value: formatList(programmeNames, lang) },
    { key: say.patches, value: patchNames === undefined ? say.allPatches : formatList(patchNames, lang) },
    { key: say.validity, value: validityWords(c, terms) },
    {
      key: say.budgets,
      value:
        budgets.length === 0 ? (
          say.noBudget
        ) : (
          <ul class="govuk-list">
            {budgets.map((each) => (
              <li>{each}</li>
            ))}
          </ul>
        ),
    },
    { key: say.donorsWish, value: terms.donorsWish ?? say.none },
    {
      key: say.payerAccount,
      value:
        account === undefined
          ? say.none
          : [account.holderName, account.bankName, account.accountNumber, account.clearingCode].join(' · '),
    },
  ];
}

type LedgerProps = { c: Reading; rows: readonly (readonly Child[])[] };

async function ledgerOf(
  c: Reading,
  deps: FundDeps,
  fund: Fund,
  proposals: readonly Proposal[],
  funds: readonly Fund[],
): Promise<LedgerProps> {
  const { lang } = c.var;
  const say = fundWordsOf(c.var.lang);
  const entries = await deps.store.ledgerOfFund(fund.fundId);
  const caseIds = [...new Set(entries.flatMap(({ caseId }) => caseId ?? []))];
  const [cases, staff] = await Promise.all([deps.store.caseSummaries(caseIds), staffOf(c, deps)]);
  const nameOf = (by: string) => staff.find(({ personId }) => personId === by)?.name ?? by;
  const whatFor = ({ caseId, counterpart, reverses }: LedgerEntry, proposal: Proposal | undefined): string => {
    const parts: string[] = [];
    if (caseId !== undefined) parts.push(cases.find((each) => each.caseId === caseId)?.caseNumber ?? caseId);
    if (proposal?.wanted.kind === 'receipt') parts.push(proposal.wanted.payer);
    if (proposal !== undefined && 'reason' in proposal.wanted) parts.push(proposal.wanted.reason);
    const other = funds.find(({ fundId }) => fundId === counterpart?.fundId);
    if (other !== undefined) parts.push(say.otherFund({ fund: other.names[lang] }));
    const turned = entries.find(({ entryId }) => entryId === reverses);
    if (turned !== undefined)
      parts.push(say.reverses({ kind: say.kind[turned.kind], at: formatDateTime(turned.at, lang) }));
    return parts.join(lang === 'zh' ? '；' : '; ');
  };
  const rows = entries.map((entry) => {
    const proposal = proposals.find(({ proposalId }) => proposalId === entry.proposalId);
    return [
      formatDateTime(entry.at, lang),
      say.kind[entry.kind],
      whatFor(entry, proposal),
      voucherOf(c, proposal),
      formatMoney(entry.amountFen, lang),
      proposal === undefined
        ? nameOf(entry.by)
        : say.madeAndConfirmed({ maker: nameOf(proposal.proposedBy), checker: nameOf(entry.by) }),
    ];
  });
  return { c, rows };
}

/** The voucher leads to its proposal, where its scan is. */
const voucherOf = (c: Reading, proposal: Proposal | undefined): Child =>
  proposal !== undefined && 'voucher' in proposal.wanted ? (
    <a class="govuk-link" href={proposalHref(proposal)}>
      {[proposal.wanted.voucher.number, formatDate(proposal.wanted.voucher.date, c.var.lang)].join(' · ')}
    </a>
  ) : (
    ''
  );

function Ledger({ c, rows }: LedgerProps) {
  const say = fundWordsOf(c.var.lang);
  if (rows.length === 0) return <p class="govuk-body">{say.noEntries}</p>;
  return (
    <Table
      caption={say.entries}
      isCaptionHidden
      columns={[
        { label: say.at },
        { label: say.kindLabel },
        { label: say.about },
        { label: say.voucher },
        { label: say.amount, isNumeric: true },
        { label: say.by },
      ]}
      rows={rows}
    />
  );
}

function Proposals({ c, proposals, funds }: { c: Reading; proposals: readonly Proposal[]; funds: readonly Fund[] }) {
  const say = fundWordsOf(c.var.lang);
  if (proposals.length === 0) return null;
  const newestFirst = proposals.toSorted((a, b) => (a.proposedAt < b.proposedAt ? 1 : -1));
  return (
    <Details summary={`${say.proposals} (${proposals.length})`}>
      <ul class="govuk-list govuk-list--bullet">
        {newestFirst.map((each) => (
          <li>
            <a class="govuk-link" href={proposalHref(each)}>
              {proposalWords(c, each, funds)}
            </a>{' '}
            {say.status[each.status]} {formatDateTime(each.settledAt ?? each.proposedAt, c.var.lang)}
          </li>
        ))}
      </ul>
    </Details>
  );
}
