import { beforeEach, describe, expect, it } from 'vitest';
import { asLocalDate } from '../../../shared/kernel/time.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import type { Page, pageReader } from '../../../test/support/page-reader.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';
import { pdfBytes, sha256Of, typedBesideUpload } from '../../../test/support/scans.ts';

let ports: ReturnType<typeof financePorts>;
beforeEach(() => {
  ports = financePorts();
});

type Reader = ReturnType<typeof pageReader>;

const personOf = new WeakMap<Reader, string>();
async function signedIn(person: string): Promise<Reader> {
  const { reader } = await ports.signedIn(person);
  personOf.set(reader, person);
  return reader;
}

const fund = '/finance/funds/municipal-federation';
const bare = (page: Page) => page.path.replace(/\?.*$/, '');
const idOn = (page: Page) => ({ proposalId: /name="proposalId" value="([^"]+)"/.exec(page.html)?.[1] ?? '' });
const money = { amount: '1,200.50', payer: '市总工会', voucherNumber: 'SZ-7', voucherDate: '2016-03-01' };

/** Uploads a file by the form on a page, and comes back as the bucket leads; the last `scan` on the page names it. */
async function upload(reader: Reader, path: string, bytes: Uint8Array): Promise<Page> {
  const page = await reader.get(path);
  const named = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.html)?.[1] ?? '';
  const [key, back] = [named('key'), named('success_action_redirect').replaceAll('&amp;', '&')];
  expect(key).toMatch(/^vouchers\/incoming\/[a-z-]+\/N/);
  ports.vouchers.set(key, bytes);
  return reader.get(back.replace('https://relief.example', ''));
}
const scanOn = (page: Page) => ({ scan: /name="scan" value="([^"]+)"/.exec(page.html)?.[1] ?? '' });

/** Fills in a form as it stands on its page; for a receipt, its voucher is uploaded first. */
async function fill(reader: Reader, path: string, fields: Record<string, string>): Promise<Page> {
  if (path.endsWith('/receipt')) {
    const page = await upload(reader, path, pdfBytes(fields['voucherNumber']));
    return reader.post(page, path, { ...idOn(page), ...scanOn(page), ...fields });
  }
  const page = await reader.get(path.endsWith('/hand-back') ? `${path}?scan=none` : path);
  return reader.post(page, path, { ...idOn(page), ...fields });
}
/** Presses a button on a proposal's page; what is confirmed takes a fresh code. */
async function press(reader: Reader, path: string, fields: Record<string, string> = {}): Promise<Page> {
  const page = await reader.get(path.replace(/\/(confirm|reject|undo)$/, ''));
  const code = path.endsWith('/confirm') ? { code: freshCode(ports, personOf.get(reader) ?? '') } : {};
  return reader.post(page, path, { ...code, ...fields });
}

