import { localDateOf } from '../kernel/time.ts';
import type { Around } from './case-file.ts';
import { mailPerson, type Work } from './case-work.ts';
import type { DecisionRequest } from './decision-request.ts';
import { peopleWith } from './hand-to-office.ts';
import { isAsked, votesOn } from './seats.ts';

/** One reminder to everyone who was asked and has not answered, with the same link; to finance where it is waited for. */
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
}
