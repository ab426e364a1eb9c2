import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { proveBooks } from '../../functions/upkeep/prove-books.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { actOnCase, awardsNothing } from '../../functions/middleware/act-on-case.ts';
import { sweepOutbox } from '../../functions/waits/sweep-outbox.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import { agreeRecovery, proposeRecovery } from '../../shared/cases/claim-overpayment.ts';
import { recordRepayment, rejectRepayment } from '../../shared/cases/repay.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { propose } from '../../shared/funds/propose.ts';
import { settleProposal } from '../../shared/funds/settle-proposal.ts';
import {
  caseIdSchema,
  fundIdSchema,
  personIdSchema,
  proposalIdSchema,
  recoveryIdSchema,
} from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { asInstant, asLocalDate } from '../../shared/kernel/time.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { listFunds } from '../../shared/store/fund-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { listStaff } from '../../shared/store/staff-store.ts';
import { changeTreasury } from '../../shared/store/treasury-store.ts';
import { receiptOf } from '../support/funded.ts';
import { outboxPorts } from '../support/outbox-ports.ts';
import { changesTo, sampleCase, savedFile } from '../support/sample-case.ts';
import { startStore, type TestStore } from '../support/store.ts';

const start = asInstant('2016-11-29T02:00:00.000Z');
const fundId = fundIdSchema.parse('group-union');
const finance = ['bian.sujun-demo@union.example', 'ji.qiushi-demo@union.example'];
const office = ['wen.zhuxi-demo@union.example', 'zhuang.caiwei-demo@union.example'];

let own: TestStore;
let staff: readonly StaffMember[];
let ports: ReturnType<typeof outboxPorts>;
beforeAll(async () => {
  own = await startStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
  staff = await listStaff(own.store);
});
beforeEach(() => {
  ports = outboxPorts(own.store, start);
  ports.sfn.on(SendTaskSuccessCommand).resolves({});
});
afterAll(() => own.stop());

const left = () => outboxOlderThan(own.store, asInstant('2030-01-01T00:00:00.000Z'));
const to = () => ports.mails.map((mail) => mail.to).toSorted();
const member = (id: string) => staff.find(({ personId }) => personId === id)!;
const offer = (id: string, by = 'ji-qiushi') =>
  changeTreasury(own.store, (read) =>
    propose(
      read,
      { proposalId: proposalIdSchema.parse(id), fundId, wanted: receiptOf(50_000, `V-${id}`, start) },
      { member: member(by), now: start },
    ),
  );
const confirm = (id: string, by = 'bian-sujun') =>
  changeTreasury(own.store, (read) =>
    settleProposal(
      read,
      { proposalId: proposalIdSchema.parse(id), confirms: true },
      { member: member(by), now: start },
    ),
  );

test('the seed, which confirms what it proposes, leaves nobody a mail', async () => {
  expect(await left()).toEqual([]);
});

test('what is proposed for a fund has its mails in the outbox by the same write, once however often it is pressed', async () => {
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => offer('pressed')));
  expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
  const items = await left();
  expect(items).toHaveLength(3);
  expect(items).toEqual(
    expect.arrayContaining(
      ['bian-sujun', 'wen-zhuxi', 'zhuang-caiwei'].map((person) =>
        expect.objectContaining({ template: 'fund-to-confirm', fundId, proposalId: 'pressed', to: { person } }),
      ),
    ),
  );

  await ports.act.send(items);
  await ports.act.send(items);
  expect(new Set(ports.mails.map(({ messageId }) => messageId)).size).toBe(3);
  expect(new Set(to())).toEqual(new Set([finance[0], ...office]));
  const [mail] = ports.mails;
  expect(mail?.subject).toMatch(/^资金办理待另一人确认 · /);
  expect(mail?.text).toContain('https://relief.example/finance/funds/group-union/proposals/pressed');
  for (const hidden of ['/d/', '500', '公司行政', 'V-pressed', '9900'])
    for (const part of [mail!.subject, mail!.text, mail!.html]) expect(part).not.toContain(hidden);
  expect(await left()).toEqual([]);
  expect((await confirm('pressed')).kind).toBe('saved');
});

test('what the office proposes is mailed to finance alone', async () => {
  const made = await offer('by-office', 'wen-zhuxi');
  await ports.act.send(made.kind === 'saved' ? made.outbox : []);
  expect(to()).toEqual(finance);
});

test('a refused proposal and a confirmation leave no mail', async () => {
  expect(await offer('refused', 'you-zhidu')).toMatchObject({ kind: 'refused', code: 'not-allowed' });
  expect(await confirm('by-office')).toMatchObject({ kind: 'saved', outbox: [] });
  expect(await left()).toEqual([]);
});

