import { localDateOf } from '../kernel/time.ts';
import type { LocalDate } from '../kernel/time.ts';
import { holdsRole } from '../register/staff.ts';
import type { Around } from './case-file.ts';
import { mailApplicant, mailPerson, record, type Work } from './case-work.ts';
import type { DecisionRequest } from './decision-request.ts';

/** Staff who hold a union role on a day. */
export const peopleWith = (role: 'finance' | 'office', staff: Around['staff'], today: LocalDate) =>
  staff.filter((member) => holdsRole(member, role, today));

/** Nobody who was asked has answered, or nobody can be asked: tells the office, the applicant (once a wait), and rings the alarm. */
export function handToOffice(work: Work, { now, staff }: Around, request: DecisionRequest): void {
  for (const { personId } of peopleWith('office', staff, localDateOf(now))) {
    mailPerson(work, 'overdue-office', personId, { requestId: request.requestId });
  }
  if (work.case.waiting?.isOverdue === false) mailApplicant(work, 'overdue-applicant');
  record(work, 'overdue', { requestId: request.requestId, purpose: request.purpose });
  if (work.case.waiting !== undefined) {
    work.case = { ...work.case, waiting: { ...work.case.waiting, isOverdue: true } };
  }
}
