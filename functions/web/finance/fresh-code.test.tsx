import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseId, batchIdSchema, personIdSchema } from '../../../shared/kernel/ids.ts';
import { addMs, localDateOf } from '../../../shared/kernel/time.ts';
import { codeOfStep, stepOf } from '../../../shared/register/totp.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';

const maker = 'ji-qiushi';
const checker = 'bian-sujun';
const minute = 60_000;

let ports: ReturnType<typeof financePorts>;
let caseId: CaseId;
beforeEach(async () => {
  ports = financePorts();
  caseId = ports.caseInPayment();
  await makeBatch(maker, caseId, 'B1');
  expect(ports.authenticators.size).toBe(0);
  expectUnreleased();
});

const payout = () => ports.file(caseId).payouts[0]!;
const payoutPath = () => `/finance/payouts/${caseId}/${payout().payoutId}`;

/** This person makes a batch of the case's one payment. It takes no code. */
async function makeBatch(person: string, ofCase: CaseId, batchId: string) {
  const { reader, page } = await ports.signedIn(person);
  const { payoutId } = ports.file(ofCase).payouts[0]!;
  const answer = `answer.${payoutId}`;
  const made = await reader.post(page, '/finance/batches', {
    ...{ payout: `${ofCase}/${payoutId}`, profile: 'generic-csv', batchId },
    ...{ [`${answer}.check-digit`]: 'seen-the-card', [`${answer}.holder-differs`]: 'asked-the-bank' },
  });
  expect(made.text).toMatch(/批次 PC-2016-\d{4} 已建立/);
}

/** The payment waits in its batch, and no file was made for the bank. */
function expectUnreleased() {
  expect([ports.batches.get(batchIdSchema.parse('B1'))!.status, payout().status]).toEqual(['made', 'batched']);
  expect(ports.files.size).toBe(0);
}