describe('a receipt', () => {
  it('is recorded by one of finance by its voucher and confirmed by the other, and stands in the ledger with both', async () => {
    const maker = await signedIn('ji-qiushi');
    const made = await fill(maker, `${fund}/receipt`, money);
    expect(made.text).toContain('已提交，等待另一人确认');
    expect(made.text).toContain('可以确认的人：卞素筠、文竹溪、庄采薇');
    expect(made.html).not.toContain('/confirm"');
    expect(ports.funds()[0]!.availableFen).toBe(yuan(51_000));
    expect((await maker.get('/finance/funds')).text).toContain('登记到位 · 市总工会帮扶资金 · 1,200.50 元');

    const checker = await signedIn('bian-sujun');
    withAuthenticator(ports, 'bian-sujun');
    const done = await press(checker, `${bare(made)}/confirm`);
    expect(done.text).toContain('已办理');
    expect(done.html).not.toContain('/confirm"');
    expect(ports.funds()[0]!.availableFen).toBe(yuan(52_200.5));
    const page = await checker.get(fund);
    for (const text of ['到位', 'SZ-7 · 2016年3月1日', '1,200.50 元', '计秋实办理，卞素筠确认', '52,200.50 元'])
      expect(page.text).toContain(text);
  });

  it('pressed twice is recorded once and confirmed once', async () => {
    const maker = await signedIn('ji-qiushi');
    const form = await upload(maker, `${fund}/receipt`, pdfBytes());
    const fields = { ...idOn(form), ...scanOn(form), ...money };
    const [first, second] = [
      await maker.post(form, `${fund}/receipt`, fields),
      await maker.post(form, `${fund}/receipt`, fields),
    ];
    expect(second.path).toBe(first.path);
    const checker = await signedIn('bian-sujun');
    await press(checker, `${bare(first)}/confirm`);
    expect((await press(checker, `${bare(first)}/confirm`)).status).toBe(200);
    expect(ports.proposals()).toHaveLength(1);
    expect(ports.funds()[0]!.availableFen).toBe(yuan(52_200.5));
  });

  it('sent again by the back button with another sum is refused in words, and what was typed stays', async () => {
    const maker = await signedIn('ji-qiushi');
    const form = await upload(maker, `${fund}/receipt`, pdfBytes());
    const fields = { ...idOn(form), ...scanOn(form), ...money };
    await maker.post(form, `${fund}/receipt`, fields);
    const other = await maker.post(form, `${fund}/receipt`, { ...fields, amount: '77' });
    expect([other.status, other.text.includes('这张表已经提交过，内容和这次不同')]).toEqual([409, true]);
    expect(other.html).toContain('value="77"');
    expect(ports.proposals()).toHaveLength(1);
  });

  it('says all that is wrong at once, with a summary, and keeps what was typed', async () => {
    const maker = await signedIn('ji-qiushi');
    const wrong = await fill(maker, `${fund}/receipt`, {
      amount: '一千',
      payer: '',
      voucherNumber: 'SZ-8',
      voucherDate: '昨天',
    });
    expect(wrong.status).toBe(422);
    for (const text of ['金额要写成数字', '请填写付款方', '凭证日期要写成年-月-日']) expect(wrong.text).toContain(text);
    for (const name of ['amount', 'payer', 'voucherDate']) expect(wrong.html).toContain(`href="#${name}"`);
    for (const typed of ['一千', 'SZ-8', '昨天']) expect(wrong.html).toContain(`value="${typed}"`);
    expect(ports.proposals()).toEqual([]);
  });

  it('on a voucher that was recorded before, or of tomorrow, is refused at its field', async () => {
    const maker = await signedIn('ji-qiushi');
    await fill(maker, `${fund}/receipt`, money);
    const again = await fill(maker, `${fund}/receipt`, money);
    expect(again.status).toBe(409);
    expect(again.text).toContain('这张凭证已经登记过');
    expect(again.html).toContain('href="#voucherNumber"');
    const late = await fill(maker, `${fund}/receipt`, { ...money, voucherNumber: 'SZ-9', voucherDate: '2016-03-02' });
    expect(late.text).toContain('凭证日期不能晚于今天');
  });

  it('is not confirmed by whoever made it, nor by two of the office', async () => {
    const maker = await signedIn('ji-qiushi');
    const made = await fill(maker, `${fund}/receipt`, money);
    const own = await press(maker, `${bare(made)}/confirm`);
    expect(own.status).toBe(403);
    expect(own.text).toContain('须由另一人确认');
    const clerk = await signedIn('wen-zhuxi');
    const other = await fill(clerk, `${fund}/receipt`, { ...money, voucherNumber: 'SZ-8' });
    const second = await signedIn('zhuang-caiwei');
    expect((await second.get(bare(other))).html).not.toContain('/confirm"');
    expect((await press(second, `${bare(other)}/confirm`)).status).toBe(403);
    expect(ports.funds()[0]!.availableFen).toBe(yuan(51_000));
  });

  it('is rejected with a reason, which whoever made it reads', async () => {
    const made = await fill(await signedIn('ji-qiushi'), `${fund}/receipt`, money);
    const checker = await signedIn('wen-zhuxi');
    expect((await press(checker, `${bare(made)}/reject`, { rejectReason: '' })).text).toContain('请填写原因');
    await press(checker, `${bare(made)}/reject`, { rejectReason: '金额与进账单不符' });
    const read = await (await signedIn('ji-qiushi')).get(bare(made));
    for (const text of ['未通过', '金额与进账单不符', '文竹溪']) expect(read.text).toContain(text);
    expect(ports.funds()[0]!.availableFen).toBe(yuan(51_000));
  });

  it('that was wrong is undone by two persons, by an entry that names it', async () => {
    const [maker, checker] = [await signedIn('ji-qiushi'), await signedIn('bian-sujun')];
    const made = await fill(maker, `${fund}/receipt`, money);
    await press(checker, `${bare(made)}/confirm`);
    expect((await press(checker, `${bare(made)}/undo`, { reason: '' })).text).toContain('请填写原因');
    const form = await checker.get(bare(made));
    const undoing = await checker.post(form, `${bare(made)}/undo`, { ...idOn(form), reason: '入错资金' });
    expect(undoing.text).toContain('冲销到位');
    expect((await checker.get(bare(made))).html).not.toContain('/undo"');
    await press(maker, `${bare(undoing)}/confirm`);
    expect(ports.funds()[0]!.availableFen).toBe(yuan(51_000));
    const page = await maker.get(fund);
    for (const text of ['冲销到位', '入错资金', '冲销 2016年3月1日 10:00 的到位']) expect(page.text).toContain(text);
    expect((await maker.get(bare(made))).text).toContain('已冲销');
  });
});

