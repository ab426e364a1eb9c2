import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writeDurably } from './data-folder.ts';
import type { Lambdas } from './lambda.ts';
import { keepOnPhone } from './phone.ts';
import { StartError } from './start-error.ts';
import type { LambdaDefinition } from './template.ts';

/** Authenticators that the invented staff have already: on one machine they lie on its phone. */
const seeded = z
  .object({ authenticators: z.array(z.object({ personId: z.string(), secret: z.string() })).optional() })
  .nullable();

/**
 * Invokes the function that fills an empty system (the one whose variable `RELIEFLINE_SEED` is `yes`), once in the life
 * of a data folder. It is idempotent: a start that dies half way through seeds again.
 */
export async function seed(options: {
  folder: string;
  profile: string;
  functions: LambdaDefinition[];
  lambdas: Lambdas;
}): Promise<void> {
  const done = join(options.folder, 'seeded.json');
  if (existsSync(done)) return;
  const seeder = options.functions.find(({ environment }) => environment.RELIEFLINE_SEED === 'yes');
  if (seeder === undefined) return;
  const outcome = await options.lambdas.invoke(
    seeder.arn,
    JSON.stringify({ profile: options.profile, withAuthenticators: true }),
    {
      kind: 'schedule',
      name: 'seed',
    },
  );
  if (outcome?.kind !== 'returned') {
    throw new StartError(
      `The first data could not be put in (${seeder.name}: ${outcome?.errorType ?? ''} ${outcome?.errorMessage ?? ''}).`,
    );
  }
  for (const { personId, secret } of seeded.parse(JSON.parse(outcome.payload))?.authenticators ?? [])
    keepOnPhone(options.folder, { label: personId, secret });
  writeDurably(done, JSON.stringify({ profile: options.profile }));
}
