import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Where a list goes on, for a link's query. A table's key may hold hashes, which have no place in an address: it goes
 * out sealed with a key of this process. After a restart such a link begins the list anew.
 */
export function pageCursors(key: Buffer = randomBytes(32)) {
  return {
    seal(place: object): string {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const box = Buffer.concat([cipher.update(JSON.stringify(place), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), box]).toString('base64url');
    },
    /** Undefined for anything that this process has not sealed. */
    open(text: string | null): object | undefined {
      const bytes = Buffer.from(text ?? '', 'base64url');
      if (bytes.length < 28) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
        decipher.setAuthTag(bytes.subarray(12, 28));
        const place: unknown = JSON.parse(
          Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
        );
        return typeof place === 'object' && place !== null ? place : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
