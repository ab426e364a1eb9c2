import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { payoutIdSchema, personIdSchema } from '../../../shared/kernel/ids.ts';
import { castVote } from '../../../shared/cases/cast-vote.ts';
import { climbRung } from '../../../shared/cases/climb-rung.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import { addHours, localDateOf } from '../../../shared/kernel/time.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { signInRoutes } from '../office/sign-in.tsx';
import { financeApp } from './finance-app.tsx';

let ports: ReturnType<typeof staffPorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = staffPorts();
  for (const person of ['ji-qiushi', 'bian-sujun']) withAuthenticator(ports, person);
  caseId = ports.caseInReview();
  everybody('recommend');
  while (ports.file(caseId).case.status === 'in-approval') {
    ports.openWait(caseId, 'approval');
    everybody('approve');
  }
  ports.openWait(caseId, 'notice');
  ports.clock.now = ports.file(caseId).case.noticeUntil!;
  ports.act(caseId, (file, around) => {
    const climbed = climbRung(file, around);
    if (climbed.kind === 'not-due') throw new Error('the notice has not ended');
    return climbed;
  });
  expect(ports.file(caseId).case.status).toBe('in-payment');
});

/** All who are asked answer the same, until it is settled. */
function everybody(verdict: 'recommend' | 'approve') {
  const request = ports.file(caseId).requests.find(({ status }) => status === 'open')!;
  for (const { personId, askedAt } of request.seats) {
    const isOpen = ports
      .file(caseId)
      .requests.some(({ requestId, status }) => requestId === request.requestId && status === 'open');
    if (askedAt === undefined || !isOpen) continue;
    const { requestId, contentVersion } = request;
    const ballot = { personId, requestId, contentVersion, verdict, amountFen: yuan(2_000), note: '', missing: [] };
    expect(ports.act(caseId, (file, around) => castVote(file, around, ballot)).kind).toBe('done');
  }
}

async function signedIn(person: string) {
  const app = financeApp(ports.deps);
  signInRoutes(app, ports.deps);
  const reader = pageReader(app);
  const ask = await reader.get('/sign-in?next=%2Ffinance');
  await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(person))!.email });
  const enter = await reader.get(`/sign-in/sign-in-${person}`);
  const page = await reader.post(enter, `/sign-in/sign-in-${person}`);
  return { reader, page };
}

const payoutPath = () => {
  const [payout] = ports.file(caseId).payouts;
  return `/finance/payouts/${caseId}/${payout!.payoutId}`;
};
const release = async () => {
  const maker = await signedIn('ji-qiushi');
  return maker.reader.post(maker.page, '/finance/release', {
    payout: `${caseId}/${ports.file(caseId).payouts[0]!.payoutId}`,
    code: freshCode(ports, 'ji-qiushi'),
  });
};

