import type { DecisionRequest, Vote } from '../../../shared/cases/decision-request.ts';
import { formatDate, formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import { Panel, SummaryList, type SummaryRow, WarningText } from '../../../shared/web/controls/index.ts';
import { parseYuan } from '../../../shared/kernel/money.ts';
import { Page } from '../../../shared/web/layout.tsx';
import type { Answer, Reading } from '../staff/staff-context.ts';

/** What was pressed, as it was typed. */
export type Pressed = { readonly verdict: string; readonly amount: string };

/** A second press of the same is none: only whoever meant something else has to be told that it does not count. */
function saysOther({ verdict, amountFen }: Vote, pressed: Pressed): boolean {
  if (pressed.verdict !== verdict) return true;
  const amount = parseYuan(pressed.amount);
  return amountFen !== undefined && !(amount.ok && amount.value === amountFen);
}

/**
 * The recorded answer: shown after the POST, after a second one, after a reload, and by the link for as long as it lives. `pressed` is what
 * a second one wanted.
 */
export function recordedPage(
  c: Reading,
  vote: Vote,
  request: DecisionRequest,
  caseNumber: string,
  pressed?: Pressed,
): Answer {
  const { lang, words } = c.var;
  const say = words.approver;
  const rows: SummaryRow[] = [
    { key: say.row.caseNumber, value: caseNumber },
    { key: say.row.verdict, value: `${say.purpose[vote.purpose]} · ${say.verdict[vote.verdict]}` },
    ...(vote.amountFen === undefined ? [] : [{ key: say.row.amount, value: formatMoney(vote.amountFen, lang) }]),
    ...(vote.note === '' ? [] : [{ key: say.row.note, value: vote.note }]),
    ...(vote.visitedOn === undefined ? [] : [{ key: say.visitedOnLabel, value: formatDate(vote.visitedOn, lang) }]),
    { key: say.row.when, value: formatDateTime(vote.at, lang) },
  ];
  return c.html(
    <Page lang={lang} title={say.recorded.title} heading={false} path={c.req.path} homeHref={c.req.path}>
      <Panel title={say.recorded.title}>{say.verdict[vote.verdict]}</Panel>
      {pressed !== undefined && saysOther(vote, pressed) ? <WarningText>{say.recorded.other}</WarningText> : null}
      <SummaryList rows={rows} />
      <p class="govuk-body">{request.status === 'open' ? say.recorded.waiting : say.recorded.settled}</p>
      <p class="govuk-body">
        {say.recorded.body} {say.recorded.close}
      </p>
    </Page>,
  );
}

/** Nothing to decide here (any more), and why. Nothing was recorded. */
export function nothingToDecidePage(
  c: Reading,
  why: 'over' | 'changed' | 'notYours' | 'barred',
  status: 200 | 403 | 409 = 200,
): Answer {
  const say = c.var.words.approver[why];
  return c.html(
    <Page lang={c.var.lang} title={say.title} path={status === 200 ? c.req.path : undefined}>
      <p class="govuk-body-l">{say.body}</p>
    </Page>,
    status,
  );
}
