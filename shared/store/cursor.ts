import * as z from 'zod';

const keysSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** One page of a list. Give the cursor back to go on; without one it is the last. */
export type Page<T> = { readonly items: T[]; readonly cursor?: string };

export const pageOf = <T>(items: T[], cursor: string | null): Page<T> => ({
  items,
  ...(cursor !== null && { cursor }),
});

/** A cursor that this store gave out; anything else (an address is typed, cut, altered) begins at the first page. */
export function knownCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return keysSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).success ? text : null;
  } catch {
    return null;
  }
}
