import { beforeEach, describe, expect, it } from 'vitest';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { batchIdSchema, type CaseId, payoutIdSchema, personIdSchema } from '../../../shared/kernel/ids.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import { addHours, localDateOf } from '../../../shared/kernel/time.ts';
import { type Answer, camt053, genericCsv, inGbk, inUtf8 } from '../../../test/support/bank-files.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { largestUploadBytes } from './take-result.ts';

let ports: ReturnType<typeof financePorts>;
let caseId: CaseId;

/** A case whose one payment the bank has been told of. */
beforeEach(() => {
  ports = financePorts();
  for (const person of ['ji-qiushi', 'bian-sujun']) withAuthenticator(ports, person);
  caseId = ports.caseInPayment();
  const batched = { batchId: batchIdSchema.parse('B1'), batchedBy: personIdSchema.parse('ji-qiushi') };
  put({ status: 'sent', ...batched, sentAt: ports.clock.now });
  ports.clock.now = addHours(ports.clock.now, 48);
});

const payout = () => ports.file(caseId).payouts[0]!;
/** As if the batch had come that far. */
const put = (over: Partial<Payout>) =>
  ports.act(caseId, (file) => {
    const payouts = [{ ...file.payouts[0]!, ...over }];
    return { kind: 'changed', changes: { case: file.case, payouts, facts: [] } };
  });

async function signedIn(person: string) {
  const { reader } = await ports.signedIn(person);
  return { person, reader, page: await reader.get('/finance/results') };
}

const checker = () => signedIn('bian-sujun');
type User = Awaited<ReturnType<typeof signedIn>>;
const upload = ({ reader, page }: User, bytes: Uint8Array, token?: string, batch = '') =>
  reader.upload(page, '/finance/results', { batch }, { file: bytes }, token);
const said = (over: Partial<Answer> & { isReturned?: boolean } = {}): Answer => ({
  payout: payout(),
  paidOn: localDateOf(ports.clock.now),
  ...over,
});
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const apply = async (
  { reader, person }: User,
  page: Awaited<ReturnType<typeof upload>>,
  code = freshCode(ports, person),
) =>
  reader.post(page, `${page.path.split('?')[0]}/apply`, {
    version: hidden(page.html, 'version'),
    digest: hidden(page.html, 'digest'),
    code,
  });

describe('a bank’s result', () => {
  it('shows what would be recorded, and records it when that is confirmed', async () => {
    const user = await checker();
    const preview = await upload(user, inGbk(genericCsv([said()])));
    expect(preview.status).toBe(200);
    for (const text of ['将要登记', '确认到账：共 1 笔，2,000.00 元', 'DB-2016-00001', '没有有问题的行'])
      expect(preview.text).toContain(text);
    expect(payout().status).toBe('sent');
    const done = await apply(user, preview);
    expect(done.text).toContain('已登记。');
    expect(payout()).toMatchObject({ status: 'paid', settledBy: 'bian-sujun' });
    expect(ports.file(caseId).case.status).toBe('paid');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 200_000, reservedFen: 0 });
    expect((await user.reader.get('/finance/results')).text).toContain('通用表格 已登记 1 1 0');
  });

  it('promise 7: is recorded with a fresh code of the person’s own, and by nothing less', async () => {
    const user = await checker();
    const preview = await upload(user, inGbk(genericCsv([said()])));
    for (const code of ['', '000000', freshCode(ports, 'ji-qiushi')]) {
      expect((await apply(user, preview, code)).status).toBe(422);
      expect(payout().status).toBe('sent');
    }
  });

  /** A file without a column for names, in which the bank says this of our payment. */
  const nameless = (outcome: string): Uint8Array => {
    const row = ['YH-1', localDateOf(ports.clock.now), payout().payoutId, '2000.00', outcome];
    return inUtf8(`银行流水号,到账日期,发放编号,金额,结果\r\n${row.join()}\r\n`);
  };

  it('that names nobody is shown with the payee of our own payment, marked as ours', async () => {
    const user = await checker();
    const preview = await upload(user, nameless('成功'));
    for (const text of ['林海生（我方）', '银行没有写收款人的']) expect(preview.text).toContain(text);
    const named = await upload(user, inUtf8(genericCsv([said()])));
    for (const text of ['（我方）', '银行没有写收款人的']) expect(named.text).not.toContain(text);
  });

  it('that gives no reason for a payment that failed is recorded, and says that none was given', async () => {
    const user = await checker();
    const preview = await upload(user, nameless('失败'));
    for (const text of ['登记失败：共 1 笔', '银行说明', '银行未说明原因']) expect(preview.text).toContain(text);
    await apply(user, preview);
    expect(payout()).toMatchObject({ status: 'failed', failureReason: '银行未说明原因' });
  });

  it('that brings back a payment without a name shows our payee no further than the payment’s page does', async () => {
    const user = await checker();
    await apply(user, await upload(user, inUtf8(genericCsv([said()]))));
    const back = await upload(user, nameless('退票'));
    expect(back.text).toContain('登记退票：共 1 笔');
    expect(back.text).toContain('（我方）');
    expect(back.text).not.toContain('林海生');
  });

  it('uploaded again changes nothing and shows the first upload', async () => {
    const user = await checker();
    const bytes = inUtf8(genericCsv([said()]));
    await apply(user, await upload(user, bytes));
    const before = ports.file(caseId);
    const again = await upload(await signedIn('ji-qiushi'), bytes);
    expect(again.text).toContain('这个文件以前上传过');
    expect(again.html).not.toContain('/apply"');
    expect(ports.file(caseId)).toEqual(before);
    expect(ports.results.size).toBe(1);
  });

  it('lists rows that settle nothing by their reason, and gives them back as a file that no spreadsheet runs', async () => {
    const stranger = { ...payout(), payoutId: payoutIdSchema.parse('OTHER.1.1.1') };
    const odd = { ...stranger, payee: { ...payout().payee, holderName: '=cmd' } };
    const user = await checker();
    const preview = await upload(user, inUtf8(genericCsv([said(), said({ payout: odd, reference: 'X' })])));
    for (const text of ['确认到账：共 1 笔', '找不到对应的发放']) expect(preview.text).toContain(text);
    const before = await user.reader.get(`${preview.path}/problems.csv`);
    expect(before.html).toContain("3,OTHER.1.1.1,'6200000000001234,'=cmd,2000.00,成功,X,");
    await apply(user, preview);
    expect(payout().status).toBe('paid');
    expect((await user.reader.get(`${preview.path}/problems.csv`)).html).toBe(before.html);
  });

  it('leads from a row that differs to our payment, and says what the bank calls it', async () => {
    const differing = { ...payout(), amountFen: yuan(1_999) };
    const user = await checker();
    const { caseId: of, payoutId } = payout();
    const preview = await upload(user, inUtf8(genericCsv([said({ payout: differing, reference: 'YH-9' })])));
    for (const text of ['第 2 行（笔） 金额与发放不符', 'DB-2016-00001', '**** 1234', 'YH-9', '1,999.00 元'])
      expect(preview.text).toContain(text);
    expect(preview.html).toContain(`href="/finance/payouts/${of}/${payoutId}"`);
  });

  it('lets nobody confirm a batch that they made, says so, and leaves it to another', async () => {
    const user = await signedIn('ji-qiushi');
    const own = await upload(user, inUtf8(genericCsv([said()])));
    expect(own.text).toContain('须由另一位财务人员登记');
    expect(own.html).not.toContain('/apply"');
    const other = await checker();
    const preview = await other.reader.get(own.path);
    await apply(other, preview);
    expect(payout().status).toBe('paid');
  });

  it('records nothing that its reader has not seen', async () => {
    const user = await checker();
    const preview = await upload(user, inUtf8(genericCsv([said()])));
    put({ status: 'failed', failureReason: '户名不符' });
    const refused = await apply(user, preview);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('情况有变化，什么都没有登记');
    expect(payout().status).toBe('failed');
  });

  it('of a statement brings a payment back', async () => {
    const user = await checker();
    await apply(user, await upload(user, inUtf8(camt053([said()]))));
    const back = await upload(
      user,
      inUtf8(camt053([said({ isReturned: true, reference: 'BACK', reason: '账户已销户' })])),
    );
    expect(back.text).toContain('登记退票：共 1 笔');
    await apply(user, back);
    expect(payout()).toMatchObject({ status: 'returned', failureReason: 'AC04 账户已销户' });
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });
  });
});