describe('the scan of a voucher', () => {
  it('is uploaded before anything is typed, and bound by its digest in the proposal', async () => {
    const maker = await signedIn('ji-qiushi');
    const first = await maker.get(`${fund}/receipt`);
    expect(first.html).toContain('action="https://bucket.example/"');
    expect(first.html).not.toContain('name="amount"');
    const page = await upload(maker, `${fund}/receipt`, pdfBytes('SZ-7'));
    expect(page.text).toContain('已经传上：PDF 文件，0.1 MB');
    const made = await maker.post(page, `${fund}/receipt`, { ...idOn(page), ...scanOn(page), ...money });
    const sha256 = sha256Of(pdfBytes('SZ-7'));
    expect(ports.proposals()[0]!.wanted).toMatchObject({
      voucher: { number: 'SZ-7', scan: { objectKey: `vouchers/${sha256}`, sha256, objectVersion: 'v1' } },
    });
    expect(ports.vouchers.get(`vouchers/${sha256}`)).toEqual(pdfBytes('SZ-7'));
    expect(made.text).toContain(sha256);
  });

  it('is seen by whoever confirms and by the auditor, and not by an officer', async () => {
    const made = await fill(await signedIn('ji-qiushi'), `${fund}/receipt`, money);
    const scan = `${bare(made)}/scan`;
    for (const person of ['bian-sujun', 'wen-zhuxi', 'qiu-zhengheng']) {
      const reader = await signedIn(person);
      expect((await reader.get(bare(made))).html).toContain(`href="${scan}"`);
      expect((await reader.get(scan)).path).toBe(`/bucket/vouchers/${sha256Of(pdfBytes('SZ-7'))}`);
    }
    expect((await (await signedIn('you-zhidu')).get(scan)).status).toBe(403);
  });

  it('that was altered in the bucket is not shown: the page says so', async () => {
    const made = await fill(await signedIn('ji-qiushi'), `${fund}/receipt`, money);
    ports.vouchers.set(`vouchers/${sha256Of(pdfBytes('SZ-7'))}`, pdfBytes('another'));
    const shown = await (await signedIn('bian-sujun')).get(`${bare(made)}/scan`);
    expect([shown.status, shown.text.includes('已经不是登记时的文件')]).toEqual([409, true]);
  });

  it.each([
    ['larger than 10 MB', new Uint8Array(10 * 1024 * 1024 + 1).fill(0x25), '刚才的文件超过 10 MB'],
    ['empty', new Uint8Array(), '刚才的文件是空的'],
    ['of another kind', new TextEncoder().encode('<html>%PDF-1.7'), '不是 JPG、PNG 照片或 PDF'],
  ])('that is %s is refused in words at its field, and not kept', async (_, bytes, words) => {
    const maker = await signedIn('ji-qiushi');
    const page = await upload(maker, `${fund}/receipt`, bytes);
    expect(page.text).toContain(words);
    expect(page.html).toContain('href="#scan"');
    expect(page.html).not.toContain('name="amount"');
    expect([...ports.vouchers.keys()].filter((key) => !key.includes('/incoming/'))).toEqual([]);
  });

  it('is judged again when the form is sent: a file that was changed, or is another’s, binds nothing', async () => {
    const maker = await signedIn('ji-qiushi');
    const page = await upload(maker, `${fund}/receipt`, pdfBytes());
    const { scan } = scanOn(page);
    ports.vouchers.set(scan, new TextEncoder().encode('<script>'));
    const changed = await maker.post(page, `${fund}/receipt`, { ...idOn(page), scan, ...money });
    expect([changed.status, changed.text.includes('不是 JPG、PNG 照片或 PDF')]).toEqual([422, true]);
    expect(changed.html).toContain('value="SZ-7"');
    const other = await upload(await signedIn('bian-sujun'), `${fund}/receipt`, pdfBytes());
    const stolen = await maker.post(page, `${fund}/receipt`, { ...idOn(page), ...scanOn(other), ...money });
    expect([stolen.status, stolen.text.includes('上传的文件已经不在')]).toEqual([422, true]);
    const aside = 'vouchers/incoming/ji-qiushi/../bian-sujun/x';
    ports.vouchers.set(aside, pdfBytes());
    const led = await maker.post(page, `${fund}/receipt`, { ...idOn(page), scan: aside, ...money });
    expect([led.status, led.text.includes('上传的文件已经不在')]).toEqual([422, true]);
    const without = await maker.post(page, `${fund}/receipt`, { ...idOn(page), ...money, amount: '' });
    expect(without.status).toBe(422);
    for (const said of ['请先上传凭证扫描件', '请填写金额']) expect(without.text).toContain(said);
    expect(ports.proposals()).toEqual([]);
  });

  it.each(['receipt', 'hand-back'])('of a %s is never asked for beside what is typed', async (act) => {
    const maker = await signedIn('ji-qiushi');
    const path = `${fund}/${act}`;
    const first = await maker.get(path);
    expect([first.html.includes('type="file"'), typedBesideUpload(first)]).toEqual([true, []]);
    // What needs no voucher is a link away; what needs one is not, whatever the address says.
    expect(first.html.includes(`href="${path}?scan=none"`)).toBe(act === 'hand-back');
    const without = await maker.get(`${path}?scan=none`);
    expect(without.html.includes('name="voucherNumber"')).toBe(act === 'hand-back');
    const uploaded = await upload(maker, path, pdfBytes());
    const wrong = await maker.post(uploaded, path, { ...idOn(uploaded), ...scanOn(uploaded), voucherNumber: 'X-9' });
    ports.vouchers.clear();
    const gone = await maker.post(wrong, path, { ...idOn(wrong), ...scanOn(wrong), voucherNumber: 'X-9' });
    expect(gone.text).toContain('上传的文件已经不在');
    expect(gone.html).toContain('id="scan"');
    for (const page of [uploaded, wrong, gone]) {
      expect(page.html).not.toContain('type="file"');
      // Another file is chosen in a window of its own: what is typed stays in this one.
      expect(page.html).toContain(`href="${path}" target="_blank"`);
    }
    for (const page of [wrong, gone]) expect(page.html).toContain('value="X-9"');
  });

  it('may come with money that goes back, and need not', async () => {
    const maker = await signedIn('ji-qiushi');
    const fields = { amount: '100', voucherDate: '2016-03-01', reason: '年末交回' };
    const page = await upload(maker, `${fund}/hand-back`, pdfBytes('TH-1'));
    const path = `${fund}/hand-back`;
    await maker.post(page, path, { ...idOn(page), ...scanOn(page), ...fields, voucherNumber: 'TH-1' });
    const without = await fill(maker, path, { ...fields, voucherNumber: 'TH-2' });
    expect(without.text).toContain('没有扫描件');
    expect(ports.proposals().map(({ wanted }) => 'voucher' in wanted && wanted.voucher.scan?.sha256)).toEqual([
      sha256Of(pdfBytes('TH-1')),
      undefined,
    ]);
  });
});

