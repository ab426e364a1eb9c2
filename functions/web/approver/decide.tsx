import { can } from '../../../shared/cases/can.ts';
import type { Refusal } from '../../../shared/cases/case-file.ts';
import { castVote } from '../../../shared/cases/cast-vote.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { checkCsrf } from '../../../shared/web/csrf.ts';
import { readForm } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, refusalWords, type StaffApp } from '../staff/staff-context.ts';
import { decisionPage } from './decision-page.tsx';
import { withoutPassPage } from './new-link.tsx';
import { openDecision } from './open-decision.ts';
import { readBallot } from './read-ballot.ts';
import { nothingToDecidePage } from './recorded-page.tsx';

/** The decision page and its one answer. */
export function decideRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/decide/:requestId', async (c) => {
    const opened = await openDecision(c, deps);
    return opened.kind === 'answered' ? opened.response : c.html(decisionPage(c, deps, opened.decision));
  });

  app.get('/decide/:requestId/papers/:fileId', async (c) => {
    const opened = await openDecision(c, deps);
    if (opened.kind === 'answered') return opened.response;
    const paper = opened.decision.file.case.papers.find(({ fileId }) => fileId === c.req.param('fileId'));
    return paper === undefined ? errorPage(c, 404) : c.redirect(await deps.paperUrl(paper), 303);
  });

  app.post('/decide/:requestId', (c) => answerDecision(c, deps));
}

async function answerDecision(c: Reading, deps: StaffDeps): Promise<Response> {
  const form = await readForm(c);
  const csrf = checkCsrf(c, form, deps.secrets.csrf);
  if (csrf === 'cross-site') return errorPage(c, csrf);
  const opened = await openDecision(c, deps);
  if (opened.kind === 'answered') return opened.response;
  const { decision } = opened;
  const { request, file, around, purpose, member } = decision;
  const again = (errors: FormErrors, status: 403 | 409 | 422) =>
    c.html(decisionPage(c, deps, decision, { values: form.values, errors }), status);
  if (csrf !== 'ok') return again({ verdict: c.var.words.approver.fault.csrf }, 403);
  const contentVersion = Number(form.text('contentVersion'));
  const isSameRequest = form.text('requestId') === request.requestId && contentVersion === request.contentVersion;
  if (!isSameRequest) return nothingToDecidePage(c, 'changed', 409);

  const today = localDateOf(deps.now());
  const read = readBallot(form, { file, purpose, programme: around.programme, today, words: c.var.words });
  if ('errors' in read) return again(read.errors, 422);
  const { personId } = member;
  const generationIn = (of: typeof request) => of.seats.find((seat) => seat.personId === personId)?.generation;
  let isOldLink = false;
  const outcome = await deps.actOnCase(file.case.caseId, (now, aroundNow) => {
    const asked = now.requests.find(({ requestId }) => requestId === request.requestId) ?? request;
    // A newer link may have been mailed since the pass was read.
    isOldLink = generationIn(asked) !== generationIn(request);
    if (isOldLink) return { kind: 'refused', code: 'request-superseded' };
    const actor = {
      kind: 'staff',
      member: aroundNow.staff.find((each) => each.personId === personId) ?? member,
    } as const;
    const allowed = can(actor, { action: 'vote', file: now, around: aroundNow, request: asked });
    // Whoever is barred may still step aside; `castVote` refuses them anything else.
    if (!allowed.allowed && allowed.code !== 'barred-by-interest') return { kind: 'refused', code: allowed.code };
    return castVote(now, aroundNow, { ...read.ballot, personId, requestId: request.requestId, contentVersion });
  });
  const at = `/decide/${request.requestId}`;
  if (isOldLink) return withoutPassPage(c, deps, request.requestId);
  if (outcome.kind === 'done') return c.redirect(at, 303);
  if (outcome.kind === 'unknown-case') return errorPage(c, 404);
  return answerRefusal(c, outcome, at, again);
}

/** A refusal about the answer goes to its field; one about the request is a page. */
function answerRefusal(
  c: Reading,
  refusal: Refusal,
  at: string,
  again: (errors: FormErrors, status: 409 | 422) => Answer,
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
    case 'shares-do-not-add-up':
    case 'cap-passed':
      return again({ amount: said }, 409);
    case 'visit-missing':
      return again({ visitedOn: said }, 422);
    case 'reason-missing':
      return again({ note: said }, 422);
    default:
      return again({ verdict: said }, refusal.code === 'barred-by-interest' ? 409 : 422);
  }
}
