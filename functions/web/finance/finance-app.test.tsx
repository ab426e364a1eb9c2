import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseId, payoutIdSchema } from '../../../shared/kernel/ids.ts';
import { addHours, localDateOf } from '../../../shared/kernel/time.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { freshCode } from '../../../test/support/one-time-codes.ts';
import { pdfBytes, sha256Of, typedBesideUpload } from '../../../test/support/scans.ts';
import { financeApp } from './finance-app.tsx';

let ports: ReturnType<typeof financePorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = financePorts();
  caseId = ports.caseInPayment();
  expect(ports.file(caseId).case.status).toBe('in-payment');
});

const signedIn = (person: string) => ports.signedIn(person);
const payoutPath = () => `/finance/payouts/${caseId}/${ports.file(caseId).payouts[0]!.payoutId}`;
const bySecondPerson = 'bian-sujun';

/** A batch of the one payment, made by Ji Qiushi and released by this person. */
const release = async (releaser = bySecondPerson) => {
  const payout = `${caseId}/${ports.file(caseId).payouts[0]!.payoutId}`;
  const maker = await signedIn('ji-qiushi');
  const answer = `answer.${ports.file(caseId).payouts[0]!.payoutId}`;
  const warned = { [`${answer}.check-digit`]: 'seen-the-card', [`${answer}.holder-differs`]: 'asked-the-bank' };
  const fields = { payout, profile: 'generic-csv', batchId: 'BATCH1', ...warned };
  await maker.reader.post(maker.page, '/finance/batches', fields);
  const checker = await signedIn(releaser);
  const page = await checker.reader.get('/finance/batches/BATCH1');
  const version = /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? '';
  return checker.reader.post(page, '/finance/batches/BATCH1/release', { version, code: freshCode(ports, releaser) });
};
const code = (person: string) => freshCode(ports, person);

