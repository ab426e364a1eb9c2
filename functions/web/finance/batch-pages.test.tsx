import { beforeEach, describe, expect, it } from 'vitest';
import { withdrawApplication } from '../../../shared/cases/withdraw-application.ts';
import { sha256Of } from '../../../shared/disbursement/make-bank-file.ts';
import { batchIdSchema, type CaseId, fundIdSchema, personIdSchema } from '../../../shared/kernel/ids.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { freshCode } from '../../../test/support/one-time-codes.ts';
import type { Page } from '../../../test/support/page-reader.ts';
import { seedOf } from '../../../test/support/small-union.ts';

let ports: ReturnType<typeof financePorts>;
let first: CaseId;
let second: CaseId;
beforeEach(() => {
  ports = financePorts();
  first = ports.caseInPayment(1);
  second = ports.caseInPayment(2);
});

const payoutOf = (caseId: CaseId) => ports.file(caseId).payouts[0]!;
const choice = (caseId: CaseId) => `${caseId}/${payoutOf(caseId).payoutId}`;
const answered = (caseId: CaseId) => ({
  [`answer.${payoutOf(caseId).payoutId}.check-digit`]: 'seen-the-card',
  [`answer.${payoutOf(caseId).payoutId}.holder-differs`]: 'asked-the-bank',
});
const batch = (batchId = 'B1') => ports.batches.get(batchIdSchema.parse(batchId))!;
const hidden = (page: Page, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
const statuses = () => [first, second].map((caseId) => payoutOf(caseId).status);

/** The form of the page on which a batch is made, as it is pressed. */
const makeFields = (batchId = 'B1', profile = 'generic-csv'): [string, string][] => [
  ['batchId', batchId],
  ['profile', profile],
  ['payout', choice(first)],
  ['payout', choice(second)],
  ...Object.entries({ ...answered(first), ...answered(second) }),
];

async function make(fields = makeFields()) {
  const maker = await ports.signedIn('ji-qiushi');
  return { ...maker, page: await maker.reader.post(maker.page, '/finance/batches', fields) };
}

async function releaseBy(person: string, version?: string) {
  const { app, reader } = await ports.signedIn(person);
  const page = await reader.get('/finance/batches/B1');
  const seen = version ?? hidden(page, 'version');
  const fields = { version: seen, code: freshCode(ports, person) };
  return { app, reader, page: await reader.post(page, '/finance/batches/B1/release', fields) };
}

describe('choosing', () => {
  it('shows count, control total, totals by fund and duplicates before anything is made', async () => {
    const { reader, page } = await ports.signedIn('ji-qiushi');
    const fields: [string, string][] = [
      ['profile', 'icbc-batch'],
      ['payout', choice(first)],
      ['payout', choice(second)],
    ];
    const checked = await reader.post(page, '/finance/batches/check', fields);
    expect(checked.status).toBe(200);
    for (const text of ['笔数 2', '总金额 4,000.00 元', '工商银行批量支付', '按资金合计', '同一账户', '要核实的账户']) {
      expect(checked.text).toContain(text);
    }
    expect(checked.text).toMatch(/付款账户 滨海盐业公司工会委员会 \d{10,}/);
    expect(hidden(checked, 'batchId')).not.toBe('');
    expect(statuses()).toEqual(['ordered', 'ordered']);
    expect(ports.batches.size).toBe(0);
  });

  it('says all that is missing and keeps what was ticked', async () => {
    const { reader, page } = await ports.signedIn('ji-qiushi');
    const none = await reader.post(page, '/finance/batches/check');
    expect(none.status).toBe(422);
    expect(none.text).toContain('请勾选要放入批次的款项');
    expect(none.text).toContain('请选择银行文件');
    const one = await reader.post(none, '/finance/batches/check', { payout: choice(first) });
    expect(one.status).toBe(422);
    expect(one.html).toMatch(new RegExp(`value="${choice(first)}" checked`));
  });

  it('says at the list what is missing, and leads to the first payment that can be chosen', async () => {
    const late = { ...seedOf('major-illness-relief'), version: 99 };
    const owed = { ...late.papers[0]!, id: 'deed', due: { withinDays: 30, isExtendable: false } };
    const programmes = async () => [{ ...late, papers: [...late.papers, owed] }];
    const file = ports.file(first);
    ports.put({ ...file, case: { ...file.case, programmeVersion: 99 } });
    Object.assign(ports.deps.store, { programmes });
    const { reader, page } = await ports.signedIn('ji-qiushi');
    expect(page.text).toContain('材料未齐');
    const none = await reader.post(page, '/finance/batches/check', { profile: 'generic-csv' });
    expect(none.html).toContain('<a href="#payout">请勾选要放入批次的款项</a>');
    const at = new RegExp(`<input[^>]*id="payout"[^>]*value="${choice(second)}"`);
    for (const shown of [page, none]) expect(shown.html).toMatch(at);
    expect(none.html).toMatch(/id="payout-error" class="govuk-error-message"/);
  });

  it('names payments that may not go into a batch, and makes none', async () => {
    ports.interests.set(personIdSchema.parse('ji-qiushi'), 'same-household');
    const { page } = await make();
    expect(page.status).toBe(409);
    expect(page.text).toContain('DB-2016-00001');
    expect(ports.batches.size).toBe(0);
  });

  it('shows and ticks what leaves from one account of the union’s, by one press, where there are several', async () => {
    const { reader, page } = await ports.signedIn('ji-qiushi');
    expect(page.text).not.toContain('付款账户付出');
    const own = {
      holderName: '公司工会',
      bankName: '招商银行',
      accountNumber: '88880000',
      clearingCode: '308307000018',
    };
    ports.setFund('company-union', { payerAccount: own });
    const file = ports.file(second);
    ports.put({ ...file, payouts: [{ ...payoutOf(second), fundId: fundIdSchema.parse('company-union') }] });
    const both = await reader.get('/finance');
    expect(both.text).toContain('公司工会 88880000：1 笔，2,000.00 元');
    const boxes = (shown: Page) =>
      [...shown.html.matchAll(/<input[^>]*name="payout"[^>]*>/g)].map(([box]) => [
        /value="([^"]+)"/.exec(box)?.[1],
        /\bchecked\b/.test(box),
      ]);
    expect(boxes(both)).toEqual([
      [choice(first), false],
      [choice(second), false],
    ]);
    const one = await reader.get('/finance?tab=ordered&payer=88880000');
    expect(boxes(one)).toEqual([[choice(second), true]]);
    expect(one.html).toContain('href="/finance?tab=ordered"');
    expect(boxes(await reader.get('/finance?tab=ordered&payer=1'))).toHaveLength(2);

    const fields: [string, string][] = [
      ['profile', 'cmb-payroll'],
      ['payout', choice(first)],
      ['payout', choice(second)],
    ];
    const checked = await reader.post(both, '/finance/batches/check', fields);
    expect(checked.text).toContain('DB-2016-00002 林海生: 从付款账户 88880000 付出');
    expect(checked.text).not.toContain('DB-2016-00001 林海生: 从付款账户');
    expect(checked.html).not.toContain('action="/finance/batches"');
  });

  it('finds a name that the bank’s file cannot write, before anybody has signed anything', async () => {
    ports.act(first, (file) => {
      const payouts = [{ ...payoutOf(first), payee: { ...payoutOf(first).payee, holderName: '林𬱖生' } }];
      return { kind: 'changed', changes: { case: file.case, payouts, facts: [] } };
    });
    const { reader, page } = await ports.signedIn('ji-qiushi');
    const fields = { profile: 'icbc-batch', payout: choice(first) };
    const checked = await reader.post(page, '/finance/batches/check', fields);
    expect(checked.text).toContain('DB-2016-00001 林𬱖生: 姓名或开户行里的“𬱖”');
    expect(checked.html).not.toContain('action="/finance/batches"');
  });
});