describe('what leaves a fund', () => {
  it('goes back to its source by a voucher, as far as it is not reserved', async () => {
    const maker = await signedIn('ji-qiushi');
    const form = await maker.get(`${fund}/hand-back?scan=none`);
    expect(form.html).toContain('value="51000.00"');
    const fields = { voucherNumber: 'TH-1', voucherDate: '2016-03-01', reason: '年末交回' };
    const much = await fill(maker, `${fund}/hand-back`, { ...fields, amount: '51000.01' });
    expect(much.text).toContain('余额不足，现在只有 51,000.00 元');
    const made = await fill(maker, `${fund}/hand-back`, { ...fields, amount: '51000' });
    await press(await signedIn('wen-zhuxi'), `${bare(made)}/confirm`);
    expect(ports.funds()[0]).toMatchObject({ fundedFen: 0, availableFen: 0 });
    expect((await maker.get(fund)).text).toContain('交回来源');
  });

  it('is carried into a fund of the same source alone, and both ledgers name the other', async () => {
    const maker = await signedIn('ji-qiushi');
    const from = '/finance/funds/company-union';
    const form = await maker.get(`${from}/carry-over`);
    expect(form.html).toContain('<option value="company-administration"');
    expect(form.html).not.toContain('<option value="group-union"');
    const fields = { amount: '50000', into: 'company-administration', reason: '年末结转' };
    expect((await fill(maker, `${from}/carry-over`, { ...fields, into: '' })).text).toContain('请选择转入的资金');
    const made = await fill(maker, `${from}/carry-over`, fields);
    await press(await signedIn('bian-sujun'), `${bare(made)}/confirm`);
    expect((await maker.get(from)).text).toContain('对应资金：公司行政救助资金');
    expect((await maker.get('/finance/funds/company-administration')).text).toContain('结转转入');
  });
});

