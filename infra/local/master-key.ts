import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { writeDurably } from './data-folder.ts';
import { hasCode, StartError } from './start-error.ts';

/** Secret of the machine that stands for what AWS keeps inside KMS. Each key of the stack is derived from it. */
export type MasterKey = {
  encrypt(keyId: string, plain: Uint8Array, context: Record<string, string>): Buffer;
  /** Undefined when the blob was not made here, is damaged, or the context is another one. */
  decrypt(blob: Uint8Array, context: Record<string, string>): { keyId: string; plain: Buffer } | undefined;
  mac(keyId: string, digest: string, message: Uint8Array): Buffer;
};

const stored = z.object({ secret: z.base64().refine((text) => Buffer.from(text, 'base64').length === 32) });
const version = 1;

/** Reads the master key, or makes one on the first start. The file can be read by its owner alone (mode 0600). */
export function openMasterKey(file: string): MasterKey {
  const secret = readSecret(file);
  const derive = (purpose: string, keyId: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, keyId, `reliefline local ${purpose}`, 32));
  const additional = (keyId: string, context: Record<string, string>): Buffer =>
    Buffer.from(JSON.stringify([keyId, Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))]));

  return {
    encrypt(keyId, plain, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive('encrypt', keyId), iv).setAAD(additional(keyId, context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      const id = Buffer.from(keyId);
      return Buffer.concat([Buffer.from([version, id.length]), id, iv, cipher.getAuthTag(), body]);
    },
    decrypt(bytes, context) {
      const blob = Buffer.from(bytes);
      const idEnd = 2 + (blob[1] ?? 0);
      if (blob[0] !== version || blob.length < idEnd + 28) return undefined;
      const keyId = blob.subarray(2, idEnd).toString();
      const decipher = createDecipheriv('aes-256-gcm', derive('encrypt', keyId), blob.subarray(idEnd, idEnd + 12));
      decipher.setAAD(additional(keyId, context)).setAuthTag(blob.subarray(idEnd + 12, idEnd + 28));
      try {
        return { keyId, plain: Buffer.concat([decipher.update(blob.subarray(idEnd + 28)), decipher.final()]) };
      } catch {
        return undefined;
      }
    },
    mac: (keyId, digest, message) => createHmac(digest, derive('mac', keyId)).update(message).digest(),
  };
}

function readSecret(file: string): Buffer {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    const secret = randomBytes(32);
    writeDurably(file, JSON.stringify({ secret: secret.toString('base64') }), 0o600);
    return secret;
  }
  try {
    return Buffer.from(stored.parse(JSON.parse(text)).secret, 'base64');
  } catch (cause) {
    throw new StartError(
      `The key file ${file} is damaged; without it the personal values cannot be read. Bring back its copy, or start with --fresh.`,
      { cause },
    );
  }
}
