import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';
import { epochMsOf, type Instant } from '../kernel/time.ts';

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, steps of 30 seconds. */
const algorithm = 'SHA1';
const digits = 6;
const stepSeconds = 30;

/** A code of the step before or after this one is good too: phones' clocks differ, and typing takes time. */
const stepsAside = [0, -1, 1] as const;

/** A new secret of 160 bits, in base 32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says: `otpauth://totp/…`, to be read by an authenticator app. `label` is what the app shows, with the issuer. */
export const totpUri = (
  secret: string,
  { issuer, label }: { readonly issuer: string; readonly label: string },
): string =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm, digits, period: stepSeconds }).toString();

/** The number of the step that a moment lies in, counted from 1970. */
export const stepOf = (now: Instant): number => Math.floor(epochMsOf(now) / 1000 / stepSeconds);

/** The code of one step. */
export const codeOfStep = (secret: string, step: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), algorithm, digits, counter: step });

/** The steps around a moment to which a typed code of six digits belongs: none, one, or by rare chance more. */
export const stepsOfCode = (secret: string, typed: string, now: Instant): number[] =>
  stepsAside.map((aside) => stepOf(now) + aside).filter((step) => isSame(codeOfStep(secret, step), typed));

function isSame(code: string, typed: string): boolean {
  const [left, right] = [Buffer.from(code), Buffer.from(typed)];
  return left.length === right.length && timingSafeEqual(left, right);
}
