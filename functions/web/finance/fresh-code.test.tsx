import { beforeEach, describe, expect, it } from 'vitest';
import { castVote } from '../../../shared/cases/cast-vote.ts';
import { climbRung } from '../../../shared/cases/climb-rung.ts';
import { type CaseId, personIdSchema } from '../../../shared/kernel/ids.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import { addMs, localDateOf } from '../../../shared/kernel/time.ts';
import { codeOfStep, stepOf } from '../../../shared/register/totp.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { signInRoutes } from '../office/sign-in.tsx';
import { financeApp } from './finance-app.tsx';

const maker = 'ji-qiushi';
const checker = 'bian-sujun';
const minute = 60_000;

let ports: ReturnType<typeof financePorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = financePorts();
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
  expect(payout().status).toBe('ordered');
});

function everybody(verdict: 'recommend' | 'approve') {
  const request = ports.file(caseId).requests.find(({ status }) => status === 'open')!;
  for (const { personId, askedAt } of request.seats) {
    const { requestId, contentVersion } = request;
    const isOpen = ports.file(caseId).requests.some((each) => each.requestId === requestId && each.status === 'open');
    if (askedAt === undefined || !isOpen) continue;
    const ballot = { personId, requestId, contentVersion, verdict, amountFen: yuan(2_000), note: '', missing: [] };
    expect(ports.act(caseId, (file, around) => castVote(file, around, ballot)).kind).toBe('done');
  }
}

const payout = () => ports.file(caseId).payouts[0]!;
const payoutPath = () => `/finance/payouts/${caseId}/${payout().payoutId}`;

async function signedIn(person: string) {
  const app = financeApp(ports.deps);
  signInRoutes(app, ports.deps);
  const reader = pageReader(app);
  const ask = await reader.get('/sign-in?next=%2Ffinance');
  await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(person))!.email });
  const enter = await reader.get(`/sign-in/sign-in-${person}`);
  return { reader, page: await reader.post(enter, `/sign-in/sign-in-${person}`) };
}

/** The maker, signed in, posts a release with this code. */
async function releasing() {
  const { reader, page } = await signedIn(maker);
  const choice = `${caseId}/${payout().payoutId}`;
  return (code?: string) =>
    reader.post(page, '/finance/release', { payout: choice, ...(code === undefined ? {} : { code }) });
}

const authenticatorOf = (person: string) => ports.authenticators.get(personIdSchema.parse(person))!;
/** A code that is none of those that count now. */
function wrongCode(person: string): string {
  const step = stepOf(ports.clock.now);
  const good = [-1, 0, 1].map((aside) => codeOfStep(authenticatorOf(person).secret!, step + aside));
  return ['000000', '000001', '000002', '000003'].find((code) => !good.includes(code))!;
}

