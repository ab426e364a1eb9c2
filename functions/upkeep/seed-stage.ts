import * as z from 'zod';
import { seedVariables } from '../../shared/config/variables.ts';
import { now } from '../../shared/kernel/clock.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { putProgrammeVersion } from '../../shared/store/programme-store.ts';
import { keepAddresses } from '../../shared/store/staff-store.ts';
import { readEnvironment } from '../middleware/environment.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theStore } from '../middleware/wiring.ts';
import { ensureAdministrator } from './first-administrator.ts';
import { seedUnion } from './seed-union.ts';

/** `none` is for real use. `demo` and `replay` bring an invented union; only `demo` brings households too. */
const payloadSchema = z.object({ profile: z.enum(['demo', 'replay', 'none']).default('none') });
type Profile = z.infer<typeof payloadSchema>['profile'];

const by = 'system:seed';

/** Puts what is not there yet and leaves alone what is: it may run at every deployment, and again after a failure. */
export async function seedStage(
  store: Store,
  { profile, administratorEmail, at }: { profile: Profile; administratorEmail: string; at: Instant },
): Promise<{ profile: Profile }> {
  for (const version of seedProgrammes)
    await putProgrammeVersion(store, version, { proposedBy: by, approvedBy: by, at });
  if (profile !== 'none') await seedUnion(store, { by, at, withHouseholds: profile === 'demo' });
  await keepAddresses(store);
  await ensureAdministrator(store, administratorEmail, { by, at });
  return { profile };
}

const environment = readEnvironment(seedVariables);

export const handler = taskHandler({
  name: 'seed-stage',
  schema: payloadSchema,
  run: ({ profile }) =>
    seedStage(theStore(), {
      profile,
      administratorEmail: environment().FIRST_ADMINISTRATOR_EMAIL?.trim() ?? '',
      at: now(),
    }),
});