describe('a fund', () => {
  const terms = {
    nameZh: '海洋公益金',
    nameEn: 'Ocean fund',
    source: 'donations',
    programmes: 'fire-damage',
    from: '2016-03-01',
    until: '2016-12-31',
    'budget-2016': '8000',
    donorsWish: '只用于水产片区',
    patches: 'aquaculture',
  };

  it('is opened by two persons, with all its terms', async () => {
    const clerk = await signedIn('wen-zhuxi');
    const made = await fill(clerk, '/finance/funds/new', terms);
    expect(made.text).toContain('新设资金');
    expect(ports.funds()).toHaveLength(5);
    const done = await press(await signedIn('ji-qiushi'), `${bare(made)}/confirm`);
    expect(done.status).toBe(200);
    const opened = ports.funds().at(-1)!;
    expect(opened).toMatchObject({
      names: { zh: '海洋公益金', en: 'Ocean fund' },
      source: 'donations',
      purpose: { programmes: ['fire-damage'], patches: ['aquaculture'] },
      validity: { from: '2016-03-01', until: '2016-12-31' },
      budgets: [{ year: 2016, amountFen: yuan(8_000) }],
      donorsWish: '只用于水产片区',
    });
    const page = await clerk.get(`/finance/funds/${opened.fundId}`);
    for (const text of [
      '捐款',
      '水产养殖片区',
      '2016年3月1日 至 2016年12月31日',
      '2016 年：8,000.00 元',
      '只用于水产片区',
    ])
      expect(page.text).toContain(text);
  });

  it('is not opened with half an account, without a programme, or with an end before its beginning', async () => {
    const clerk = await signedIn('wen-zhuxi');
    const half = await fill(clerk, '/finance/funds/new', { ...terms, holderName: '工会', clearingCode: '12' });
    for (const text of ['付款账户的四项要么都填', '联行号是 12 位数字']) expect(half.text).toContain(text);
    expect(half.errors).toContain('请填写付款账户开户行：付款账户的四项要么都填，要么都不填');
    const { programmes: _none, ...others } = terms;
    expect((await fill(clerk, '/finance/funds/new', others)).text).toContain('请勾选至少一个项目');
    const early = await fill(clerk, '/finance/funds/new', { ...terms, until: '2016-02-28' });
    expect(early.text).toContain('最后一天不能早于开始日期');
    expect(early.html).toContain('value="8000"');
  });

  it('that is wrong in like ways at several fields is told of each by its name', async () => {
    const clerk = await signedIn('wen-zhuxi');
    const long = '很'.repeat(81);
    const amounts = { 'budget-2016': '八千', 'budget-2017': '九千' };
    const wrong = { ...terms, nameZh: '', nameEn: long, from: '三月', until: '年底', ...amounts, holderName: long };
    const { status, errors } = await fill(clerk, '/finance/funds/new', wrong);
    expect([status, new Set(errors).size]).toEqual([422, errors.length]);
    expect(errors).toEqual([
      '请填写中文名称',
      '英文名称不能超过 80 个字',
      '开始日期要写成年-月-日，例如 2016-10-08',
      '最后一天要写成年-月-日，例如 2016-10-08',
      '2016 年预算要写成数字，例如 1234.50，最多两位小数',
      '2017 年预算要写成数字，例如 1234.50，最多两位小数',
      '付款账户户名不能超过 80 个字',
      '请填写付款账户开户行：付款账户的四项要么都填，要么都不填',
      '请填写付款账号：付款账户的四项要么都填，要么都不填',
      '请填写联行号：付款账户的四项要么都填，要么都不填',
    ]);
  });

  it('is changed beginning from the terms as they are, and its source stays', async () => {
    const maker = await signedIn('ji-qiushi');
    const form = await maker.get(`${fund}/change`);
    for (const text of ['市总工会帮扶资金', '999100000017', 'value="2015-01-01"']) expect(form.html).toContain(text);
    expect(form.html).not.toContain('name="source"');
    const fields = { nameZh: '市总资金', nameEn: 'Federation', programmes: 'start-up-funding', from: '2015-01-01' };
    const made = await fill(maker, `${fund}/change`, { ...fields, source: 'company', until: '2016-04-15' });
    await press(await signedIn('bian-sujun'), `${bare(made)}/confirm`);
    expect(ports.funds()[0]).toMatchObject({
      names: { zh: '市总资金' },
      source: 'municipal-federation',
      purpose: { programmes: ['start-up-funding'] },
      validity: { from: '2015-01-01', until: '2016-04-15' },
      availableFen: yuan(51_000),
    });
    expect((await maker.get('/finance/funds')).text).toContain('即将到期');
  });

  it('that is over is listed with what waits in it, and says what becomes of that', async () => {
    const validity = { from: asLocalDate('2015-01-01'), until: asLocalDate('2016-02-29') };
    ports.setFund('municipal-federation', { validity, reservedFen: yuan(3_000) });
    const reader = await signedIn('zhuang-caiwei');
    const list = await reader.get('/finance/funds');
    expect(list.text).toContain('市总工会帮扶资金：有效期到 2016年2月29日，余额 51,000.00 元，已预留 3,000.00 元');
    const page = await reader.get(fund);
    expect(page.text).toContain('余额 51,000.00 元 等待结转到后续资金或交回来源');
  });

  it('shows how much of the year’s budget is used', async () => {
    const budgets = [{ year: 2016, amountFen: yuan(40_000) }];
    ports.setFund('municipal-federation', { budgets, awarded: [{ year: 2016, amountFen: yuan(1_500) }] });
    expect((await (await signedIn('ji-qiushi')).get('/finance/funds')).text).toContain(
      '1,500.00 元（预算 40,000.00 元）',
    );
  });
});