describe('promise 7: a link alone never pays', () => {
  it('promise 7: whoever has only the link of a mail is told what to do, and hands nothing to the bank', async () => {
    const release = await releasing();
    const { page } = await signedIn(maker);
    expect(page.text).toContain('办理这一步要用动态口令，您还没有启用。');
    expect(page.html).toContain('href="/account/authenticator"');
    for (const code of [undefined, '', '123456', 'AAAAAAAAA0']) {
      const refused = await release(code);
      expect([code, refused.status]).toEqual([code, 403]);
      expect(refused.text).toContain('请当面找工会办公室领取启用码');
    }
    expect(payout().status).toBe('ordered');
    withAuthenticator(ports, maker);
    const asked = await release();
    expect([asked.status, asked.text.includes('请填写动态口令')]).toEqual([422, true]);
    expect(asked.html).toMatch(/name="payout"[^>]*checked/);
    expect(payout().status).toBe('ordered');
  });

  it('promise 7: a fresh code releases, and counts once: not again for the confirmation, nor for anything else', async () => {
    const release = await releasing();
    const code = freshCode(ports, maker);
    expect((await release(code)).text).toContain('已交付银行 1 笔');
    const { reader, page } = await signedIn(maker);
    const again = await reader.post(page, `${payoutPath()}/fail`, { reason: '户名不符', failCode: code });
    expect([again.status, again.text.includes('这个动态口令已经用过')]).toEqual([422, true]);
    expect(again.html).toContain('户名不符');
    expect(again.html).not.toContain(code);
    expect(payout().status).toBe('released');
    expect(authenticatorOf(maker).wrongTries).toBe(0);
  });

  it('promise 7: a code of two steps ago, or of two steps to come, is wrong', async () => {
    const release = await releasing();
    const { secret } = withAuthenticator(ports, maker);
    for (const aside of [-2, 2]) {
      const refused = await release(codeOfStep(secret!, stepOf(ports.clock.now) + aside));
      expect([aside, refused.status]).toEqual([aside, 422]);
      expect(refused.text).toContain('动态口令不对');
    }
    expect(payout().status).toBe('ordered');
    expect((await release(codeOfStep(secret!, stepOf(ports.clock.now) - 1))).text).toContain('已交付银行 1 笔');
  });

  it('promise 7: another’s code is wrong, also where that person has just used none', async () => {
    const release = await releasing();
    withAuthenticator(ports, maker);
    const refused = await release(freshCode(ports, checker));
    expect([refused.status, refused.text.includes('动态口令不对')]).toEqual([422, true]);
    expect(refused.text).toContain('还可以试 4 次');
    expect(payout().status).toBe('ordered');
    expect(authenticatorOf(checker)).toMatchObject({ lastStep: 0, wrongTries: 0 });
  });

  it('promise 7: five wrong codes lock that person and nobody else, also for a right one, until the time has passed', async () => {
    const release = await releasing();
    withAuthenticator(ports, maker);
    for (const left of [4, 3, 2, 1]) expect((await release(wrongCode(maker))).text).toContain(`还可以试 ${left} 次`);
    const locked = await release(wrongCode(maker));
    expect([locked.status, locked.text.includes('连续填错 5 次')]).toEqual([429, true]);
    // In another browser too: what is counted is the person.
    const elsewhere = await releasing();
    expect((await elsewhere(freshCode(ports, maker))).status).toBe(429);
    expect((await elsewhere('AAAAAAAAA0')).status).toBe(429);
    expect(payout().status).toBe('ordered');
    ports.clock.now = addMs(ports.clock.now, 15 * minute - 1);
    expect((await release(freshCode(ports, maker))).status).toBe(429);
    ports.clock.now = addMs(ports.clock.now, 1);
    expect((await release(freshCode(ports, maker))).text).toContain('已交付银行 1 笔');
    const { reader, page } = await signedIn(checker);
    const done = await reader.post(page, `${payoutPath()}/confirm`, {
      bankReference: 'ICBC-17',
      paidOn: localDateOf(ports.clock.now),
      code: freshCode(ports, checker),
    });
    expect(done.text).toContain('已确认到账');
    expect(ports.authenticatorFacts.map(({ event }) => event)).toEqual([
      ...Array.from({ length: 5 }, () => 'authenticator.code-refused'),
      'authenticator.locked',
      'authenticator.code-used',
      'authenticator.code-used',
    ]);
  });

  it('promise 7: a recovery code counts once, and only for whom it was printed', async () => {
    withAuthenticator(ports, maker);
    withAuthenticator(ports, checker);
    const release = await releasing();
    expect((await release('BBBBBBBBBB')).status).toBe(422);
    expect((await release('aaaaa-aaaa3')).text).toContain('已交付银行 1 笔');
    expect(authenticatorOf(maker).recoveryHashes).toHaveLength(9);
    const { reader, page } = await signedIn(maker);
    const again = await reader.post(page, `${payoutPath()}/fail`, { reason: '户名不符', failCode: 'AAAAAAAAA3' });
    expect([again.status, payout().status]).toEqual([422, 'released']);
    expect(authenticatorOf(checker).recoveryHashes).toHaveLength(10);
  });

  it('promise 7: neither a confirmation nor a failure is entered without a code', async () => {
    const release = await releasing();
    await release(freshCode(ports, maker));
    withAuthenticator(ports, checker);
    const { reader, page } = await signedIn(checker);
    const confirmation = { bankReference: 'ICBC-17', paidOn: localDateOf(ports.clock.now) };
    const one = await reader.post(page, `${payoutPath()}/confirm`, confirmation);
    const two = await reader.post(page, `${payoutPath()}/confirm`, { ...confirmation, code: wrongCode(checker) });
    const three = await reader.post(page, `${payoutPath()}/fail`, { reason: '户名不符' });
    expect([one.status, two.status, three.status]).toEqual([422, 422, 422]);
    expect(one.html).toContain('ICBC-17');
    expect(payout().status).toBe('released');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });
  });

  it('uses no code up for a form that is wrong anyway, nor for a button that is pressed twice', async () => {
    const release = await releasing();
    await release(freshCode(ports, maker));
    const { reader, page } = await signedIn(checker);
    const code = freshCode(ports, checker);
    const paidOn = localDateOf(ports.clock.now);
    const wrong = await reader.post(page, `${payoutPath()}/confirm`, { bankReference: '', paidOn, code });
    expect([wrong.status, authenticatorOf(checker).lastStep]).toEqual([422, 0]);
    const filled = { bankReference: 'ICBC-17', paidOn, code };
    expect((await reader.post(page, `${payoutPath()}/confirm`, filled)).text).toContain('已确认到账');
    const twice = await reader.post(page, `${payoutPath()}/confirm`, filled);
    expect([twice.status, payout().status]).toEqual([200, 'paid']);
  });

  it('takes something that is no code at all for a slip, and no try', async () => {
    const release = await releasing();
    withAuthenticator(ports, maker);
    for (const slip of ['12345', '1234567', '不知道']) expect((await release(slip)).status).toBe(422);
    expect(authenticatorOf(maker).wrongTries).toBe(0);
  });
});
