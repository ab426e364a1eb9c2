import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Level } from '../programmes/stage.ts';
import type { ReliefCase } from './relief-case.ts';
import { stageOf } from './rungs.ts';

/**
 * The levels that an approval must pass, one after the other: by the amount, the whole of it, an advance included. An exception
 * (more than the programme suggests) goes to the last tier.
 */
export function levelsFor(reliefCase: ReliefCase, programme: ProgrammeVersion): readonly Level[] {
  const { tiers } = stageOf(programme, 'approval');
  const amountFen = reliefCase.approvedFen ?? reliefCase.recommendedFen ?? reliefCase.suggestedFen;
  const byAmount = tiers.find(({ upToFen }) => upToFen === null || amountFen <= upToFen);
  const tier = reliefCase.isException ? tiers.at(-1) : byAmount;
  if (tier === undefined) throw new Error(`${programme.id} has no tier for ${amountFen} fen`);
  return tier.levels;
}