describe('who sees and who moves', () => {
  it('an auditor reads funds, ledgers and proposals, and is offered and allowed nothing', async () => {
    const made = await fill(await signedIn('ji-qiushi'), `${fund}/receipt`, money);
    const auditor = await signedIn('qiu-zhengheng');
    for (const path of ['/finance/funds', fund, bare(made)]) {
      const page = await auditor.get(path);
      expect(page.status).toBe(200);
      expect(page.html).not.toMatch(/href="[^"]*\/(receipt|hand-back|carry-over|change|new)"|action="\/finance/);
    }
    for (const path of ['/finance/funds/new', `${fund}/receipt`]) expect((await auditor.get(path)).status).toBe(403);
    const page = await auditor.get(fund);
    for (const path of [`${fund}/receipt`, `${bare(made)}/confirm`, `${bare(made)}/reject`, `${bare(made)}/undo`])
      expect((await auditor.post(page, path, money)).status).toBe(403);
    expect(ports.proposals()).toMatchObject([{ status: 'proposed' }]);
  });

  it('an officer sees none of it', async () => {
    const officer = await signedIn('you-zhidu');
    expect((await officer.get(fund)).status).toBe(403);
    expect((await officer.get('/finance/funds')).status).toBe(403);
  });

  it('nothing moves without the page’s token, and a fund or a proposal that is not there is 404', async () => {
    const maker = await signedIn('ji-qiushi');
    const form = await maker.get(`${fund}/receipt`);
    expect((await maker.post(form, `${fund}/receipt`, money, '')).status).toBe(403);
    expect(ports.proposals()).toEqual([]);
    expect((await maker.get('/finance/funds/none/receipt')).status).toBe(404);
    expect((await maker.get(`${fund}/proposals/none`)).status).toBe(404);
    expect((await maker.post(form, `${fund}/proposals/none/confirm`)).status).toBe(404);
    expect((await maker.post(form, '/finance/funds/none/receipt', money)).status).toBe(404);
  });

  it('reads in English too', async () => {
    const maker = await signedIn('ji-qiushi');
    maker.cookies.set('lang', 'en');
    const page = await upload(maker, `${fund}/receipt`, pdfBytes());
    for (const text of ['Record a receipt', 'Scan of the voucher', 'Voucher number', 'Submit for a second person'])
      expect(page.text).toContain(text);
  });
});