describe('making', () => {
  it('puts the payments into a batch that waits for another person', async () => {
    const { page } = await make();
    expect(page.text).toContain('批次 PC-2016-0001 已建立');
    expect(batch()).toMatchObject({ status: 'made', madeBy: 'ji-qiushi', totalFen: 400_000 });
    expect(statuses()).toEqual(['batched', 'batched']);
    expect(page.html).not.toContain('/release"');
    expect(page.text).toContain('请另一位财务人员核对放行');
    expect(page.text).toContain('款项回到待入批次，没有一笔会付出');
    expect(page.html).toMatch(/href="\/finance" aria-current="page"|aria-current="page"[^>]*>\s*发放/);
    expect(page.text).toContain('卡号校验不通过，可能写错 · 已看过银行卡或存折');
  });

  it('a second press gives the same batch', async () => {
    const { reader, page } = await make();
    const again = await reader.post(page, '/finance/batches', makeFields());
    expect(again.path).toBe('/finance/batches/B1');
    expect(ports.batches.size).toBe(1);
    expect(batch().members).toHaveLength(2);
  });

  it('a form that made a batch makes no other of other payments', async () => {
    const third = ports.caseInPayment(3);
    const { reader, page } = await make();
    const other = { batchId: 'B1', profile: 'generic-csv', payout: choice(third) };
    const again = await reader.post(page, '/finance/batches', other);
    expect(again.status).toBe(409);
    expect(again.text).toContain('这张表已经建立过另一个批次');
    expect(hidden(again, 'batchId')).not.toBe('B1');
    expect(ports.batches.size).toBe(1);
  });

  it('a form that made a batch makes no other of more payments, or for another bank', async () => {
    const third = ports.caseInPayment(3);
    const { reader, page } = await make();
    const more = [...makeFields(), ['payout', choice(third)] as const, ...Object.entries(answered(third))];
    for (const fields of [more, makeFields('B1', 'icbc-batch')]) {
      const again = await reader.post(page, '/finance/batches', fields);
      expect([again.status, again.text.includes('以下款项不能放入批次，没有建立批次')]).toEqual([409, true]);
    }
    expect([ports.batches.size, payoutOf(third).status]).toEqual([1, 'ordered']);
  });

  it('a second press leads to the batch that has lost a payment meanwhile', async () => {
    const { reader, page } = await make();
    expect(ports.act(second, withdrawApplication).kind).toBe('done');
    expect(batch().members).toHaveLength(1);
    expect((await reader.post(page, '/finance/batches', makeFields())).path).toBe('/finance/batches/B1');
  });

  it('pressed at the same moment for other payments makes one batch, and says so to the other', async () => {
    const third = ports.caseInPayment(3);
    const { reader, page } = await ports.signedIn('ji-qiushi');
    const others = [['payout', choice(third)] as const, ...Object.entries(answered(third))];
    const other = [...makeFields().slice(0, 2), ...others];
    const [one, two] = await Promise.all([
      reader.post(page, '/finance/batches', makeFields()),
      reader.post(page, '/finance/batches', other),
    ]);
    expect([one.status, two.status].toSorted()).toEqual([200, 409]);
    expect(ports.batches.size).toBe(1);
  });

  it('waits for an answer to every warning, and keeps those that were given', async () => {
    const given = makeFields().filter(
      ([name]) => !name.startsWith('answer.') || name.includes(payoutOf(first).payoutId),
    );
    const { page } = await make(given);
    expect(page.status).toBe(422);
    expect(page.text).toContain('请答复 DB-2016-00002 的提醒：卡号校验不通过，可能写错');
    expect(page.text).not.toContain('请答复 DB-2016-00001');
    expect(page.html).toContain('value="seen-the-card" selected');
    expect(hidden(page, 'batchId')).toBe('B1');
    expect(ports.batches.size).toBe(0);
  });

  it('takes no answer that is not on the list', async () => {
    const { page } = await make(
      makeFields().map(([name, value]) => [name, name.startsWith('answer.') ? '已核' : value]),
    );
    expect(page.status).toBe(422);
    expect(ports.batches.size).toBe(0);
  });

  it('asks about another household’s account, a changed one, and much money to a new one', async () => {
    ports.told.history = { isOfAnotherHousehold: true, wasPaidBefore: false, isChanged: true };
    const { page } = await make();
    for (const said of ['这个账户另一户也在用', '与上一次发放的账户不同', '户名不是受助人本人']) {
      expect(page.text).toContain(said);
    }
    expect(page.text).not.toContain('金额较大');
  });

  it('that died half way says so and offers to go on', async () => {
    ports.told.dies = true;
    const { reader, page } = await make();
    expect(batch().status).toBe('making');
    expect(page.text).toContain('这个批次还没有办完');
    ports.told.dies = false;
    const auditor = await ports.signedIn('qiu-zhengheng');
    expect((await auditor.reader.post(auditor.page, '/finance/batches/B1/go-on')).status).toBe(403);
    expect(batch().status).toBe('making');
    const gone = await reader.post(page, '/finance/batches/B1/go-on');
    expect(gone.text).toContain('已继续办理');
    expect(batch().status).toBe('made');
    expect(statuses()).toEqual(['batched', 'batched']);
  });

  it('without its token makes nothing', async () => {
    const { reader, page } = await ports.signedIn('ji-qiushi');
    expect((await reader.post(page, '/finance/batches', makeFields(), '')).status).toBe(403);
    expect(statuses()).toEqual(['ordered', 'ordered']);
  });

  it('is not for an auditor, who sees batches with names and accounts masked', async () => {
    await make();
    const { reader, page } = await ports.signedIn('qiu-zhengheng');
    expect((await reader.post(page, '/finance/batches', makeFields('B2'))).status).toBe(403);
    const seen = await reader.get('/finance/batches/B1');
    expect(seen.text).toContain('**** 1234');
    expect(seen.text).not.toContain('6200000000001234');
    expect((await reader.get('/finance/batches/B1/file')).status).toBe(403);
  });
});

