import { can } from '../../../shared/cases/can.ts';
import { releasePayout } from '../../../shared/cases/settle-payout.ts';
import type { Payout, PayoutStatus } from '../../../shared/disbursement/payout.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { type CaseId, caseIdSchema, type PayoutId, payoutIdSchema } from '../../../shared/kernel/ids.ts';
import { addFen, fen } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { holdsRole } from '../../../shared/register/staff.ts';
import {
  Button,
  ButtonLink,
  Form,
  InsetText,
  NotificationBanner,
  Table,
  type TableColumn,
  Tag,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import type { StaffDeps } from '../staff/deps.ts';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { type Reading, readPost, refusalWords, type StaffApp } from '../staff/staff-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { papersByPayout } from './held-back.ts';

export const tabs = ['ordered', 'released', 'failed', 'paid'] as const satisfies readonly PayoutStatus[];
export type Tab = (typeof tabs)[number];

const pageSize = 200;
/** Payouts that are released at the same time. */
const sideBySide = 4;

/** The lists of finance by status, and the release of several at once. */
export function payoutListRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/finance', async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const done = Number(c.req.query('released') ?? 0);
    const notice = done > 0 ? c.var.words.finance.released({ count: done }) : undefined;
    return c.html(await listPage(c, deps, tabOf(c), { notice, cursor: c.req.query('cursor') }));
  });

  app.post('/finance/release', async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const chosen = posted.form.texts('payout').flatMap(readChoice);
    if (chosen.length === 0) {
      const errors = { payout: c.var.words.finance.chooseNone };
      return c.html(await listPage(c, deps, 'ordered', { errors }), 422);
    }
    const fresh = await requireFreshCode(c, deps, posted.form, { action: 'release-payout' });
    if (fresh.kind === 'refused') {
      const { errors } = fresh;
      return c.html(await listPage(c, deps, 'ordered', { errors, chosen: chosen.map(choiceOf) }), fresh.status);
    }
    const { released, problems } = await releaseAll(c, deps, chosen);
    if (problems.length === 0) return c.redirect(`/finance?tab=ordered&released=${released}`, 303);
    const notice = released > 0 ? c.var.words.finance.released({ count: released }) : undefined;
    return c.html(await listPage(c, deps, 'ordered', { notice, problems }), 409);
  });
}

const tabOf = (c: Reading): Tab => tabs.find((tab) => tab === c.req.query('tab')) ?? 'ordered';

type Choice = { readonly caseId: CaseId; readonly payoutId: PayoutId };
const choiceOf = ({ caseId, payoutId }: Choice): string => `${caseId}/${payoutId}`;

function readChoice(value: string): Choice[] {
  const [caseId, payoutId] = value.split('/');
  const parsed = { caseId: caseIdSchema.safeParse(caseId), payoutId: payoutIdSchema.safeParse(payoutId) };
  return parsed.caseId.success && parsed.payoutId.success
    ? [{ caseId: parsed.caseId.data, payoutId: parsed.payoutId.data }]
    : [];
}