describe('finance', () => {
  it('leads whoever is not signed in to the sign-in page and back', async () => {
    const response = await financeApp(ports.deps).request('/finance/batches');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Ffinance%2Fbatches');
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

  it('asks for a list, the funds and the programmes at once', async () => {
    const { reader } = await signedIn('ji-qiushi');
    const { store } = ports.deps;
    const { funds, programmes, payoutsByStatus } = store;
    const asked = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()] as const;
    // The list comes only when the others have been asked for too.
    Object.assign(store, {
      funds: () => (asked[0].resolve(undefined), funds()),
      programmes: () => (asked[1].resolve(undefined), programmes()),
      payoutsByStatus: async (...of: Parameters<typeof payoutsByStatus>) => {
        await Promise.all(asked.map(({ promise }) => promise));
        return payoutsByStatus(...of);
      },
    });
    expect((await reader.get('/finance')).text).toContain('DB-2016-00001');
    await Promise.all(asked.map(({ promise }) => promise));
  });

  it('has its nine lists as a menu for a phone too, which names the one that is shown and needs no script', async () => {
    const { reader } = await signedIn('ji-qiushi');
    const page = await reader.get('/finance?tab=failed');
    const [, menu = ''] = /<details class="app-tab-menu">(.*?)<\/details>/s.exec(page.html) ?? [];
    expect(menu).toContain('<summary>付款失败（切换清单）</summary>');
    expect([...menu.matchAll(/<a /g)]).toHaveLength(9);
    expect(menu).toMatch(/href="\/finance\?tab=failed" aria-current="page"/);
    expect((await reader.get('/finance/batches')).text).toContain('批次（切换清单）');
  });

  it('shows an auditor the list with names and accounts masked and nothing to press', async () => {
    const { page } = await signedIn('qiu-zhengheng');
    expect(page.text).toContain('**** 1234');
    expect(page.text).not.toContain('6200000000001234');
    expect(page.html).not.toContain('/finance/batches/check');
  });

  it('releases, and another person confirms by the bank’s reference; the case is paid', async () => {
    expect((await release()).text).toContain('已放行，文件已封存');
    ports.clock.now = addHours(ports.clock.now, 48);
    const { reader, page } = await signedIn('bian-sujun');
    const fields = { bankReference: 'ICBC-17', paidOn: ports.clock.now.slice(0, 10), code: code('bian-sujun') };
    const done = await reader.post(page, `${payoutPath()}/confirm`, fields);
    expect(done.text).toContain('已确认到账');
    expect(ports.file(caseId).case.status).toBe('paid');
    for (const text of ['建批人 计秋实', '放行人 卞素筠', '登记人 卞素筠']) expect(done.text).toContain(text);
    const again = await reader.post(done, `${payoutPath()}/confirm`, fields);
    expect(again.status).toBe(200);
    expect(ports.funds()[0]).toMatchObject({ paidFen: 200_000, reservedFen: 0 });
  });

  it('takes the bank’s receipt with a confirmation, binds it by its digest and shows it to the auditor', async () => {
    await release();
    const { reader } = await signedIn(bySecondPerson);
    const before = await reader.get(payoutPath());
    const key = /name="key" value="([^"]+)"/.exec(before.html)?.[1] ?? '';
    expect(key).toMatch(/^receipts\/incoming\/bian-sujun\//);
    ports.receipts.set(key, pdfBytes('回单'));
    const page = await reader.get(`${payoutPath()}?scan=${encodeURIComponent(key)}`);
    expect(page.text).toContain('已经传上：PDF 文件');
    const paidOn = localDateOf(ports.clock.now);
    const filled = { bankReference: 'ICBC-17', paidOn, scan: key };
    const coded = await reader.post(page, `${payoutPath()}/confirm`, { ...filled, code: '' });
    expect([coded.status, coded.html.includes(`value="${key}"`)]).toEqual([422, true]);
    expect([...ports.receipts.keys()]).toEqual([key]);
    await reader.post(page, `${payoutPath()}/confirm`, { ...filled, code: code(bySecondPerson) });
    const sha256 = sha256Of(pdfBytes('回单'));
    const [payout] = ports.file(caseId).payouts;
    expect(payout).toMatchObject({ status: 'paid', bankReceipt: { objectKey: `receipts/${sha256}`, sha256 } });
    const facts = ports.saves.flatMap(({ facts: some }) => some).filter(({ event }) => event === 'payout-confirm');
    expect(facts.map(({ details }) => [details['scanSha256'], details['scanVersion']])).toEqual([[sha256, 'v1']]);
    const auditor = await signedIn('qiu-zhengheng');
    expect((await auditor.reader.get(payoutPath())).text).toContain(sha256);
    expect((await auditor.reader.get(`${payoutPath()}/scan`)).path).toBe(`/bucket/receipts/${sha256}`);
  });

  it('takes the bank’s receipt before anything is typed: no page has a field beside the upload, and none is a link away', async () => {
    await release();
    const { reader } = await signedIn(bySecondPerson);
    const first = await reader.get(payoutPath());
    expect(typedBesideUpload(first)).toEqual([]);
    expect(first.html).toContain(`href="${payoutPath()}?scan=none"`);
    const without = await reader.get(`${payoutPath()}?scan=none`);
    expect(without.text).toContain('没有扫描件');
    const key = /name="key" value="([^"]+)"/.exec(first.html)?.[1] ?? '';
    ports.receipts.set(key, pdfBytes('回单'));
    const uploaded = await reader.get(`${payoutPath()}?scan=${encodeURIComponent(key)}`);
    const typed = { bankReference: 'ICBC-17', paidOn: '2016-13-40', scan: key };
    const wrong = await reader.post(uploaded, `${payoutPath()}/confirm`, typed);
    ports.receipts.delete(key);
    const gone = await reader.post(wrong, `${payoutPath()}/confirm`, typed);
    expect(gone.text).toContain('上传的文件已经不在');
    expect(gone.html).toContain('id="scan"');
    const failed = await reader.post(without, `${payoutPath()}/fail`, { failReason: '户名不符' });
    for (const page of [without, uploaded, wrong, gone, failed]) {
      expect(page.html).not.toContain('type="file"');
      for (const name of ['bankReference', 'paidOn', 'failReason']) expect(page.html).toContain(`name="${name}"`);
      // Another file is chosen in a window of its own: what is typed stays in this one.
      expect(page.html).toMatch(new RegExp(`href="${payoutPath()}" target="_blank"`));
    }
    for (const page of [wrong, gone]) expect(page.html).toContain('value="ICBC-17"');
    expect(failed.html).toContain('户名不符');
  });

  it('refuses a confirmation by whoever made its batch', async () => {
    await release();
    const maker = await signedIn('ji-qiushi');
    const paidOn = localDateOf(ports.clock.now);
    const done = await maker.reader.post(maker.page, `${payoutPath()}/confirm`, {
      bankReference: 'X',
      paidOn,
      code: code('ji-qiushi'),
    });
    expect(done.status).toBe(403);
    expect(done.text).toContain('须由另一人办理');
    expect(ports.file(caseId).payouts[0]!.status).toBe('sent');
  });

  it('offers nothing to enter to whoever made its batch, and says why', async () => {
    await release();
    const maker = await signedIn('ji-qiushi');
    const own = await maker.reader.get(payoutPath());
    expect(own.html).not.toContain('/confirm"');
    expect(own.html).not.toContain('/fail"');
    expect(own.text).toContain('请另一位财务人员办理');
    const checker = await signedIn('bian-sujun');
    const page = await checker.reader.get(`${payoutPath()}?scan=none`);
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
    const done = await reader.post(page, `${payoutPath()}/confirm`, {
      bankReference: 'icbc-17',
      paidOn,
      code: code('bian-sujun'),
    });
    expect(done.status).toBe(409);
    expect(done.text).toContain('这个银行流水号已经登记在另一笔发放上');
    expect(done.html).toContain('icbc-17');
    expect(ports.file(caseId).payouts[0]!.status).toBe('sent');
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
      failReason: '户名不符',
      failCode: code('bian-sujun'),
    });
    expect(done.text).toContain('已登记付款失败');
    expect(ports.file(caseId).payouts[0]!.status).toBe('failed');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });
  });

  it('records that the bank sent a payment back, by a reversal; the case waits for another account', async () => {
    await release();
    const { reader, page } = await signedIn('bian-sujun');
    const paidOn = localDateOf(ports.clock.now);
    await reader.post(page, `${payoutPath()}/confirm`, { bankReference: 'ICBC-17', paidOn, code: code('bian-sujun') });
    expect(ports.file(caseId).case.status).toBe('paid');
    const done = await reader.post(page, `${payoutPath()}/return`, {
      returnReason: '账户已销户',
      returnCode: code('bian-sujun'),
    });
    expect(done.text).toContain('已登记退票');
    expect(done.text).toContain('银行退回，需要换账户');
    expect(ports.file(caseId).case.status).toBe('in-payment');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });
  });

  it('lets nobody take back what they entered; another does, and it is to be confirmed again', async () => {
    await release();
    const { reader, page } = await signedIn('bian-sujun');
    const paidOn = localDateOf(ports.clock.now);
    const paid = await reader.post(page, `${payoutPath()}/confirm`, {
      bankReference: 'ICBC-17',
      paidOn,
      code: code('bian-sujun'),
    });
    expect(paid.html).not.toContain('/undo"');
    const own = await reader.post(paid, `${payoutPath()}/undo`, {
      undoReason: '登记错了',
      undoCode: code('bian-sujun'),
    });
    expect(own.status).toBe(403);
    const other = await signedIn('ji-qiushi');
    const undone = await other.reader.post(other.page, `${payoutPath()}/undo`, {
      undoReason: '登记错了',
      undoCode: code('ji-qiushi'),
    });
    expect(undone.text).toContain('已撤销登记');
    expect(ports.file(caseId).payouts[0]).not.toHaveProperty('bankReference');
    expect(ports.funds()[0]).toMatchObject({ paidFen: 0, reservedFen: 200_000 });
  });

  it('marks a payment on which the bank is silent, and settles it by the statement later', async () => {
    await release();
    const { reader, page } = await signedIn('bian-sujun');
    const done = await reader.post(page, `${payoutPath()}/silence`);
    expect(done.text).toContain('已标记为银行未答复');
    expect((await reader.get('/finance?tab=unknown')).text).toContain('DB-2016-00001');
    const paidOn = localDateOf(ports.clock.now);
    await reader.post(done, `${payoutPath()}/confirm`, { bankReference: 'ICBC-17', paidOn, code: code('bian-sujun') });
    expect(ports.file(caseId).payouts[0]!.status).toBe('paid');
  });

  it('never shows what is only approved, in a batch or with the bank as paid', async () => {
    const { reader } = await signedIn('bian-sujun');
    expect((await reader.get(payoutPath())).text).toContain('已同意，等待打款，还没有付');
    await release();
    const page = await reader.get(payoutPath());
    expect(page.text).toContain('已交银行，等待到账');
    expect(page.text).not.toContain('状态 已到账');
  });

  it('shows each fund’s balances and its ledger', async () => {
    const { reader } = await signedIn('ji-qiushi');
    expect((await reader.get('/finance/funds')).text).toContain('49,000.00 元');
    expect((await reader.get('/finance/funds/municipal-federation')).text).toContain('预留');
    expect((await reader.get('/finance/funds/none')).status).toBe(404);
  });
});
