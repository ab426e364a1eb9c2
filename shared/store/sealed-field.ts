import * as z from 'zod';
import type { KeyRing, Owner } from './key-ring.ts';

/** A sealed value as stored: whose key opens it, and the box. */
export const sealedSchema = z.strictObject({
  personId: z.string(),
  retention: z.enum(['identity', 'health', 'payment', 'hardship', 'ledger']),
  box: z.string(),
});
export type Sealed = z.infer<typeof sealedSchema>;

/** What stands where a text was, once its key is destroyed. */
export const forgottenText = '〔已删除〕';

/** Seals any value that JSON can hold. `place` is the item's key and the field's name. */
export async function sealField(keyRing: KeyRing, owner: Owner, place: string, value: unknown): Promise<Sealed> {
  return { ...owner, box: await keyRing.seal(owner, place, JSON.stringify(value)) };
}

/** Opens and checks a value; gives `forgotten` where its key was destroyed. Throws if the box was altered or moved. */
export async function openField<T>(
  keyRing: KeyRing,
  sealed: Sealed,
  place: string,
  schema: z.ZodType<T>,
  forgotten: T,
): Promise<T> {
  const { box, ...owner } = sealed;
  const opened = await keyRing.open(owner, place, box);
  if (opened.kind === 'forgotten') return forgotten;
  const value: unknown = JSON.parse(opened.plaintext);
  return schema.parse(value);
}
