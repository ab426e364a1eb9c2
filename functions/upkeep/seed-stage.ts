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
import { seedAuthenticators, type SeededSecret } from './seed-authenticators.ts';
import { seedUnion } from './seed-union.ts';

/** `none` is for real use. `demo` and `replay` bring an invented union; only `demo` brings households too. */
const payloadSchema = z.object({
  profile: z.enum(['demo', 'replay', 'none']).default('none'),
  /** Asked for by one machine alone, which shows the codes: there the invented finance people have authenticators already. */
  withAuthenticators: z.boolean().default(false),
});
type Profile = z.infer<typeof payloadSchema>['profile'];

const by = 'system:seed';

/** Puts what is not there yet and leaves alone what is: it may run at every deployment, and again after a failure. */
export async function seedStage(
  store: Store,
  {
    profile,
    administratorEmail,
    withAuthenticators = false,
    at,
  }: { profile: Profile; administratorEmail: string; withAuthenticators?: boolean; at: Instant },
): Promise<{ profile: Profile; authenticators?: SeededSecret[] }> {
  for (const version of seedProgrammes)
    await putProgrammeVersion(store, version, { proposedBy: by, approvedBy: by, at });
  if (profile !== 'none') await seedUnion(store, { by, at, withHouseholds: profile === 'demo' });
  await keepAddresses(store);
  await ensureAdministrator(store, administratorEmail, { by, at });
  if (!withAuthenticators || profile !== 'demo') return { profile };
  return { profile, authenticators: await seedAuthenticators(store, { by, at }) };
}

const environment = readEnvironment(seedVariables);

export const handler = taskHandler({
  name: 'seed-stage',
  schema: payloadSchema,
  run: ({ profile, withAuthenticators }) =>
    seedStage(theStore(), {
      profile,
      withAuthenticators,
      administratorEmail: environment().FIRST_ADMINISTRATOR_EMAIL?.trim() ?? '',
      at: now(),
    }),
});
