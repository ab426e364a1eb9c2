import { can } from '../../../shared/cases/can.ts';
import { isAsked } from '../../../shared/cases/seats.ts';
import type { CaseFile } from '../../../shared/cases/case-file.ts';
import type { DecisionRequest, Vote, VotedPurpose } from '../../../shared/cases/decision-request.ts';
import { requestIdSchema } from '../../../shared/kernel/ids.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Answer, Reading } from '../staff/staff-context.ts';
import { signedIn } from '../staff/staff-session.ts';
import { type DecisionPass, givePass, readPass } from './decision-pass.ts';
import type { Decision } from './decision-page.tsx';
import { withoutPassPage } from './new-link.tsx';
import { isAboutMoney, isVoted } from './read-ballot.ts';
import { nothingToDecidePage, type Pressed, recordedPage } from './recorded-page.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';

type Answered = { readonly kind: 'answered'; readonly response: Answer };
export type Opened<Found> = { readonly kind: 'open'; readonly decision: Found } | Answered;

const answered = (response: Answer): Answered => ({ kind: 'answered', response });

/** A pass with its case, read once. */
type Passed = { readonly pass: DecisionPass; readonly file: CaseFile };

/**
 * The case of the request in the address, by the pass for it that this browser holds; otherwise the page that offers another way.
 */
export async function openPass(c: Reading, deps: StaffDeps): Promise<({ readonly kind: 'pass' } & Passed) | Answered> {
  const asked = requestIdSchema.safeParse(c.req.param('requestId'));
  if (!asked.success) return answered(errorPage(c, 404));
  const pass = readPass(c, deps, asked.data);
  if (pass === undefined) {
    const passed = await passOfSession(c, deps, asked.data);
    return passed === undefined ? answered(withoutPassPage(c, deps, asked.data)) : { kind: 'pass', ...passed };
  }
  const file = await deps.store.loadCaseFile(pass.caseId);
  return file === undefined ? answered(errorPage(c, 404)) : { kind: 'pass', pass, file };
}

export type OpenRequest = { readonly request: DecisionRequest; readonly purpose: VotedPurpose };

/** What the case alone tells: recorded before, over, or not this person's (any more). `pressed` is what is being answered. */
export function requestOf(
  c: Reading,
  deps: StaffDeps,
  file: CaseFile,
  pass: DecisionPass,
  pressed?: Pressed,
): ({ readonly kind: 'open' } & OpenRequest) | Answered {
  const { requestId, personId } = pass;
  const request = file?.requests.find((each) => each.requestId === requestId);
  if (request === undefined || !isVoted(request.purpose)) return answered(errorPage(c, 404));
  const isOwn = (vote: Vote) => vote.requestId === requestId && vote.personId === personId;
  const vote = file.votes.find(isOwn);
  if (vote !== undefined) return answered(recordedPage(c, vote, request, file.case.caseNumber, pressed));
  const seat = request.seats.find((each) => each.personId === personId);
  // A newer link was mailed: what the old one opened ends with it.
  if (seat !== undefined && seat.generation !== pass.generation) return answered(withoutPassPage(c, deps, requestId));
  if (request.status !== 'open') {
    const isChanged = request.outcome === 'edited' || request.contentVersion !== file.case.contentVersion;
    return answered(nothingToDecidePage(c, isChanged ? 'changed' : 'over'));
  }
  if (seat === undefined || !isAsked(seat)) return answered(nothingToDecidePage(c, 'notYours', 403));
  return { kind: 'open', request, purpose: request.purpose };
}

/** Asked now: a term may have ended since the mail went out. A relative still sees it, to step aside. */
export function memberOf(
  c: Reading,
  { file, around }: Pick<Decision, 'file' | 'around'>,
  request: DecisionRequest,
  pass: DecisionPass,
): { readonly kind: 'member'; readonly member: StaffMember } | Answered {
  const member = around.staff.find(({ personId }) => personId === pass.personId);
  if (member === undefined) return answered(nothingToDecidePage(c, 'notYours', 403));
  const allowed = can({ kind: 'staff', member }, { action: 'vote', file, around, request });
  if (!allowed.allowed && allowed.code === 'not-allowed') return answered(nothingToDecidePage(c, 'notYours', 403));
  return { kind: 'member', member };
}

/**
 * The decision that the address names, for whoever holds a pass for it; otherwise the page that says where it stands: recorded
 * before, over, not this person's (any more), or no pass here.
 */
export const openDecision = (c: Reading, deps: StaffDeps): Promise<Opened<Decision>> =>
  openAsked(c, deps, async (file, purpose) => {
    const [around, told] = await Promise.all([
      deps.store.loadAround(file, { withoutFunds: !isAboutMoney(purpose) }),
      historyOf(deps, file),
    ]);
    return { around, ...told };
  });

/** As `openDecision`, for its papers: of funds and other cases they say nothing. */
export const openPapers = (c: Reading, deps: StaffDeps): Promise<Opened<Pick<Decision, 'file'>>> =>
  openAsked(c, deps, async (file) => ({ around: await deps.store.loadAround(file, { withoutFunds: true }) }));

async function openAsked<Read extends Pick<Decision, 'around'>>(
  c: Reading,
  deps: StaffDeps,
  read: (file: CaseFile, purpose: VotedPurpose) => Promise<Read>,
): Promise<Opened<Read & Pick<Decision, 'file' | 'request' | 'purpose' | 'member'>>> {
  const opened = await openPass(c, deps);
  if (opened.kind === 'answered') return opened;
  const { pass, file } = opened;
  const found = requestOf(c, deps, file, pass);
  if (found.kind === 'answered') return found;
  const { request, purpose } = found;
  const seen = await read(file, purpose);
  const who = memberOf(c, { file, around: seen.around }, request, pass);
  if (who.kind === 'answered') return who;
  return { kind: 'open', decision: { ...seen, file, request, purpose, member: who.member } };
}

/** The household's other cases, and what their programmes are called. */
export async function historyOf(
  deps: StaffDeps,
  { case: it }: CaseFile,
): Promise<Pick<Decision, 'history' | 'programmes'>> {
  const history = await deps.store.otherCasesOfHousehold(it);
  return { history, programmes: history.length === 0 ? [] : await deps.store.programmes() };
}

/** Whoever is signed in and was asked may decide without the mail; from then on as with its link. */
async function passOfSession(
  c: Reading,
  deps: StaffDeps,
  requestId: DecisionPass['requestId'],
): Promise<Passed | undefined> {
  const member = await signedIn(c, deps);
  if (member === undefined) return undefined;
  const task = (await deps.store.openRequestsOf(member.personId)).find((each) => each.requestId === requestId);
  const file = task && (await deps.store.loadCaseFile(task.caseId));
  const request = file?.requests.find((each) => each.requestId === requestId);
  const seat = request?.seats.find(({ personId }) => personId === member.personId);
  if (task === undefined || file === undefined || seat === undefined) return undefined;
  const { caseId } = task;
  const pass = { caseId, requestId, personId: member.personId, generation: seat.generation };
  givePass(c, deps, pass);
  return { pass, file };
}
