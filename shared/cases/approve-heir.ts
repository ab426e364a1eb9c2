import type { PersonId } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Level } from '../programmes/stage.ts';
import { holdsRole } from '../register/staff.ts';
import type { Around, CaseFile, RefusalCode } from './case-file.ts';
import { levelsFor } from './levels.ts';
import { isSameHolder } from './payee-proof.ts';
import type { ReliefCase } from './relief-case.ts';
import { barOf } from './seats.ts';

/**
 * Where the applicant has died, the money goes to the heir whom the household names, with a new approval (PROGRAMMES.md, "Payee"): the
 * office checks the proof, then as many of the last level that the amount asks for approve as that level's quorum. A further account of
 * the same heir is the office's alone again.
 */
export const needsNewApproval = ({ payee, proposedPayee }: ReliefCase): boolean =>
  proposedPayee?.kind === 'heir' && !isSameHolder(payee, proposedPayee);

/** Whether the office has checked an heir's account, so that it waits for its new approval. */
export const waitsForNewApproval = ({ case: it }: Pick<CaseFile, 'case'>): boolean =>
  needsNewApproval(it) && it.proposal?.checkedBy !== undefined;

type LastLevel = { readonly level: Level; readonly levelIndex: number };

export function levelOfNewApproval(reliefCase: ReliefCase, programme: ProgrammeVersion): LastLevel {
  const levels = levelsFor(reliefCase, programme);
  const level = levels.at(-1);
  if (level === undefined) throw new Error(`${programme.id} has an approval without a level`);
  return { level, levelIndex: levels.length - 1 };
}

/**
 * Why somebody may not give the new approval. Four eyes: not whoever checked the account, holds a code of the case, reviewed it, signed
 * another level or an advance, nor anybody of finance. Who approved at this level before may: it is the same decision, taken anew.
 */
export function barOfNewApproval(personId: PersonId, file: CaseFile, around: Around): RefusalCode | undefined {
  const { proposal, codeReissuedByIds = [] } = file.case;
  const { level, levelIndex } = levelOfNewApproval(file.case, around.programme);
  const bars = level.seats.map(({ role }) => barOf({ personId, role, purpose: 'approval', levelIndex }, file, around));
  if (bars.every((bar) => bar === 'not-appointed')) return 'not-allowed';
  const today = localDateOf(around.now);
  if (around.staff.some((each) => each.personId === personId && holdsRole(each, 'finance', today)))
    return 'same-person';
  if (!bars.includes(undefined)) return 'barred-by-interest';
  if (proposal?.approvedBy.includes(personId) === true) return 'decided-before';
  return proposal?.checkedBy === personId || codeReissuedByIds.includes(personId) ? 'same-person' : undefined;
}

/** Everybody who could give the new approval now. */
export const peopleForNewApproval = (file: CaseFile, around: Around): PersonId[] =>
  around.staff
    .map(({ personId }) => personId)
    .filter((personId) => barOfNewApproval(personId, file, around) === undefined);
