import { localDateOf } from '../../../shared/kernel/time.ts';
import type { ByWhom } from '../../../shared/register/staff-change.ts';
import type { StaffChanged, StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import type { Reader } from './staff-form.ts';

/** Who changes the directory: whoever is signed in, now. */
export const around = (c: Reading, deps: StaffDeps): ByWhom => ({
  by: c.var.member.personId,
  now: deps.now(),
  newId: deps.newId,
});

export const readerOf = (c: Reading, deps: StaffDeps): Reader => ({
  words: c.var.words,
  lang: c.var.lang,
  today: localDateOf(deps.now()),
});

type Refused = Exclude<StaffChanged, { kind: 'saved' }>;

/** Why the directory stays as it was, in words, and as a status. */
export function refusalOfStaff(c: Reading, refused: Refused): { said: string; status: 403 | 409 | 422 } {
  const say = c.var.words.office.staff;
  if (refused.kind === 'stale') return { said: say.stale, status: 409 };
  switch (refused.code) {
    case 'not-allowed':
      return { said: c.var.words.approver.refusal['not-allowed'], status: 403 };
    case 'same-person':
      return { said: say.samePerson, status: 403 };
    case 'own-appointment':
      return { said: say.notYourself, status: 422 };
    case 'last-administrator':
      return { said: say.lastAdministrator, status: 422 };
    case 'address-in-use':
      return { said: say.emailInUse, status: 422 };
    case 'until-early':
      return { said: say.untilEarly, status: 422 };
    case 'entered-before':
    case 'proposed-before':
      return { said: say.proposedBefore, status: 409 };
    case 'unknown-person':
    case 'nothing-proposed':
      return { said: say.stale, status: 409 };
    default:
      return refused.code satisfies never;
  }
}
