import { type ProgrammeVersion, programmeVersionSchema } from '../programme-version.ts';
import { fireDamage } from './fire-damage.ts';
import { majorIllnessRelief } from './major-illness-relief.ts';
import { startUpFunding } from './start-up-funding.ts';

/** The first versions of the core programmes. They only seed an empty store: in use the union changes programmes itself. */
export const seedProgrammes: ProgrammeVersion[] = [majorIllnessRelief, fireDamage, startUpFunding].map((version) =>
  programmeVersionSchema.parse(version),
);