describe('releasing', () => {
  it('is for another person: the file is sealed, and every download is the same to the byte', async () => {
    await make();
    const { reader, page, app } = await releaseBy('bian-sujun');
    expect(page.text).toContain('已放行，文件已封存');
    expect(statuses()).toEqual(['sent', 'sent']);
    const { file } = batch();
    expect(page.text).toContain(file!.sha256);
    expect(ports.files.get(file!.objectKey)).toBeDefined();
    const cookie = [...reader.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const time of ['first', 'second']) {
      const got = await app.request('/finance/batches/B1/file', { headers: { cookie } });
      expect(got.headers.get('content-disposition')).toBe('attachment; filename="PC-2016-0001.csv"');
      expect(got.headers.get('cache-control'), time).toBe('no-store');
      expect(sha256Of(new Uint8Array(await got.arrayBuffer()))).toBe(file!.sha256);
    }
  });

  it('never hands out other bytes than those that were sealed', async () => {
    await make();
    const { reader } = await releaseBy('bian-sujun');
    ports.files.set(batch().file!.objectKey, new TextEncoder().encode('other'));
    await expect(reader.get('/finance/batches/B1/file')).rejects.toThrow(/sealed/);
  });

  it('is refused to whoever made it', async () => {
    const { reader, page } = await make();
    const fields = { version: String(batch().version), code: freshCode(ports, 'ji-qiushi') };
    const own = await reader.post(page, '/finance/batches/B1/release', fields);
    expect(own.status).toBe(403);
    expect(own.text).toContain('建批的人不能放行');
    expect(batch().status).toBe('made');
    expect(ports.files.size).toBe(0);
  });

  it('is refused to a relative of one of its payees', async () => {
    await make();
    ports.interests.set(personIdSchema.parse('bian-sujun'), 'spouse');
    const { page } = await releaseBy('bian-sujun');
    expect(page.status).toBe(409);
    expect(page.text).toContain('DB-2016-00001');
    expect(batch().status).toBe('made');
  });

  it('is refused where the batch is not the one that was seen', async () => {
    await make();
    const seen = String(batch().version);
    ports.act(first, (file, around) => withdrawApplication(file, around));
    const { page } = await releaseBy('bian-sujun', seen);
    expect(page.status).toBe(409);
    expect(page.text).toContain('批次在您核对期间有变动');
    expect(batch()).toMatchObject({ status: 'made', totalFen: 200_000 });
    expect(statuses()).toEqual(['cancelled', 'batched']);
  });

  it.each([
    [
      'payee',
      { payee: { holderName: '林海生', bankName: '农商银行', accountNumber: '6200000000009999' } },
      '收款人或账户与建批时不同',
    ],
    ['amount', { amountFen: 1 }, '金额或资金与建批时不同'],
  ])('is refused where the %s of a payment was altered after it was made', async (_, altered, said) => {
    await make();
    ports.act(first, (file) => {
      const payouts = [{ ...payoutOf(first), ...altered } as ReturnType<typeof payoutOf>];
      return { kind: 'changed', changes: { case: file.case, payouts, facts: [] } };
    });
    const { page } = await releaseBy('bian-sujun');
    expect(page.status).toBe(409);
    expect(page.text).toContain(said);
    expect(batch().status).toBe('made');
  });

  it('says of a payment without a warning that there was none', async () => {
    await make();
    ports.batches.set(batch().batchId, { ...batch(), answers: batch().answers.slice(0, 2) });
    const { reader } = await ports.signedIn('bian-sujun');
    const page = await reader.get('/finance/batches/B1');
    expect([...page.text.matchAll(/没有提醒/g)]).toHaveLength(1);
  });

  it('shows whole names and accounts until the bank has answered, and no longer', async () => {
    await make();
    const { reader, page } = await releaseBy('bian-sujun');
    expect(page.text).toContain('6200000000001234');
    const settled = (caseId: CaseId) =>
      ports.act(caseId, (file) => {
        const payouts = [{ ...payoutOf(caseId), status: 'paid' as const }];
        return { kind: 'changed', changes: { case: file.case, payouts, facts: [] } };
      });
    settled(first);
    const one = await reader.get('/finance/batches/B1');
    expect(one.text).toMatch(/DB-2016-00001 林\*生 \*{4} 1234/);
    expect(one.text).toMatch(/DB-2016-00002 林海生 6200000000001234/);
    settled(second);
    expect((await reader.get('/finance/batches/B1')).text).not.toMatch(/林海生|6200000000001234/);
  });

  it('pressed twice releases once', async () => {
    await make();
    const { reader, page } = await releaseBy('bian-sujun');
    const { file } = batch();
    const again = await reader.post(page, '/finance/batches/B1/release', { version: '2' });
    expect(again.path).toBe('/finance/batches/B1?done=released');
    expect(batch().file).toEqual(file);
  });

  it('that died before the payments were told goes on', async () => {
    await make();
    ports.told.dies = true;
    const { reader, page } = await releaseBy('bian-sujun');
    expect(batch().status).toBe('released');
    expect(statuses()).toEqual(['batched', 'batched']);
    expect(page.text).toContain('这个批次还没有办完');
    expect(ports.act(first, (file, around) => withdrawApplication(file, around))).toMatchObject({ kind: 'refused' });
    ports.told.dies = false;
    await reader.post(page, '/finance/batches/B1/go-on');
    expect(statuses()).toEqual(['sent', 'sent']);
  });
});

describe('dissolving', () => {
  it('gives the payments back, by either of the two', async () => {
    const { reader, page } = await make();
    const gone = await reader.post(page, '/finance/batches/B1/dissolve');
    expect(gone.text).toContain('批次已解散');
    expect(statuses()).toEqual(['ordered', 'ordered']);
    const again = await make(makeFields('B2'));
    expect(again.page.text).toContain('PC-2016-0002');
  });

  it('is too late once it was released', async () => {
    await make();
    const { reader, page } = await releaseBy('bian-sujun');
    expect((await reader.post(page, '/finance/batches/B1/dissolve')).status).toBe(409);
    expect(statuses()).toEqual(['sent', 'sent']);
  });
});

it('batches are listed by status', async () => {
  const { reader } = await make();
  expect((await reader.get('/finance/batches')).text).toContain('PC-2016-0001');
  expect((await reader.get('/finance/batches?status=released')).text).not.toContain('PC-2016-0001');
  expect((await reader.get('/finance/batches/none')).status).toBe(404);
});
