import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from './errors.ts';

/** Which attempt of which task a token stands for. */
export type TokenTarget = { executionId: number; threadId: number; scheduledEvent: number };

const targetBytes = 14;

/**
 * Task tokens name their attempt and are signed with the store's own key, so none is kept anywhere and a token of
 * another store is recognized as foreign. A retry or a new wait is another attempt, hence another token.
 */
export function taskTokens(secret: Buffer) {
  const sign = (target: Buffer) => createHmac('sha256', secret).update(target).digest();
  return {
    issue({ executionId, threadId, scheduledEvent }: TokenTarget): string {
      const target = Buffer.alloc(targetBytes);
      target.writeUIntBE(executionId, 0, 6);
      target.writeUInt32BE(threadId, 6);
      target.writeUInt32BE(scheduledEvent, 10);
      return Buffer.concat([target, sign(target)]).toString('base64url');
    },

    /** @throws ApiError InvalidToken */
    read(token: string): TokenTarget {
      const bytes = Buffer.from(token, 'base64url');
      const [target, signature] = [bytes.subarray(0, targetBytes), bytes.subarray(targetBytes)];
      // What decoding would pass over was not issued so.
      const isWhole = bytes.toString('base64url') === token;
      if (!isWhole || signature.length !== 32 || !timingSafeEqual(signature, sign(target))) {
        throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
      }
      return {
        executionId: target.readUIntBE(0, 6),
        threadId: target.readUInt32BE(6),
        scheduledEvent: target.readUInt32BE(10),
      };
    },
  };
}
