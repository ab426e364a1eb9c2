import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a cookie or a mailed link. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url');

/** All that is stored of a token. Of 256 random bits a plain digest tells nothing. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
