import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile, Decided, Refusal } from '../../../shared/cases/case-file.ts';
import { castVote } from '../../../shared/cases/cast-vote.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { fen } from '../../../shared/kernel/money.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import { fundBars } from '../../../shared/funds/fund-purpose.ts';
import { checkCsrf } from '../../../shared/web/csrf.ts';
import { readForm } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, refusalWords, type StaffApp } from '../staff/staff-context.ts';
import { decisionPage } from './decision-page.tsx';
import { historyOf, memberOf, openDecision, openPapers, openPass, requestOf } from './open-decision.ts';
import { choosesFunds, isAboutMoney, readBallot, shareField } from './read-ballot.ts';
import { nothingToDecidePage } from './recorded-page.tsx';

/** The decision page and its one answer. */
export function decideRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/decide/:requestId', async (c) => {
    const opened = await openDecision(c, deps);
    return opened.kind === 'answered' ? opened.response : c.html(decisionPage(c, deps, opened.decision));
  });

  app.get('/decide/:requestId/papers/:fileId', async (c) => {
    const opened = await openPapers(c, deps);
    if (opened.kind === 'answered') return opened.response;
    const paper = opened.decision.file.case.papers.find(({ fileId }) => fileId === c.req.param('fileId'));
    return paper === undefined ? errorPage(c, 404) : c.redirect(await deps.paperUrl(paper), 303);
  });

  app.post('/decide/:requestId', (c) => answerDecision(c, deps));
}

type Answering = (refusal: Refusal) => Answer;

/**
 * The case is read once: what is shown, checked and decided is the same reading, and the write stands on its version. The funds are read
 * for an approval alone, which takes from them in the same write, and where a page is shown again that says what is left in them.
 */
async function answerDecision(c: Reading, deps: StaffDeps): Promise<Response> {
  const form = await readForm(c);
  const csrf = checkCsrf(c, form, deps.secrets.csrf);
  if (csrf === 'cross-site') return errorPage(c, csrf);
  const opened = await openPass(c, deps);
  if (opened.kind === 'answered') return opened.response;
  const { pass, file: read } = opened;
  const at = `/decide/${pass.requestId}`;
  const pressed = { verdict: form.text('verdict'), amount: form.text('amount') };
  const asked = requestOf(c, deps, read, pass, pressed);
  if (asked.kind === 'answered') return asked.response;
  const awards = choosesFunds(asked.purpose);
  const reading = { file: read, around: await deps.store.loadAround(read, { withoutFunds: !awards }) };
  /** How a refusal is answered; each reading of the case says it anew. */
  let answer: Answering = () => errorPage(c, 404);
  const stop = (response: () => Answer): Refusal => {
    answer = response;
    return { kind: 'refused', code: 'not-possible-now' };
  };
  const decide = (file: CaseFile, around: Around): Decided => {
    const found = requestOf(c, deps, file, pass, pressed);
    if (found.kind === 'answered') return stop(() => found.response);
    const { request, purpose } = found;
    const who = memberOf(c, { file, around }, request, pass);
    if (who.kind === 'answered') return stop(() => who.response);
    const { member } = who;
    const again = async (errors: FormErrors, status: 403 | 409 | 422) => {
      const shown = awards || !isAboutMoney(purpose) ? around : deps.store.loadAround(file, { staff: around.staff });
      const decision = { file, around: await shown, request, purpose, member, ...(await historyOf(deps, file)) };
      return c.html(decisionPage(c, deps, decision, { values: form.values, errors }), status);
    };
    if (csrf !== 'ok') return stop(() => again({ verdict: c.var.words.approver.fault.csrf }, 403));
    const { requestId } = request;
    const contentVersion = Number(form.text('contentVersion'));
    if (form.text('requestId') !== requestId || contentVersion !== request.contentVersion) {
      return stop(() => nothingToDecidePage(c, 'changed', 409));
    }
    const { lang, words } = c.var;
    const typed = readBallot(form, { file, around, purpose, lang, words });
    if ('errors' in typed) return stop(() => again(typed.errors, 422));
    answer = (refusal) => answerRefusal(c, refusal, { at, around, again });
    const allowed = can({ kind: 'staff', member }, { action: 'vote', file, around, request });
    // Whoever is barred may still step aside; `castVote` refuses them anything else.
    if (!allowed.allowed && allowed.code !== 'barred-by-interest') return { kind: 'refused', code: allowed.code };
    return castVote(file, around, { ...typed.ballot, personId: member.personId, requestId, contentVersion });
  };
  const outcome = await deps.actOnCase(pass.caseId, decide, { awards, reading });
  if (outcome.kind === 'done') return c.redirect(at, 303);
  return outcome.kind === 'unknown-case' ? errorPage(c, 404) : answer(outcome);
}

/** A refusal about the answer goes to its field; one about the request is a page. */
function answerRefusal(
  c: Reading,
  refusal: Refusal,
  {
    at,
    around,
    again,
  }: {
    readonly at: string;
    readonly around: Around;
    readonly again: (errors: FormErrors, status: 409 | 422) => Promise<Response>;
  },
): Answer {
  const said = refusalWords(c.var.words, refusal, (amount) => formatMoney(fen(amount), c.var.lang));
  switch (refusal.code) {
    case 'decided-before':
      return c.redirect(at, 303);
    case 'request-superseded':
    case 'content-changed':
      return nothingToDecidePage(c, 'changed', 409);
    case 'request-closed':
      return nothingToDecidePage(c, 'over', 409);
    case 'not-your-turn':
    case 'not-allowed':
      return nothingToDecidePage(c, 'notYours', 403);
    case 'amount-missing':
    case 'amount-over-most':
    case 'amount-zero':
      return again({ amount: said }, 422);
    case 'funds-short':
    case 'fund-may-not-pay':
      return again(ofFund(c, refusal, around.funds) ?? { amount: said }, 409);
    case 'shares-do-not-add-up':
    case 'cap-passed':
      return again({ amount: said }, 409);
    case 'visit-missing':
    case 'visit-date-impossible':
      return again({ visitedOn: said }, 422);
    case 'reason-missing':
      return again({ note: said }, 422);
    default:
      return again({ verdict: said }, refusal.code === 'barred-by-interest' ? 409 : 422);
  }
}

/** What is said at the field of the fund that an approver chose: why it may not pay, or what is left in it. */
function ofFund(c: Reading, { params }: Refusal, funds: readonly Fund[]): FormErrors | undefined {
  const fund = funds.find(({ fundId }) => fundId === params?.['fundId']);
  if (fund === undefined) return undefined;
  const { lang, words } = c.var;
  const say = words.approver;
  const name = fund.names[lang];
  const why = fundBars.find((each) => each === params?.['why']);
  if (why !== undefined) return { [shareField(fund.fundId)]: say.fundMayNotPay({ fund: name, why: say.fundBar[why] }) };
  const amount = formatMoney(fen(Number(params?.['leftFen'] ?? 0)), lang);
  return { [shareField(fund.fundId)]: say.fundLeft({ fund: name, amount }) };
}
