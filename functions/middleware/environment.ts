import type { Parser } from './parser.ts';

/** The environment lacks something: a mistake of the deployment, never of a user. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code = 'environment-incomplete';
}

/**
 * The variables a function needs, read at the first call, so that its file can be imported without them.
 *
 * ```ts
 * const environment = readEnvironment(z.object({ CASES_TABLE: z.string().min(1) }));
 * … environment().CASES_TABLE
 * ```
 * @throws EnvironmentError that names every missing or unusable variable at once (names alone, no values)
 */
export function readEnvironment<T>(
  schema: Parser<T>,
  source: Readonly<Record<string, string | undefined>> = process.env,
): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    if (known === undefined) {
      const parsed = schema.safeParse(source);
      if (!parsed.success) {
        const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '?')))].sort();
        throw new EnvironmentError(`Environment variables missing or unusable: ${names.join(', ')}`);
      }
      known = { value: parsed.data };
    }
    return known.value;
  };
}
