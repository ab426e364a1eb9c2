import * as z from 'zod';
import type { Lambdas } from './lambda.ts';
import { StartError } from './start-error.ts';
import type { LambdaDefinition } from './template.ts';

/** What the function that proves the books answers. `lines` is the report in words, by language. */
export const proofSchema = z.object({
  ok: z.boolean(),
  checked: z.record(z.string(), z.number()),
  wrong: z.array(z.looseObject({ item: z.string(), code: z.string() })),
  lines: z.record(z.string(), z.array(z.string())),
});
export type Proof = z.infer<typeof proofSchema>;

/** Invokes the function that proves the books: the one whose variable `RELIEFLINE_PROVES` is `yes`. @throws StartError if it fails */
export async function invokeProver(functions: readonly LambdaDefinition[], lambdas: Lambdas): Promise<Proof> {
  const prover = functions.find(({ environment }) => environment.RELIEFLINE_PROVES === 'yes');
  const why = { kind: 'schedule', name: 'prove' } as const;
  const outcome = prover && (await lambdas.invoke(prover.arn, JSON.stringify({ wanted: 'report' }), why));
  if (outcome?.kind === 'returned') return proofSchema.parse(JSON.parse(outcome.payload));
  throw new StartError(
    `The books could not be read (${outcome?.errorType ?? 'no function proves them'} ${outcome?.errorMessage ?? ''}).`,
  );
}
