import { beforeAll, describe, expect, test } from 'vitest';
import { type Measured, measureReference } from '../cost/measure.ts';
import { bars, dollarsWithoutMail } from '../cost/price.ts';
import { faultsOfMails, judge } from '../cost/report.ts';

/**
 * What an application costs now, its functions' seconds left out, since those are this machine's. It is the first of all, whose functions
 * fetch every key, and so 0.04 thousandths dearer than the second, which `npm run cost` holds against the bar of 0.0008. Nobody makes it dearer unseen: whoever makes it cheaper lowers this.
 */
const dearestUSD = 0.0008;

describe('the reference application', () => {
  let measured: Measured;
  beforeAll(async () => {
    measured = await measureReference({ warmUps: 0 });
  }, 120_000);

  test('takes no more transitions than its bar', () => {
    const { transitions } = judge(measured).counts;
    // Each of the five stages enters a state at least.
    expect(transitions).toBeGreaterThan(5);
    expect(transitions).toBeLessThanOrEqual(bars.transitions);
  });

  test('costs no more than it did, and everything that is priced was counted', () => {
    const { counts } = judge(measured);
    expect(Object.entries(counts).filter(([, count]) => count <= 0)).toEqual([]);
    expect(dollarsWithoutMail({ ...counts, gigabyteSeconds: 0 })).toBeLessThanOrEqual(dearestUSD);
    expect(measured.refusedWrites).toBe(0);
  });

  test('sends no mail that nobody needs, and saves none at the applicant’s expense', () => {
    expect(faultsOfMails(measured.mails)).toEqual([]);
    expect(measured.mails.filter(({ to }) => to.startsWith('applicant-'))).toHaveLength(4);
  });
});
