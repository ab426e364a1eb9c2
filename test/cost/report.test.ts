import { describe, expect, test } from 'vitest';
import type { Measured } from './measure.ts';
import { nothing } from './price.ts';
import { judge, showCost } from './report.ts';

const heard = [
  '申请已提交：A-1 · Application received: A-1',
  '申请已获同意：A-1',
  '开始公示：A-1',
  '已发放：A-1 · Paid: A-1',
];
const measured = (transitions: number, subjects: readonly string[] = heard): Measured => ({
  stages: [
    { stage: 'intake', counts: { ...nothing, transitions, mails: subjects.length } },
    { stage: 'session', counts: { ...nothing, calls: 20 } },
  ],
  mails: subjects.map((subject) => ({ stage: 'intake', to: 'somebody@workers.example', subject })),
  written: new Map([['case', { items: 2, bytes: 1_600, kilobytes: 2 }]]),
  s3Reads: 0,
  refusedWrites: 0,
  clockwork: { invocations: 0, writeUnits: 0, readUnits: 0 },
});

describe('what an application costs', () => {
  test('holds up to the bar, signing in left out', () => {
    const verdict = judge(measured(24));
    expect(verdict).toMatchObject({ faults: [], counts: { transitions: 24, calls: 0 } });
    expect(verdict.dollarsWithoutMail).toBeCloseTo(24 * 2.5e-5, 12);
  });

  test('is told of above it', () => {
    expect(judge(measured(25)).faults).toEqual(['25 transitions are more than 24']);
    const dear = { ...measured(1), stages: [{ stage: 'intake' as const, counts: { ...nothing, writeUnits: 2_000 } }] };
    expect(judge(dear).faults).toEqual(['0.001250 USD without mail are more than 0.0008']);
    expect(judge({ ...measured(1), refusedWrites: 2 }).faults).toHaveLength(1);
  });

  test('has no mail that nobody needs, and saves none that the applicant needs', () => {
    expect(judge(measured(1, [...heard, '促销 · Sale'])).faults).toEqual([
      'nobody can say who needs this mail: 促销 · Sale',
    ]);
    expect(judge(measured(1, heard.slice(0, -1))).faults).toEqual(['the applicant does not hear /^已发放/']);
  });

  test('is shown by stage, with every mail and who needs it', () => {
    const shown = showCost(measured(24), judge(measured(24)));
    expect(shown).toMatch(/intake\s+24/);
    expect(shown).toContain('Application received: A-1\n                the applicant: the receipt');
    expect(shown).toMatch(/case\s+2\s+800 bytes each, 2 kB begun/);
    expect(shown).toContain('All bars hold.');
  });
});
