import { expect, it } from 'vitest';
import type { AuditFact } from '../../../shared/kernel/audit.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';

type Told = Pick<AuditFact, 'event' | 'details'>;

/** Every detail that a command records on a case, as it records it; ids are letters that no name holds. */
const told: readonly Told[] = [
  { event: 'case-submitted', details: { programmeId: 'major-illness-relief', programmeVersion: 3 } },
  { event: 'request-opened', details: { requestId: 'QQ1', purpose: 'review', seats: 2 } },
  { event: 'award-made', details: { awardId: 'QQ2', kind: 'whole', amountFen: 100_000, totalFen: 100_000 } },
  { event: 'award-made', details: { awardId: 'QQ2', kind: 'advance', amountFen: 100_000, totalFen: 100_000 } },
  { event: 'award-taken-back', details: { awardId: 'QQ2', withBank: false } },
  { event: 'notice-posted', details: { until: '2016-03-14T16:00:00.000Z', isEstimate: false } },
  { event: 'objection-raised', details: { objectionId: 'QQ3' } },
  { event: 'payout-batch', details: { payoutId: 'QQ4', batchId: 'QQ5', amountFen: 100_000, fundId: 'QQ6' } },
  { event: 'application-changed', details: { contentVersion: 2, accountChanged: true } },
  { event: 'account-approved-anew', details: { signatures: 2 } },
  { event: 'item-scheduled', details: { itemId: 'QQ7', kind: 'claw-back', dueAt: '2016-04-14T16:00:00.000Z' } },
  { event: 'item-scheduled', details: { itemId: 'QQ7', kind: 'paper', dueAt: '2016-04-14T16:00:00.000Z' } },
  { event: 'item-done', details: { itemId: 'QQ7', kind: 'visit' } },
  { event: 'paper-added', details: { paperId: 'diagnosis', fileId: 'QQ8' } },
  { event: 'paper-extended', details: { itemId: 'QQ7', paperId: 'diagnosis', until: '2016-05-06', extendedTimes: 1 } },
  { event: 'visit-recorded', details: { itemId: 'QQ7', visit: 1, visitedOn: '2016-05-07' } },
  { event: 'payment-checked', details: { itemId: 'QQ7', arrivedFen: 90_000, amountFen: 100_000 } },
  { event: 'recovery-opened', details: { recoveryId: 'QQ9', cause: 'overpayment', amountFen: 100_000 } },
  { event: 'repayment-recorded', details: { recoveryId: 'QQ9', repaymentId: 'QQ10', amountFen: 100_000 } },
];

async function trailIn(lang: string): Promise<string> {
  const ports = staffPorts();
  const caseId = ports.caseInReview();
  ports.act(caseId, (file, { now: at }) => ({
    kind: 'changed',
    changes: { case: file.case, facts: told.map((each) => ({ ...each, by: 'public', at })) },
  }));
  const { reader } = await signInTo(ports, 'qiu-zhengheng');
  reader.cookies.set('lang', lang);
  return (await reader.get(`/office/cases/${caseId}`)).text;
}

it.each([
  [
    'zh',
    '提出异议的人',
    '项目：大病救助',
    '2016年3月14日 24:00',
    '类别：先行救助',
    '类别：追回款项',
    '事由：多付',
    '2016年5月6日',
  ],
  [
    'en',
    'Whoever objected',
    'programme: Major illness',
    '14 March 2016',
    'kind: advance',
    'cause: Overpayment',
    '6 May 2016',
  ],
])('names whoever acted and every detail of a case in words (%s)', async (lang, ...said) => {
  const text = await trailIn(lang);
  for (const each of said) expect(text).toContain(each);
  const names = [...new Set(told.flatMap(({ details }) => Object.keys(details)))].filter((name) => /[A-Z]/.test(name));
  const values = ['public', 'whole', 'claw-back', 'overpayment', 'major-illness-relief', 'T16:00'];
  const raw = [...names, ...(lang === 'zh' ? [...values, 'kind', 'cause', 'visit', 'signatures'] : [])];
  for (const name of raw) expect(text).not.toContain(name);
});
