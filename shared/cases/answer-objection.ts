import type { PersonId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import { type Objection, type ObjectionAction, objectionLifecycle, type ObjectionStatus } from '../notice/objection.ts';
import { mailObjector, putObjection, record, type Work } from './case-work.ts';

const templates = {
  admitted: 'objection-admitted',
  rejected: 'objection-rejected',
  upheld: 'objection-upheld',
  dismissed: 'objection-dismissed',
  overtaken: 'objection-overtaken',
} as const satisfies Record<Exclude<ObjectionStatus, 'raised'>, string>;

/** Gives an objection its answer, and tells whoever raised it. Throws where the lifecycle knows no such answer. */
export function answerObjection(
  work: Work,
  objection: Objection,
  action: ObjectionAction,
  by?: { readonly answer: string; readonly decidedBy: PersonId },
): void {
  const { now } = work.around;
  const moved = transition(objectionLifecycle, objection.status, action);
  if (!moved.ok || moved.value === 'raised')
    throw new Error(`an objection cannot be ${action}ed from ${objection.status}`);
  putObjection(work, {
    ...objection,
    status: moved.value,
    ...(action === 'admit' ? { admittedAt: now } : { settledAt: now }),
    ...by,
  });
  record(work, `objection-${moved.value}`, { objectionId: objection.objectionId });
  mailObjector(work, templates[moved.value], objection.objectionId);
}

/** Objections that still wait for an answer. */
export const isPending = ({ status }: Pick<Objection, 'status'>): boolean =>
  status === 'raised' || status === 'admitted';

/** The case or its notice has come to an end before these objections were settled: nobody settles them any more, and they are told. */
export function overtakeObjections(work: Work): void {
  for (const objection of work.objections.filter(isPending)) answerObjection(work, objection, 'overtake');
}
