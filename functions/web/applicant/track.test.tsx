import { beforeEach, describe, expect, it } from 'vitest';
import { scheduledItemSchema } from '../../../shared/cases/scheduled-item.ts';
import { submitApplication } from '../../../shared/cases/submit-application.ts';
import { caseIdSchema, householdIdSchema, patchIdSchema } from '../../../shared/kernel/ids.ts';
import { addHours } from '../../../shared/kernel/time.ts';
import { applicantPorts } from '../../../test/support/applicant-ports.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { contentFor, person, seedOf } from '../../../test/support/small-union.ts';
import { applicantApp } from './applicant-app.tsx';

let ports: ReturnType<typeof applicantPorts>;
beforeEach(async () => {
  ports = applicantPorts();
  const programme = seedOf('major-illness-relief');
  const submission = {
    ...contentFor(programme),
    caseId: caseIdSchema.parse('C1'),
    caseNumber: 'DB-2016-00001',
    programme,
    householdId: householdIdSchema.parse('H1'),
    patchId: patchIdSchema.parse('north'),
    beneficiaryId: person('P1'),
    standing: 'none' as const,
    isOnRegister: false,
    trackingCodeHash: 'hash-of-ABCD2345',
  };
  const around = { now: ports.clock.now, newId: ports.deps.newId };
  await ports.deps.store.createCase(submitApplication(submission, around));
});

const tryFrom = async (sender: string, code: string, times = 1, caseNumber = 'DB-2016-00001') => {
  const reader = pageReader(applicantApp(ports.deps), sender);
  const page = await reader.get('/track');
  let last = page;
  for (let time = 0; time < times; time += 1) last = await reader.post(page, '/track', { caseNumber, code });
  return last;
};

describe('a burst of guesses at a tracking code (promise 22)', () => {
  it('is stopped after twenty of one sender at one case, also with the right code, until the hour is over', async () => {
    expect((await tryFrom('203.0.113.7', 'AAAA AAAA', 20)).status).toBe(422);
    const stopped = await tryFrom('203.0.113.7', 'ABCD 2345');
    expect(stopped.status).toBe(429);
    expect(stopped.text).toContain('试得太多了');
    expect(stopped.html).toContain('value="DB-2016-00001"');
    ports.clock.now = addHours(ports.clock.now, 1);
    expect((await tryFrom('203.0.113.7', 'ABCD 2345')).path).toBe('/track/case/C1');
  });

  it('uses up the stranger’s own allowance: the applicant still sees the case', async () => {
    await tryFrom('203.0.113.7', 'AAAA AAAA', 500);
    expect((await tryFrom('198.51.100.20', 'ABCD 2345')).path).toBe('/track/case/C1');
  });

  it('from forty senders does not lock the applicant out either', async () => {
    for (let each = 0; each < 40; each += 1) await tryFrom(`203.0.113.${each}`, 'AAAA AAAA', 21);
    expect((await tryFrom('198.51.100.20', 'ABCD 2345')).path).toBe('/track/case/C1');
  });

  it('at one number after the other is stopped after a hundred and twenty, and others go on', async () => {
    for (let each = 0; each < 120; each += 1) await tryFrom('203.0.113.7', 'ABCD 2345', 1, `DB-2016-1${each}`);
    expect((await tryFrom('203.0.113.7', 'ABCD 2345')).status).toBe(429);
    expect((await tryFrom('203.0.113.8', 'ABCD 2345')).path).toBe('/track/case/C1');
  });
});

describe('the question whether the money arrived', () => {
  it('is shown on the status page of a case in the sample, takes an amount, and then thanks', async () => {
    const caseId = caseIdSchema.parse('C1');
    const file = ports.cases.get(caseId)!;
    const { now } = ports.clock;
    const item = scheduledItemSchema.parse({
      ...{ kind: 'payment-check', itemId: 'C1.payment-check.1', caseId, expectedFen: 200_000, climbed: 0 },
      ...{ dueAt: now, rungs: [{ rung: 'overdue', at: now }], status: 'waiting', scheduledAt: now },
    });
    ports.cases.set(caseId, { ...file, scheduled: [item] });
    const reader = pageReader(applicantApp(ports.deps), '203.0.113.7');
    const form = await reader.get('/track');
    const page = await reader.post(form, '/track', { caseNumber: 'DB-2016-00001', code: 'ABCD 2345' });
    expect(page.text).toContain('救助款到账了吗');
    const path = '/track/case/C1/arrived';
    expect((await reader.post(page, path, { arrived: 'x' })).text).toContain('没有收到填 0');
    const told = await reader.post(page, path, { arrived: '2000' });
    expect(told.text).toContain('谢谢');
    expect(told.text).not.toContain('救助款到账了吗');
    expect(ports.cases.get(caseId)!.scheduled).toMatchObject([{ status: 'done', answeredBy: 'applicant' }]);
  });
});
