import { compact } from '../intake/typed-text.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { StaffMember } from '../register/staff.ts';
import type { ReliefCase } from './relief-case.ts';

type Entered = Pick<ReliefCase, 'enteredById' | 'enteredEarlierByIds'>;

/** Whoever fills a form in for another may not decide on it: a name that is on the staff is taken to be that person. */
export const staffMemberNamed = (
  staff: readonly Pick<StaffMember, 'name' | 'personId'>[],
  name: string | undefined,
): PersonId | undefined =>
  name === undefined ? undefined : staff.find((member) => compact(member.name) === compact(name))?.personId;

/** Everybody on the staff who has filled this application in, the last first. */
export const enteredBy = ({ enteredById, enteredEarlierByIds = [] }: Entered): PersonId[] => [
  ...(enteredById === undefined ? [] : [enteredById]),
  ...enteredEarlierByIds,
];

/** The same after a change by another hand. Who filled it in before stays barred: a change must not make them free to decide. */
export function enteredAnew(before: Entered, enteredById: PersonId | undefined): Entered {
  const earlier = [...new Set([...(before.enteredEarlierByIds ?? []), ...enteredBy(before)])].filter(
    (personId) => personId !== enteredById,
  );
  return {
    ...(enteredById === undefined ? {} : { enteredById }),
    ...(earlier.length === 0 ? {} : { enteredEarlierByIds: earlier }),
  };
}
