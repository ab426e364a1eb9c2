import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { DeciderRole, Level } from '../programmes/stage.ts';
import type { ReliefCase } from './relief-case.ts';
import { stageOf } from './rungs.ts';

/**
 * The levels that an approval must pass, one after the other: by the amount, the whole of it, an advance included. An exception
 * (more than the programme suggests) goes to the last tier.
 */
export function levelsFor(
  reliefCase: Pick<ReliefCase, 'approvedFen' | 'recommendedFen' | 'suggestedFen' | 'isException'>,
  programme: ProgrammeVersion,
): readonly Level[] {
  const { tiers } = stageOf(programme, 'approval');
  const amountFen = reliefCase.approvedFen ?? reliefCase.recommendedFen ?? reliefCase.suggestedFen;
  const byAmount = tiers.find(({ upToFen }) => upToFen === null || amountFen <= upToFen);
  const tier = reliefCase.isException ? tiers.at(-1) : byAmount;
  if (tier === undefined) throw new Error(`${programme.id} has no tier for ${amountFen} fen`);
  return tier.levels;
}

/** Whom a level waits for at first: those whom its own seats ask from the start. */
export const rolesAsked = ({ seats }: Pick<Level, 'seats'>): DeciderRole[] => [
  ...new Set(seats.filter(({ askedFrom }) => askedFrom === 'start').map(({ role }) => role)),
];

/** Whom the approval waits for at the level where the case stands. */
export function rolesAtLevel(reliefCase: ReliefCase, programme: ProgrammeVersion): DeciderRole[] {
  const level = levelsFor(reliefCase, programme)[reliefCase.levelIndex];
  if (level === undefined) throw new Error(`${programme.id} has no level ${reliefCase.levelIndex}`);
  return rolesAsked(level);
}
