import type { PersonId } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import { peopleForNewApproval, waitsForNewApproval } from './approve-heir.ts';
import type { Around } from './case-file.ts';
import { mailPerson, type Work } from './case-work.ts';
import type { DecisionRequest } from './decision-request.ts';
import { peopleWith } from './hand-to-office.ts';
import { isAsked, votesOn } from './seats.ts';

/**
 * One reminder to everyone who was asked and has not answered, with the same link. A payment waits for finance; and where another account
 * is proposed, for the office, then for those who approve an heir's anew.
 */
export function remindAsked(work: Work, around: Around, request: DecisionRequest): void {
  const { requestId } = request;
  const answered = votesOn(request, work.votes).map(({ personId }) => personId);
  for (const { personId, generation } of request.seats.filter(isAsked)) {
    if (!answered.includes(personId)) mailPerson(work, 'reminder', personId, { requestId, generation });
  }
  if (request.purpose !== 'payment') return;
  for (const { personId } of peopleWith('finance', around.staff, localDateOf(around.now))) {
    mailPerson(work, 'reminder', personId, { requestId });
  }
  remindOfAccount(work, around);
}

/** Where another account is proposed, and so nothing can be paid before somebody answers. */
export function remindOfAccount(work: Work, around: Around): void {
  for (const personId of askedForAccount(work, around)) mailPerson(work, 'account-to-approve', personId);
}

function askedForAccount(work: Work, around: Around): PersonId[] {
  if (work.case.proposedPayee === undefined) return [];
  if (waitsForNewApproval(work)) return peopleForNewApproval(work, around);
  return peopleWith('office', around.staff, localDateOf(around.now)).map(({ personId }) => personId);
}