describe('a file that is no bank’s result', () => {
  it.each([
    ['cut in the middle', () => inUtf8(genericCsv([said()]).slice(0, -9)), '第 2 行（笔）：文件在这里断了'],
    ['an XML bomb', () => inUtf8('<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'), '文档类型或实体声明'],
    ['of 100,000 rows', () => inUtf8(`发放编号,金额,结果\n${'A.1.1.1,1,成功\n'.repeat(100_000)}`), '超过 5,000 行'],
    ['of more than 4 MB', () => new Uint8Array(4_000_001).fill(65), '文件超过 4 MB'],
    ['a picture', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0), '这不是文本文件'],
  ])('%s is refused in one sentence, and nothing changes', async (_what, bytes, sentence) => {
    const user = await checker();
    const before = ports.file(caseId);
    const page = await upload(user, bytes());
    expect(page.status).toBe(422);
    expect(page.text).toContain('什么都没有改变');
    expect(page.text).toContain(sentence);
    expect(ports.file(caseId)).toEqual(before);
    expect(ports.results.size).toBe(0);
  });

  it('that was not chosen is asked for', async () => {
    const user = await checker();
    expect((await upload(user, new Uint8Array())).text).toContain('请选择银行给的文件');
  });

  it('larger than a page takes at all is refused as a page', async () => {
    const user = await checker();
    expect((await upload(user, new Uint8Array(largestUploadBytes + 1))).status).toBe(413);
  });
});

describe('the pages of banks’ results', () => {
  it('are an auditor’s to read, without anything to press or to download', async () => {
    const user = await checker();
    const bytes = inUtf8(genericCsv([said()]));
    const preview = await upload(user, bytes);
    const auditor = await signedIn('qiu-zhengheng');
    expect(auditor.page.html).not.toContain('type="file"');
    const page = await auditor.reader.get(preview.path);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('/apply"');
    expect(page.text).not.toContain('林海生');
    expect((await auditor.reader.get(`${preview.path}/problems.csv`)).status).toBe(403);
    expect((await upload(auditor, bytes)).status).toBe(403);
  });

  it('take nothing without their token', async () => {
    const user = await checker();
    expect((await upload(user, inUtf8(genericCsv([said()])), '')).status).toBe(403);
    expect(ports.results.size).toBe(0);
    const preview = await upload(user, inUtf8(genericCsv([said()])));
    expect((await user.reader.post(preview, `${preview.path}/apply`, {}, '')).status).toBe(403);
    expect(payout().status).toBe('sent');
  });

  it('know no file that was not uploaded', async () => {
    const user = await checker();
    expect((await user.reader.get('/finance/results/RX')).status).toBe(404);
    expect((await user.reader.post(user.page, '/finance/results/RX/apply')).status).toBe(404);
  });
});
