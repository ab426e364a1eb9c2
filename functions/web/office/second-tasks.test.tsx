import { beforeEach, describe, expect, it } from 'vitest';
import { declineRecovery, proposeRecovery } from '../../../shared/cases/claim-overpayment.ts';
import { beginBatch } from '../../../shared/disbursement/decide-batch.ts';
import { propose } from '../../../shared/funds/propose.ts';
import type { Wanted } from '../../../shared/funds/proposal.ts';
import {
  batchIdSchema,
  type CaseId,
  fundIdSchema,
  personIdSchema,
  proposalIdSchema,
} from '../../../shared/kernel/ids.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';

let ports: ReturnType<typeof financePorts>;
beforeEach(() => {
  ports = financePorts();
});

const [maker, checker, office] = ['ji-qiushi', 'bian-sujun', 'wen-zhuxi'] as const;
const fundId = fundIdSchema.parse('municipal-federation');

/** What waits for somebody, as their first list tells it. */
const mine = async (person: string) => (await (await ports.signedIn(person)).reader.get('/office/mine')).text;
const title = '等您确认';

describe('what is proposed for a fund', () => {
  const at = `/finance/funds/${fundId}/proposals/P1`;
  const offer = async (member: string) => {
    const voucher = { number: 'SZ-9', date: localDateOf(ports.clock.now) };
    const wanted: Wanted = { kind: 'hand-back', amountFen: yuan(100), voucher, reason: '年末交回' };
    const asked = { proposalId: proposalIdSchema.parse('P1'), fundId, wanted };
    const by = { member: ports.staff.get(personIdSchema.parse(member))!, now: ports.clock.now };
    expect(await ports.deps.changeTreasury((read) => propose(read, asked, by))).toMatchObject({ kind: 'saved' });
  };

  it('is in the list of whoever may confirm it, and of nobody else', async () => {
    await offer(maker);
    for (const person of [checker, office]) {
      const page = await (await ports.signedIn(person)).reader.get('/office/mine');
      for (const said of [title, '市总工会帮扶资金', '资金办理']) expect(page.text).toContain(said);
      expect(page.html).toContain(`href="${at}"`);
    }
    for (const person of [maker, 'you-zhidu']) expect(await mine(person)).not.toContain(title);
    expect(await mine(maker)).toContain('现在没有等您办理的事项');
  });

  it('is what they come to when they sign in, and not what its proposer does', async () => {
    const cameTo = async (person: string) => (await signInTo(ports, person)).page.path;
    expect([await cameTo(checker), await cameTo(office)]).toEqual(['/finance', '/office/cases']);
    await offer(maker);
    expect([await cameTo(checker), await cameTo(office)]).toEqual(['/office/mine', '/office/mine']);
    expect(await cameTo(maker)).toBe('/finance');
  });

  it('keeps nobody out who signs in while it cannot be read', async () => {
    const unreadable = () => Promise.reject(new Error('an item of a later release'));
    const { page } = await signInTo({ ...ports, deps: { ...ports.deps, proposals: unreadable } }, checker);
    expect(page.path).toBe('/finance');
  });

  it('by the office is for finance alone', async () => {
    await offer(office);
    expect(await mine('zhuang-caiwei')).not.toContain(title);
    for (const person of [maker, checker]) expect(await mine(person)).toContain('市总工会帮扶资金');
  });

  it.each([
    ['confirmed', () => ({ code: freshCode(ports, checker) })],
    ['rejected', () => ({ rejectReason: '凭证不符' })],
  ])('is gone from every list once it is %s', async (settled, fields) => {
    await offer(maker);
    withAuthenticator(ports, checker);
    const { reader } = await ports.signedIn(checker);
    const done = await reader.post(await reader.get(at), `${at}/${settled.slice(0, -2)}`, fields());
    expect(done.text).toContain('已办理');
    for (const person of [checker, office]) expect(await mine(person)).not.toContain(title);
  });
});

describe('an overpayment claim', () => {
  let caseId: CaseId;
  const personId = personIdSchema.parse(maker);
  /** 2,000 yuan were paid, of which one of finance claims 500 back. */
  beforeEach(() => {
    caseId = ports.caseInPayment();
    ports.act(caseId, (file) => ({
      kind: 'changed',
      changes: { case: file.case, payouts: file.payouts.map((each) => ({ ...each, status: 'paid' })), facts: [] },
    }));
    const wish = { personId, amountFen: yuan(500), reason: '发票已由保险赔付' };
    expect(ports.act(caseId, (file, around) => proposeRecovery(file, around, wish)).kind).toBe('done');
  });
  const at = () => `/finance/recoveries/${caseId}/${ports.file(caseId).recoveries[0]!.recoveryId}`;

  it('is in the list of whoever may agree to it, and gone once one of them has', async () => {
    expect(await mine(maker)).not.toContain(title);
    const { reader } = await ports.signedIn(checker);
    const page = await reader.get('/office/mine');
    for (const said of [title, 'DB-2016-00001', '追回多付款']) expect(page.text).toContain(said);
    expect(page.html).toContain(`href="${at()}"`);
    expect(await mine(office)).toContain('追回多付款');
    await reader.post(await reader.get(at()), `${at()}/agree`);
    for (const person of [checker, office]) expect(await mine(person)).not.toContain(title);
  });

  it('is gone once it is declined', async () => {
    const { recoveryId } = ports.file(caseId).recoveries[0]!;
    const by = { personId: personIdSchema.parse(checker), recoveryId };
    expect(ports.act(caseId, (file, around) => declineRecovery(file, around, by)).kind).toBe('done');
    for (const person of [checker, office]) expect(await mine(person)).not.toContain(title);
  });

  it('is in no list of a relative', async () => {
    ports.interests.set(personIdSchema.parse(checker), 'sibling');
    expect(await mine(checker)).not.toContain(title);
    expect(await mine(office)).toContain('追回多付款');
  });
});

it('a batch that is made waits for another of finance', async () => {
  const caseId = ports.caseInPayment();
  const { payoutId, fundId: of, amountFen } = ports.file(caseId).payouts[0]!;
  const begun = beginBatch({
    ...{ batchId: batchIdSchema.parse('B1'), batchNumber: 'PC-2016-0001', profileId: 'generic-csv', answers: [] },
    ...{ members: [{ caseId, payoutId, fundId: of, amountFen, payeeDigest: 'digest', isIn: true }] },
    ...{ personId: personIdSchema.parse(maker), at: ports.clock.now },
  });
  if (begun.kind === 'refused') throw new Error(begun.code);
  ports.batches.set(begun.batch.batchId, { ...begun.batch, status: 'made' });
  const told = await mine(checker);
  for (const said of ['PC-2016-0001', '放行批次']) expect(told).toContain(said);
  for (const person of [maker, office]) expect(await mine(person)).not.toContain(title);
});
