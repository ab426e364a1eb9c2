import { can } from '../../../shared/cases/can.ts';
import { isAsked } from '../../../shared/cases/seats.ts';
import type { Vote } from '../../../shared/cases/decision-request.ts';
import { requestIdSchema } from '../../../shared/kernel/ids.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Answer, Reading } from '../staff/staff-context.ts';
import { signedIn } from '../staff/staff-session.ts';
import { type DecisionPass, givePass, readPass } from './decision-pass.ts';
import type { Decision } from './decision-page.tsx';
import { withoutPassPage } from './new-link.tsx';
import { isVoted } from './read-ballot.ts';
import { nothingToDecidePage, recordedPage } from './recorded-page.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';

export type Opened =
  | { readonly kind: 'open'; readonly decision: Decision }
  | { readonly kind: 'answered'; readonly response: Answer };

const answered = (response: Answer): Opened => ({ kind: 'answered', response });

/**
 * The decision that the address names, for whoever holds a pass for it; otherwise the page that says where it stands: recorded
 * before, over, not this person's (any more), or no pass here.
 */
export async function openDecision(c: Reading, deps: StaffDeps): Promise<Opened> {
  const asked = requestIdSchema.safeParse(c.req.param('requestId'));
  if (!asked.success) return answered(errorPage(c, 404));
  const requestId = asked.data;
  const pass = readPass(c, deps, requestId) ?? (await passOfSession(c, deps, requestId));
  if (pass === undefined) return answered(withoutPassPage(c, deps, requestId));
  const file = await deps.store.loadCaseFile(pass.caseId);
  const request = file?.requests.find((each) => each.requestId === requestId);
  if (file === undefined || request === undefined || !isVoted(request.purpose)) return answered(errorPage(c, 404));
  const isOwn = (vote: Vote) => vote.requestId === requestId && vote.personId === pass.personId;
  const vote = file.votes.find(isOwn);
  if (vote !== undefined) return answered(recordedPage(c, vote, request, file.case.caseNumber));
  const seat = request.seats.find(({ personId }) => personId === pass.personId);
  // A newer link was mailed: what the old one opened ends with it.
  if (seat !== undefined && seat.generation !== pass.generation) return answered(withoutPassPage(c, deps, requestId));
  if (request.status !== 'open') {
    return answered(nothingToDecidePage(c, request.outcome === 'edited' ? 'changed' : 'over'));
  }
  if (seat === undefined || !isAsked(seat)) return answered(nothingToDecidePage(c, 'notYours', 403));
  const [around, cases, programmes] = await Promise.all([
    deps.store.loadAround(file),
    deps.store.casesOfHousehold(file.case.householdId),
    deps.store.programmes(),
  ]);
  const member = around.staff.find(({ personId }) => personId === pass.personId);
  if (member === undefined) return answered(nothingToDecidePage(c, 'notYours', 403));
  // Asked now: a term may have ended since the mail went out. A relative still sees it, to step aside.
  const allowed = can({ kind: 'staff', member }, { action: 'vote', file, around, request });
  if (!allowed.allowed && allowed.code === 'not-allowed') return answered(nothingToDecidePage(c, 'notYours', 403));
  const history = cases.filter(({ caseId }) => caseId !== file.case.caseId);
  return { kind: 'open', decision: { file, around, request, purpose: request.purpose, member, history, programmes } };
}

/** Whoever is signed in and was asked may decide without the mail; from then on as with its link. */
async function passOfSession(
  c: Reading,
  deps: StaffDeps,
  requestId: DecisionPass['requestId'],
): Promise<DecisionPass | undefined> {
  const member = await signedIn(c, deps);
  if (member === undefined) return undefined;
  const task = (await deps.store.openRequestsOf(member.personId)).find((each) => each.requestId === requestId);
  const file = task && (await deps.store.loadCaseFile(task.caseId));
  const request = file?.requests.find((each) => each.requestId === requestId);
  const seat = request?.seats.find(({ personId }) => personId === member.personId);
  if (task === undefined || seat === undefined) return undefined;
  const { caseId } = task;
  const pass = { caseId, requestId, personId: member.personId, generation: seat.generation };
  givePass(c, deps, pass);
  return pass;
}
