import type { PersonId } from '../kernel/ids.ts';
import { type Instant, localDateOf } from '../kernel/time.ts';
import type { Level, RungName, SeatPlan } from '../programmes/stage.ts';
import { holdsRole } from '../register/staff.ts';
import type { Around, CaseFile } from './case-file.ts';
import { isInterested } from './interest.ts';
import type { DecisionRequest, RequestPurpose, Seat, Vote } from './decision-request.ts';

/** Why a person may not decide on this case, if so. Asked anew at every use: an appointment or a tie may have changed. */
export type Bar = 'interest' | 'decided-another-stage' | 'not-appointed';

type Asked = {
  readonly personId: PersonId;
  readonly role: Seat['role'];
  readonly purpose: RequestPurpose;
  readonly levelIndex: number;
};

/** Four eyes: nobody decides their own or a relative's case, or one that they entered, or twice in one case. */
export function barOf(
  asked: Asked,
  file: CaseFile,
  around: Pick<Around, 'staff' | 'interests' | 'now'>,
): Bar | undefined {
  const member = around.staff.find(({ personId }) => personId === asked.personId);
  const today = localDateOf(around.now);
  if (member === undefined || !holdsRole(member, asked.role, today, file.case.patchId)) return 'not-appointed';
  if (isInterested(asked.personId, file, around)) return 'interest';
  return hasDecidedElsewhere(asked, file) ? 'decided-another-stage' : undefined;
}

/** Admitting an objection is clerks' work and bars nobody; settling one is barred to whoever decided the case, or has paid in it. */
function hasDecidedElsewhere({ personId, purpose, levelIndex }: Asked, file: CaseFile): boolean {
  if (purpose === 'objection-admission') return false;
  const hasPaid = file.payouts.some(({ batchedBy, sentBy, settledBy }) =>
    [batchedBy, sentBy, settledBy].includes(personId),
  );
  if (hasPaid) return true;
  return file.votes.some((vote) => {
    if (vote.personId !== personId || vote.verdict === 'recuse' || vote.purpose === 'objection-admission') return false;
    if (vote.purpose !== purpose) return true;
    const request = file.requests.find(({ requestId }) => requestId === vote.requestId);
    return request !== undefined && request.levelIndex !== levelIndex;
  });
}

/** Everybody who can come to sit at a level, in the order of asking; those who may not are left out. */
export function seatsFor(
  level: Level,
  at: { readonly purpose: RequestPurpose; readonly levelIndex: number },
  file: CaseFile,
  around: Pick<Around, 'staff' | 'interests' | 'now'>,
): Seat[] {
  const seats: Seat[] = [];
  for (const plan of level.seats) {
    const holders = around.staff
      .filter(({ personId }) => !seats.some((seat) => seat.personId === personId))
      .filter(({ personId }) => barOf({ personId, role: plan.role, ...at }, file, around) === undefined)
      .slice(0, plan.count);
    seats.push(...holders.map(({ personId }) => seatOf(plan, personId)));
  }
  return seats;
}

const seatOf = (plan: SeatPlan, personId: PersonId): Seat => ({
  personId,
  role: plan.role,
  askedFrom: plan.askedFrom,
  generation: 1,
});

export const isSitting = (seat: Seat): boolean => seat.leftBecause === undefined;
export const isAsked = (seat: Seat): boolean => isSitting(seat) && seat.askedAt !== undefined;

export const votesOn = <Cast extends Pick<Vote, 'requestId' | 'verdict'>>(
  request: Pick<DecisionRequest, 'requestId'>,
  votes: readonly Cast[],
): Cast[] => votes.filter(({ requestId, verdict }) => requestId === request.requestId && verdict !== 'recuse');

/** Nobody waits for a person who has become barred since, or whose term has ended: the seat is left. Asked anew at every rung. */
export function withoutBarred(
  request: DecisionRequest,
  file: CaseFile,
  around: Pick<Around, 'staff' | 'interests' | 'now'>,
): DecisionRequest {
  const { purpose, levelIndex } = request;
  const answered = votesOn(request, file.votes).map(({ personId }) => personId);
  const leave = (seat: Seat): Seat => {
    if (!isSitting(seat) || answered.includes(seat.personId)) return seat;
    const bar = barOf({ personId: seat.personId, role: seat.role, purpose, levelIndex }, file, around);
    return bar === undefined ? seat : { ...seat, leftBecause: 'barred' };
  };
  return { ...request, seats: request.seats.map(leave) };
}

const order: readonly RungName[] = ['start', 'remind', 'deputy', 'head', 'overdue'];

/**
 * Asks whoever is due from this rung on; and, in the order of the seats, as many more as an agreement still needs: nobody waits
 * four days for a deputy when the first two differ or one has stepped aside.
 */
export function askSeats(
  request: Pick<DecisionRequest, 'seats' | 'quorum'>,
  votes: readonly Vote[],
  rung: RungName,
  now: Instant,
): { seats: Seat[]; newlyAsked: Seat[] } {
  const isDue = (seat: Seat) => order.indexOf(seat.askedFrom) <= order.indexOf(rung);
  const newlyAsked: Seat[] = [];
  const ask = (seat: Seat): Seat => {
    const asked = { ...seat, askedAt: now };
    newlyAsked.push(asked);
    return asked;
  };
  let seats = request.seats.map((seat) => (isSitting(seat) && !isAsked(seat) && isDue(seat) ? ask(seat) : seat));
  while (!canStillAgree(seats, votes, request.quorum)) {
    const next = seats.find((seat) => isSitting(seat) && !isAsked(seat));
    if (next === undefined) break;
    seats = seats.map((seat) => (seat === next ? ask(seat) : seat));
  }
  return { seats, newlyAsked };
}

/** Whether some answer can still reach the quorum with those who have been asked. */
export function canStillAgree(seats: readonly Seat[], votes: readonly Vote[], quorum: number): boolean {
  const silent = seats.filter((seat) => isAsked(seat) && !votes.some(({ personId }) => personId === seat.personId));
  const counts = new Map<string, number>();
  for (const { verdict } of votes) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const mostEqual = Math.max(0, ...counts.values());
  return mostEqual + silent.length >= quorum;
}