describe('finance', () => {
  it('leads whoever is not signed in to the sign-in page and back', async () => {
    const response = await financeApp(ports.deps).request('/finance/funds');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Ffinance%2Ffunds');
  });

  it('is closed, in words, to those without the role', async () => {
    const { page } = await signedIn('you-zhidu');
    expect(page.path).toBe('/finance');
    expect(page.status).toBe(403);
  });

  it('lists what is to be released, with the whole account and the total', async () => {
    const { page } = await signedIn('ji-qiushi');
    expect(page.status).toBe(200);
    for (const text of ['DB-2016-00001', '6200000000001234', '2,000.00 元', '共 1 笔'])
      expect(page.text).toContain(text);
  });

  it('shows an auditor the list with names and accounts masked and nothing to press', async () => {
    const { page } = await signedIn('qiu-zhengheng');
    expect(page.text).toContain('**** 1234');
    expect(page.text).not.toContain('6200000000001234');
    expect(page.html).not.toContain('/finance/release');
  });

  it('releases, and another person confirms by the bank’s reference; the case is paid', async () => {
    expect((await release()).text).toContain('已交付银行 1 笔');
    ports.clock.now = addHours(ports.clock.now, 48);
    const { reader, page } = await signedIn('bian-sujun');
    const code = freshCode(ports, 'bian-sujun');
    const fields = { bankReference: 'ICBC-17', paidOn: ports.clock.now.slice(0, 10), code };
    const done = await reader.post(page, `${payoutPath()}/confirm`, fields);
    expect(done.text).toContain('已确认到账');
    expect(ports.file(caseId).case.status).toBe('paid');
    const again = await reader.post(done, `${payoutPath()}/confirm`, fields);
    expect(again.status).toBe(200);
    expect(ports.funds()[0]).toMatchObject({ paidFen: 200_000, reservedFen: 0 });
  });

  it('refuses a confirmation by whoever released it', async () => {
    await release();
    const maker = await signedIn('ji-qiushi');
    const paidOn = localDateOf(ports.clock.now);
    const done = await maker.reader.post(maker.page, `${payoutPath()}/confirm`, { bankReference: 'X', paidOn });
    expect(done.status).toBe(403);
    expect(done.text).toContain('须由另一人办理');
    expect(ports.file(caseId).payouts[0]!.status).toBe('released');
  });

  it('offers no button to confirm to whoever released it, and says why', async () => {
    await release();
    const maker = await signedIn('ji-qiushi');
    const own = await maker.reader.get(payoutPath());
    expect(own.html).not.toContain('/confirm"');
    expect(own.html).toContain('/fail"');
    expect(own.text).toContain('请另一位财务人员办理');
    const checker = await signedIn('bian-sujun');
    const page = await checker.reader.get(payoutPath());
    expect(page.html).toContain('/confirm"');
    expect(page.text).not.toContain('请另一位财务人员办理');
  });

  it('says in words that a bank reference stands on another payout, and keeps what was typed', async () => {
    await release();
    ports.act(caseId, (file) => {
      const paid = { ...file.payouts[0]!, payoutId: payoutIdSchema.parse('another'), status: 'paid' as const };
      const payouts = [{ ...paid, bankReference: 'ICBC-17' }];
      return { kind: 'changed', changes: { case: file.case, payouts, facts: [] } };
    });
    const { reader, page } = await signedIn('bian-sujun');
    const paidOn = localDateOf(ports.clock.now);
    const done = await reader.post(page, `${payoutPath()}/confirm`, { bankReference: 'icbc-17', paidOn });
    expect(done.status).toBe(409);
    expect(done.text).toContain('这个银行流水号已经登记在另一笔发放上');
    expect(done.html).toContain('icbc-17');
    expect(ports.file(caseId).payouts[0]!.status).toBe('released');
  });

  it('says all that is missing from a confirmation and keeps what was typed', async () => {
    await release();
    const { reader, page } = await signedIn('bian-sujun');
    const done = await reader.post(page, `${payoutPath()}/confirm`, { bankReference: '', paidOn: '2016-13-40' });
    expect(done.status).toBe(422);
    expect(done.text).toContain('请填写银行流水号');
    expect(done.html).toContain('2016-13-40');
  });

  it('records a failure with its reason and keeps the money reserved', async () => {
    await release();
    const { reader, page } = await signedIn('bian-sujun');
    const done = await reader.post(page, `${payoutPath()}/fail`, {
      reason: '户名不符',
      failCode: freshCode(ports, 'bian-sujun'),
    });
    expect(done.text).toContain('已登记退票');
    expect(ports.file(caseId).payouts[0]!.status).toBe('failed');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });
  });

  it('without its token releases nothing', async () => {
    const { reader, page } = await signedIn('ji-qiushi');
    const payout = `${caseId}/${ports.file(caseId).payouts[0]!.payoutId}`;
    expect((await reader.post(page, '/finance/release', { payout }, '')).status).toBe(403);
    expect((await reader.post(page, '/finance/release')).status).toBe(422);
    expect(ports.file(caseId).payouts[0]!.status).toBe('ordered');
  });

  it('shows each fund’s balances and its ledger', async () => {
    const { reader } = await signedIn('ji-qiushi');
    expect((await reader.get('/finance/funds')).text).toContain('49,000.00 元');
    expect((await reader.get('/finance/funds/municipal-federation')).text).toContain('预留');
    expect((await reader.get('/finance/funds/none')).status).toBe(404);
  });
});
