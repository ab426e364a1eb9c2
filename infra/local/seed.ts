import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './data-folder.ts';
import type { Lambdas } from './lambda.ts';
import { StartError } from './start-error.ts';
import type { LambdaDefinition } from './template.ts';

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
  const outcome = await options.lambdas.invoke(seeder.arn, JSON.stringify({ profile: options.profile }), {
    kind: 'schedule',
    name: 'seed',
  });
  if (outcome?.kind !== 'returned') {
    throw new StartError(
      `The first data could not be put in (${seeder.name}: ${outcome?.errorType ?? ''} ${outcome?.errorMessage ?? ''}).`,
    );
  }
  writeDurably(done, JSON.stringify({ profile: options.profile }));
}
