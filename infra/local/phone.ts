import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP, URI } from 'otpauth';
import * as z from 'zod';
import { writeDurably } from './data-folder.ts';

/**
 * Stands for the phones of the invented staff. A real authenticator app shows real time, and this machine's clock can be moved; so
 * the machine has an app of its own, with the keys that were put on it, in a file that its owner alone can read (mode 0600).
 */
const schema = z.array(z.object({ label: z.string(), secret: z.string() }));
type Key = z.infer<typeof schema>[number];

const fileOf = (folder: string): string => join(folder, 'phone.json');

export const keysOnPhone = (folder: string): Key[] =>
  existsSync(fileOf(folder)) ? schema.parse(JSON.parse(readFileSync(fileOf(folder), 'utf8'))) : [];

/** A key that is on it already moves to the end. */
export function keepOnPhone(folder: string, key: Key): void {
  const others = keysOnPhone(folder).filter(({ secret }) => secret !== key.secret);
  writeDurably(fileOf(folder), JSON.stringify([...others, key]));
}

/** What the app shows at a moment, and the moment at which it shows the next; both times in epoch milliseconds. */
export function codeAt(secret: string, now: number): { code: string; until: number } {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 });
  return { code: totp.generate({ timestamp: now }), until: now + totp.remaining({ timestamp: now }) };
}

/** The key out of what was typed: base 32 with or without blanks, or an `otpauth://` address. Undefined if it is neither. */
export function readKey(typed: string): string | undefined {
  try {
    const text = typed.trim();
    const secret = text.startsWith('otpauth:') ? URI.parse(text).secret : Secret.fromBase32(text.replace(/[\s-]/g, ''));
    return secret.bytes.length < 10 ? undefined : secret.base32;
  } catch {
    return undefined;
  }
}
