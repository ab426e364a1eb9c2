import * as z from 'zod';

const keysSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** A cursor that this store gave out; anything else (an address is typed, cut, altered) begins at the first page. */
export function knownCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return keysSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).success ? text : null;
  } catch {
    return null;
  }
}