test('what could not be sent is sent by the sweeper, unless it was confirmed meanwhile', async () => {
  ports.failMails(new Error('out of order'));
  for (const id of ['late', 'later']) {
    const made = await offer(id);
    await ports.act.send(made.kind === 'saved' ? made.outbox : []);
  }
  expect(await left()).toHaveLength(6);
  expect((await confirm('late')).kind).toBe('saved');
  ports.failMails(undefined);
  ports.pass(60_000);
  await sweepOutbox(ports.outbox, () => {});
  expect(to()).toEqual([finance[0], ...office]);
  for (const { text } of ports.mails) expect(text).toContain('/proposals/later');
  expect(await left()).toEqual([]);
});

/** A case of which a payment was made, as the store keeps it. */
async function paidCase(id: string) {
  const theCase = sampleCase(id, { status: 'in-payment', stageIndex: 3 });
  const { caseId } = theCase;
  const payout = payoutSchema.parse({
    ...{ payoutId: `${caseId}.1.1.1`, caseId, awardId: `${caseId}.1`, fundId, amountFen: 200_000, attempt: 1 },
    ...{ payee: { holderName: '林海生', bankName: '农商银行', accountNumber: '6222000000000001' } },
    ...{ status: 'paid', orderedAt: start, paidOn: '2016-11-28' },
  });
  savedFile(
    await saveChanges(own.store, undefined, changesTo(theCase, { payouts: [payout] }), {
      funds: await listFunds(own.store),
    }),
  );
  return caseId;
}

test('an overpayment claim is mailed, by the same write, to those who may agree to it, and not once one has', async () => {
  const caseId = await paidCase('claimed');
  const wish = { personId: personIdSchema.parse('ji-qiushi'), amountFen: yuan(500), reason: '发票已由保险赔付' };
  const claim = () =>
    actOnCase(ports.act, caseId, (file, around) => proposeRecovery(file, around, wish), awardsNothing);
  expect((await claim()).kind).toBe('done');
  expect(to()).toEqual([finance[0], ...office]);
  expect(ports.mails[0]?.text).toContain(`https://relief.example/finance/recoveries/${caseId}/${caseId}.overpaid.1`);
  for (const hidden of ['/d/', '500', '保险', '林海生', '6222'])
    for (const { subject, text, html } of ports.mails) expect(`${subject}${text}${html}`).not.toContain(hidden);

  ports.mails.length = 0;
  ports.failMails(new Error('out of order'));
  expect((await claim()).kind).toBe('done');
  expect(await left()).toHaveLength(3);
  const recoveryId = recoveryIdSchema.parse(`${caseId}.overpaid.2`);
  const by = { personId: personIdSchema.parse('bian-sujun'), recoveryId };
  const agreed = await actOnCase(ports.act, caseId, (file, around) => agreeRecovery(file, around, by), awardsNothing);
  expect(agreed.kind).toBe('done');
  ports.failMails(undefined);
  ports.pass(60_000);
  await sweepOutbox(ports.outbox, () => {});
  expect([to(), await left()]).toEqual([[], []]);
});

test('a repayment is mailed to the other of finance, and to whoever recorded it once the other makes it void', async () => {
  const caseId = caseIdSchema.parse('claimed');
  const recoveryId = recoveryIdSchema.parse(`${caseId}.overpaid.2`);
  const by = (id: string) => ({ personId: personIdSchema.parse(id), recoveryId });
  const repaid = { amountFen: yuan(200), on: asLocalDate('2016-11-29'), bankReference: 'IN-1' };
  const act = (decide: (file: CaseFile, around: Around) => Decided) =>
    actOnCase(ports.act, caseId, decide, awardsNothing);
  const recorded = await act((file, around) => recordRepayment(file, around, { ...by('ji-qiushi'), ...repaid }));
  expect([recorded.kind, to()]).toEqual(['done', [finance[0]]]);
  ports.mails.length = 0;
  const repaymentId = `${recoveryId}.1`;
  const voided = await act((file, around) => rejectRepayment(file, around, { ...by('bian-sujun'), repaymentId }));
  expect([voided.kind, to()]).toEqual(['done', [finance[1]]]);
  expect(ports.mails[0]?.subject).toContain('退款登记已作废：');
  expect(ports.mails[0]?.text).toContain(`https://relief.example/finance/recoveries/${caseId}/${recoveryId}`);
  expect(await left()).toEqual([]);
});

test('the books hold with all of it', async () => {
  const { wrong } = await proveBooks({ ...own.store, pause: async () => {} });
  expect(wrong.filter(({ item }) => item.includes('proposal#') || item.includes('fund#'))).toEqual([]);
});