/** One write each: a payment that may not be released stops none of the others. */
async function releaseAll(
  c: Reading,
  deps: StaffDeps,
  chosen: readonly Choice[],
): Promise<{ released: number; problems: string[] }> {
  const { member, words, lang } = c.var;
  let released = 0;
  const problems: string[] = [];
  const releaseOne = async ({ caseId, payoutId }: Choice): Promise<void> => {
    let isDone = false;
    const outcome = await deps.actOnCase(caseId, (file, around) => {
      const payout = file.payouts.find((each) => each.payoutId === payoutId);
      if (payout === undefined) return { kind: 'refused', code: 'not-possible-now' };
      // A second press of the same button: what it was for is done.
      isDone = payout.status === 'released' && payout.releasedBy === member.personId;
      const allowed = can({ kind: 'staff', member }, { action: 'release-payout', file, around, payout });
      if (!allowed.allowed) return { kind: 'refused', code: allowed.code };
      return releasePayout(file, around, { personId: member.personId, payoutId });
    });
    if (outcome.kind === 'done' || isDone) {
      released += 1;
      return;
    }
    const refusal = outcome.kind === 'refused' ? outcome : { code: 'not-possible-now' };
    const [summary] = await deps.store.caseSummaries([caseId]);
    const why = refusalWords(words, refusal, (amount) => formatMoney(fen(amount), lang));
    problems.push(`${summary?.caseNumber ?? ''} ${why}`);
  };
  const queue = chosen.values();
  const work = async (): Promise<void> => {
    for (const choice of queue) await releaseOne(choice);
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return { released, problems };
}

type Shown = {
  readonly notice?: string | undefined;
  readonly problems?: readonly string[];
  readonly errors?: FormErrors;
  /** What was ticked, where the form is shown again. */
  readonly chosen?: readonly string[];
  readonly cursor?: string | undefined;
};

async function listPage(c: Reading, deps: StaffDeps, tab: Tab, shown: Shown) {
  const { lang, words } = c.var;
  const say = words.finance;
  const page = await deps.store.payoutsByStatus(tab, { cursor: shown.cursor, limit: pageSize });
  const [cases, funds] = await Promise.all([
    deps.store.caseSummaries(page.items.map(({ caseId }) => caseId)),
    deps.store.funds(),
  ]);
  const numbers = new Map(cases.map(({ caseId, caseNumber }) => [caseId, caseNumber]));
  const fundNames = new Map(funds.map(({ fundId, names }) => [fundId, names[lang]]));
  const isFinance = holdsRole(c.var.member, 'finance', localDateOf(deps.now()));
  const needsAccount = isFinance && (tab === 'ordered' || tab === 'released');
  const cells = (payout: Payout) => [
    <a class="govuk-link app-whole" href={`/finance/payouts/${payout.caseId}/${payout.payoutId}`}>
      {numbers.get(payout.caseId) ?? payout.caseId}
    </a>,
    <span class="app-whole">{needsAccount ? payout.payee.holderName : maskName(payout.payee.holderName)}</span>,
    <span class="app-whole">
      {needsAccount ? payout.payee.accountNumber : maskAccount(payout.payee.accountNumber)}
    </span>,
    payout.payee.bankName,
    fundNames.get(payout.fundId) ?? payout.fundId,
    <span class="app-whole">{formatDate(sinceOf(payout), lang)}</span>,
    formatMoney(payout.amountFen, lang),
  ];
  const columns: TableColumn[] = [
    { label: say.column.caseNumber },
    { label: say.column.payee },
    { label: say.column.account },
    { label: say.column.bank },
    { label: say.column.fund },
    { label: say.column.since },
    { label: say.column.amount, isNumeric: true },
  ];
  const mayRelease = isFinance && tab === 'ordered';
  const heldBack = mayRelease ? await papersByPayout(c, deps, page.items, cases) : new Map<string, string>();
  const canReleaseAny = mayRelease && page.items.some(({ payoutId }) => !heldBack.has(payoutId));
  const box = (payout: Payout, index: number) => {
    if (heldBack.has(payout.payoutId)) return <Tag colour="orange">{say.papersMissing}</Tag>;
    const id = index === 0 ? 'payout' : `payout-${index + 1}`;
    const caseNumber = numbers.get(payout.caseId) ?? payout.caseId;
    return (
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          name="payout"
          type="checkbox"
          value={choiceOf(payout)}
          checked={shown.chosen?.includes(choiceOf(payout)) ?? false}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          <span class="govuk-visually-hidden">
            {say.chooseOne({ caseNumber, amount: formatMoney(payout.amountFen, lang) })}
          </span>
        </label>
      </div>
    );
  };
  const totalFen = addFen(...page.items.map(({ amountFen }) => amountFen));
  const table = (
    <Table
      caption={say.tab[tab]}
      columns={mayRelease ? [...columns, { label: say.column.choose }] : columns}
      rows={page.items.map((payout, index) => [...cells(payout), ...(mayRelease ? [box(payout, index)] : [])])}
      foot={[
        `${say.total}${lang === 'zh' ? '，' : ', '}${say.totalOf({ count: page.items.length })}`,
        '',
        '',
        '',
        '',
        '',
        formatMoney(totalFen, lang),
        ...(mayRelease ? [''] : []),
      ]}
    />
  );
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.title}
      errors={shown.errors}
      notice={shown.notice ? <NotificationBanner kind="success">{shown.notice}</NotificationBanner> : undefined}
    >
      <Tabs c={c} current={tab} />
      <p class="govuk-body">{say.tabHint[tab]}</p>
      {shown.problems === undefined ? null : (
        <NotificationBanner title={say.notReleased}>
          <ul class="govuk-list govuk-list--bullet">
            {shown.problems.map((problem) => (
              <li>{problem}</li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      {heldBackByCase(page.items, heldBack).map(([caseId, papers]) => (
        <InsetText>
          {numbers.get(caseId) ?? caseId} {say.heldBack({ papers })}
        </InsetText>
      ))}
      {page.items.length === 0 ? (
        <p class="govuk-body">{say.empty}</p>
      ) : canReleaseAny ? (
        <Form action="/finance/release" csrf={issueCsrf(c, deps.secrets.csrf)}>
          {table}
          <OneTimeCode c={c} deps={deps} errors={shown.errors}>
            <Button>{say.release}</Button>
          </OneTimeCode>
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

const sinceOf = (payout: Payout) => payout.settledAt ?? payout.releasedAt ?? payout.orderedAt;

function Tabs({ c, current }: { c: Reading; current: Tab }) {
  const { finance } = c.var.words;
  return (
    <nav aria-label={finance.title}>
      <ul class="govuk-list app-tabs">
        {tabs.map((tab) => (
          <li>
            <a class="govuk-link" href={`/finance?tab=${tab}`} aria-current={tab === current ? 'page' : undefined}>
              {finance.tab[tab]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
