import { plainAddress } from '../../../shared/register/staff.ts';
import { sourceAddress } from '../../../shared/web/source-address.ts';
import { isWithinAll } from '../../../shared/web/within-limits.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';

const windowSeconds = 15 * 60;

/**
 * Mails asked for in a quarter of an hour: by one sender for one address, by one sender (a whole office may share one), for one
 * address. A stranger uses up their own allowance first. A link works as long as the window lasts, so whoever is stopped
 * has one in their mailbox that still works.
 */
const mostMails = { ofSenderForAddress: 5, ofSender: 60, ofAddress: 20 } as const;

/** Counts one request. Alike for every address that is typed: the answer tells nothing of the directory. */
export function isWithinSignInLimits(c: Reading, deps: StaffDeps, email: string): Promise<boolean> {
  const address = plainAddress(email);
  const sender = sourceAddress(c);
  const allowances = [
    { name: `sign-in/${address}/from/${sender}`, most: mostMails.ofSenderForAddress },
    { name: `sign-in/from/${sender}`, most: mostMails.ofSender },
    { name: `sign-in/${address}`, most: mostMails.ofAddress },
  ];
  return isWithinAll(deps.store.isWithinLimit, allowances, windowSeconds, deps.now());
}
