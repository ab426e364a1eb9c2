import type { PersonId, RequestId } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import type { DeciderRole } from '../programmes/stage.ts';
import { holdsRole } from '../register/staff.ts';
import { can } from './can.ts';
import type { Around, CaseFile, Decided, Refusal } from './case-file.ts';
import { changed, mailApplicant, putRequest, record, refused, workOn } from './case-work.ts';
import type { DecisionRequest, RequestPurpose, Seat } from './decision-request.ts';
import { askSeat, showWaiting } from './open-request.ts';
import { barOf, isAsked, isSitting } from './seats.ts';

/** Who may be asked in addition, by what is to be decided. */
const rolesByPurpose: { readonly [Purpose in RequestPurpose]: readonly DeciderRole[] } = {
  correction: [],
  advance: ['officer', 'vice-chair', 'chair'],
  review: ['patch-member', 'deputy', 'leading-group', 'head'],
  approval: ['officer', 'vice-chair', 'chair'],
  notice: [],
  'objection-admission': ['office'],
  'objection-settlement': ['officer', 'vice-chair', 'chair'],
  payment: [],
};

/** Why somebody may not act for the office on this case, asked of the staff as they are now, whatever a page has asked before. */
function officeRefusal(
  file: CaseFile,
  around: Around,
  by: PersonId,
  action: 'reassign' | 'reissue-link' | 'reissue-code',
): Refusal | undefined {
  const member = around.staff.find(({ personId }) => personId === by);
  if (member === undefined) return refused('not-allowed');
  const asked = can({ kind: 'staff', member }, { action, file, around });
  return asked.allowed ? undefined : refused(asked.code);
}

const openRequest = (file: CaseFile, requestId: RequestId): DecisionRequest | undefined =>
  file.requests.find((each) => each.requestId === requestId && each.status === 'open');

/** The role in which a person could be asked in addition; undefined if there is none or four eyes forbid it. */
export function roleToAdd(
  file: CaseFile,
  around: Around,
  request: DecisionRequest,
  toPersonId: PersonId,
): DeciderRole | undefined {
  const member = around.staff.find(({ personId }) => personId === toPersonId);
  const today = localDateOf(around.now);
  const hasAnswered = file.votes.some((vote) => vote.requestId === request.requestId && vote.personId === toPersonId);
  const isAskedNow = request.seats.some((seat) => seat.personId === toPersonId && isAsked(seat));
  if (member === undefined || hasAnswered || isAskedNow) return undefined;
  const { purpose, levelIndex } = request;
  return rolesByPurpose[purpose].find(
    (role) =>
      holdsRole(member, role, today, file.case.patchId) &&
      barOf({ personId: toPersonId, role, purpose, levelIndex }, file, around) === undefined,
  );
}

/** The office asks one more person 加签, where those who were asked do not answer or may not. */
export function reassignRequest(
  file: CaseFile,
  around: Around,
  { personId, requestId, toPersonId }: { personId: PersonId; requestId: RequestId; toPersonId: PersonId },
): Decided {
  const refusal = officeRefusal(file, around, personId, 'reassign');
  if (refusal !== undefined) return refusal;
  const request = openRequest(file, requestId);
  if (request === undefined) return refused('request-closed');
  const role = roleToAdd(file, around, request, toPersonId);
  if (role === undefined) return refused('not-allowed');
  const work = workOn(file, around, personId);
  // A seat that was left had links: a new generation, so that none of them lives again.
  const left = request.seats.find((each) => each.personId === toPersonId);
  const generation = (left?.generation ?? 0) + 1;
  const seat: Seat = { personId: toPersonId, role, askedFrom: 'overdue', askedAt: around.now, generation };
  const changedRequest = { ...request, seats: [...request.seats.filter((each) => each.personId !== toPersonId), seat] };
  putRequest(work, changedRequest);
  askSeat(work, changedRequest, seat, 'stand-in');
  showWaiting(work, changedRequest);
  record(work, 'request-reassigned', { requestId, toPersonId });
  return changed(work);
}

/**
 * Mails a new link; the old one dies in the same write. The seat's holder may have one (it goes to their own mailbox), and the
 * office may have one sent to them; `by` is who acts.
 */
export function reissueLink(
  file: CaseFile,
  around: Around,
  { requestId, personId, by }: { requestId: RequestId; personId: PersonId; by: PersonId },
): Decided {
  const refusal = by === personId ? undefined : officeRefusal(file, around, by, 'reissue-link');
  if (refusal !== undefined) return refusal;
  const request = openRequest(file, requestId);
  if (request === undefined) return refused('request-closed');
  const seat = request.seats.find((each) => each.personId === personId);
  if (seat === undefined || !isAsked(seat) || !isSitting(seat)) return refused('not-your-turn');
  const work = workOn(file, around, by);
  const renewed = { ...seat, generation: seat.generation + 1 };
  const changedRequest = { ...request, seats: request.seats.map((each) => (each === seat ? renewed : each)) };
  putRequest(work, changedRequest);
  askSeat(work, changedRequest, renewed, 'decide');
  record(work, 'link-reissued', { requestId, personId });
  return changed(work);
}

/** A new tracking code after the office has checked who asks; the old one opens nothing any more. */
export function reissueTrackingCode(
  file: CaseFile,
  around: Around,
  { personId, codeHash }: { personId: PersonId; codeHash: string },
): Decided {
  const refusal = officeRefusal(file, around, personId, 'reissue-code');
  if (refusal !== undefined) return refusal;
  const work = workOn(file, around, personId);
  const codeReissuedByIds = [...new Set([...(file.case.codeReissuedByIds ?? []), personId])];
  work.case = { ...work.case, trackingCodeHash: codeHash, codeReissuedByIds };
  record(work, 'tracking-code-reissued', {});
  mailApplicant(work, 'tracking-code');
  return changed(work);
}