/** Whoever did not make the batch, signed in, posts its release with this code. */
async function releasing(person = checker, batchId = 'B1') {
  const { reader } = await ports.signedIn(person);
  const page = await reader.get(`/finance/batches/${batchId}`);
  const version = /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? '';
  return (code?: string) =>
    reader.post(page, `/finance/batches/${batchId}/release`, { version, ...(code === undefined ? {} : { code }) });
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
    const { reader } = await ports.signedIn(checker);
    const page = await reader.get('/finance/batches/B1');
    expect(page.text).toContain('办理这一步要用动态口令，您还没有启用。');
    expect(page.html).toContain('href="/account/authenticator"');
    for (const code of [undefined, '', '123456', 'AAAAAAAAA0']) {
      const refused = await release(code);
      expect([code, refused.status]).toEqual([code, 403]);
      expect(refused.text).toContain('请当面找工会办公室领取启用码');
    }
    expectUnreleased();
    withAuthenticator(ports, checker);
    const asked = await release();
    expect([asked.status, asked.text.includes('请填写动态口令')]).toEqual([422, true]);
    expect(asked.html).toContain('/finance/batches/B1/release"');
    expectUnreleased();
  });

  it('promise 7: a fresh code releases, and counts once: not again for the confirmation, nor for anything else', async () => {
    const release = await releasing();
    const code = freshCode(ports, checker);
    expect((await release(code)).text).toContain('已放行，文件已封存');
    const { reader, page } = await ports.signedIn(checker);
    const again = await reader.post(page, `${payoutPath()}/fail`, { failReason: '户名不符', failCode: code });
    expect([again.status, again.text.includes('这个动态口令已经用过')]).toEqual([422, true]);
    expect(again.html).toContain('户名不符');
    expect(again.html).not.toContain(code);
    expect(payout().status).toBe('sent');
    expect(authenticatorOf(checker).wrongTries).toBe(0);
  });

  it('promise 7: a code of two steps ago, or of two steps to come, is wrong', async () => {
    const release = await releasing();
    const { secret } = withAuthenticator(ports, checker);
    for (const aside of [-2, 2]) {
      const refused = await release(codeOfStep(secret!, stepOf(ports.clock.now) + aside));
      expect([aside, refused.status]).toEqual([aside, 422]);
      expect(refused.text).toContain('动态口令不对');
    }
    expectUnreleased();
    expect((await release(codeOfStep(secret!, stepOf(ports.clock.now) - 1))).text).toContain('已放行，文件已封存');
  });

  it('promise 7: another’s code is wrong, also where that person has just used none', async () => {
    const release = await releasing();
    withAuthenticator(ports, checker);
    const refused = await release(freshCode(ports, maker));
    expect([refused.status, refused.text.includes('动态口令不对')]).toEqual([422, true]);
    expect(refused.text).toContain('还可以试 4 次');
    expectUnreleased();
    expect(authenticatorOf(maker)).toMatchObject({ lastStep: 0, wrongTries: 0 });
  });

  it('promise 7: five wrong codes lock that person and nobody else, also for a right one, until the time has passed', async () => {
    const release = await releasing();
    withAuthenticator(ports, checker);
    for (const left of [4, 3, 2, 1]) expect((await release(wrongCode(checker))).text).toContain(`还可以试 ${left} 次`);
    const locked = await release(wrongCode(checker));
    const lockedAt = ports.clock.now;
    expect([locked.status, locked.text.includes('连续填错 5 次')]).toEqual([429, true]);
    // In another browser too: what is counted is the person.
    const elsewhere = await releasing();
    expect((await elsewhere(freshCode(ports, checker))).status).toBe(429);
    expect((await elsewhere('AAAAAAAAA0')).status).toBe(429);
    expectUnreleased();
    await makeBatch(checker, ports.caseInPayment(2), 'B2');
    const other = await releasing(maker, 'B2');
    expect((await other(freshCode(ports, maker))).text).toContain('已放行，文件已封存');
    ports.clock.now = addMs(lockedAt, 15 * minute - 1);
    expect((await release(freshCode(ports, checker))).status).toBe(429);
    ports.clock.now = addMs(ports.clock.now, 1);
    expect((await release(freshCode(ports, checker))).text).toContain('已放行，文件已封存');
    expect(ports.authenticatorFacts.map(({ event }) => event)).toEqual([
      ...Array.from({ length: 5 }, () => 'authenticator.code-refused'),
      'authenticator.locked',
      'authenticator.code-used',
      'authenticator.code-used',
    ]);
  });

  it('promise 7: a recovery code counts once, and only for whom it was printed', async () => {
    withAuthenticator(ports, checker);
    withAuthenticator(ports, maker);
    const release = await releasing();
    expect((await release('BBBBBBBBBB')).status).toBe(422);
    expect((await release('aaaaa-aaaa3')).text).toContain('已放行，文件已封存');
    expect(authenticatorOf(checker).recoveryHashes).toHaveLength(9);
    const { reader, page } = await ports.signedIn(checker);
    const again = await reader.post(page, `${payoutPath()}/fail`, { failReason: '户名不符', failCode: 'AAAAAAAAA3' });
    expect([again.status, payout().status]).toEqual([422, 'sent']);
    expect(authenticatorOf(maker).recoveryHashes).toHaveLength(10);
  });

  it('promise 7: neither a confirmation, a failure, a return nor an undoing is entered without a code', async () => {
    const release = await releasing();
    await release(freshCode(ports, checker));
    const { reader, page } = await ports.signedIn(checker);
    const enter = async (action: string, fields: Record<string, string> = {}) =>
      reader.post(page, `${payoutPath()}/${action}`, fields);
    const confirmation = { bankReference: 'ICBC-17', paidOn: localDateOf(ports.clock.now) };
    const one = await enter('confirm', confirmation);
    const two = await enter('confirm', { ...confirmation, code: wrongCode(checker) });
    const three = await enter('fail', { failReason: '户名不符' });
    expect([one.status, two.status, three.status]).toEqual([422, 422, 422]);
    expect(one.html).toContain('ICBC-17');
    expect(payout().status).toBe('sent');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });

    await enter('confirm', { ...confirmation, code: freshCode(ports, checker) });
    expect((await enter('return', { returnReason: '账户已销户' })).status).toBe(422);
    withAuthenticator(ports, maker);
    const other = await ports.signedIn(maker);
    const undo = `${payoutPath()}/undo`;
    expect((await other.reader.post(other.page, undo, { undoReason: '登记错了' })).status).toBe(422);
    expect([payout().status, payout().bankReference]).toEqual(['paid', 'ICBC-17']);
    expect(ports.funds()[0]).toMatchObject({ paidFen: 200_000, reservedFen: 0 });
  });

  it.each([
    [
      'is handed back',
      'hand-back',
      { amount: '100', voucherNumber: 'TH-1', voucherDate: '2016-03-01', reason: '年末' },
    ],
    ['is carried over', 'carry-over', { amount: '100', into: 'company-administration', reason: '年末' }],
    [
      'is paid from another account',
      'change',
      {
        ...{ nameZh: '公司工会', nameEn: 'Union', programmes: 'major-illness-relief', from: '2015-01-01' },
        ...{ holderName: '工会', bankName: '工商银行', accountNumber: '99910000', clearingCode: '102307000018' },
      },
    ],
  ])('promise 7: no money %s without a code, of finance or of the office', async (_, act, fields) => {
    const at = `/finance/funds/company-union/${act}`;
    const { reader } = await ports.signedIn(maker);
    const form = await reader.get(at);
    const made = await reader.post(form, at, fields);
    expect(made.text).toContain('已提交，等待另一人确认');
    const confirm = `${made.path.replace(/\?.*$/, '')}/confirm`;
    const before = ports.funds();
    for (const person of [checker, 'wen-zhuxi']) {
      const { reader: second } = await ports.signedIn(person);
      const page = await second.get('/finance/funds');
      expect((await second.post(page, confirm)).status).toBe(403);
      withAuthenticator(ports, person);
      for (const code of [undefined, wrongCode(person)])
        expect((await second.post(page, confirm, code === undefined ? {} : { code })).status).toBe(422);
    }
    expect(ports.funds()).toEqual(before);
    const { reader: second } = await ports.signedIn('wen-zhuxi');
    const page = await second.get('/finance/funds');
    const done = await second.post(page, confirm, { code: freshCode(ports, 'wen-zhuxi') });
    expect(done.text).toContain('已办理');
    expect(ports.funds()).not.toEqual(before);
    // Pressed twice: nothing is asked, nothing is done.
    expect((await second.post(page, confirm)).status).toBe(200);
  });

  it('uses no code up for a form that is wrong anyway, nor for a button that is pressed twice', async () => {
    const release = await releasing();
    await release(freshCode(ports, checker));
    const usedBefore = authenticatorOf(checker).lastStep;
    const { reader, page } = await ports.signedIn(checker);
    const code = freshCode(ports, checker);
    const paidOn = localDateOf(ports.clock.now);
    const wrong = await reader.post(page, `${payoutPath()}/confirm`, { bankReference: '', paidOn, code });
    expect([wrong.status, authenticatorOf(checker).lastStep]).toEqual([422, usedBefore]);
    const filled = { bankReference: 'ICBC-17', paidOn, code };
    expect((await reader.post(page, `${payoutPath()}/confirm`, filled)).text).toContain('已确认到账');
    const twice = await reader.post(page, `${payoutPath()}/confirm`, filled);
    expect([twice.status, payout().status]).toEqual([200, 'paid']);
  });

  it('takes something that is no code at all for a slip, and no try', async () => {
    const release = await releasing();
    withAuthenticator(ports, checker);
    for (const slip of ['12345', '1234567', '不知道']) expect((await release(slip)).status).toBe(422);
    expect(authenticatorOf(checker).wrongTries).toBe(0);
  });
});
