import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventPerson } from '../replay/people.ts';
import { fillInPerson, openForm, submitAndRead, track, uploadPapers } from '../support/apply-in-chromium.ts';
import { choose, fillIn, openChromium, openPhone, press, shoot, textOf } from '../support/browser.ts';
import { decideInChromium, payInChromium, signInInChromium } from '../support/decide-in-chromium.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';

const programme = '火灾救助';
const worker = inventPerson(2, { householdSize: 4 });
let local: TestLocal;
let browser: Browser;
beforeAll(async () => {
  [local, browser] = await Promise.all([startTestLocal('2016-10-11T22:30'), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

/** Writes one row of the list of damage. */
async function addDamage(page: Page, row: number, item: string, yuan: string): Promise<void> {
  const line = page.getByRole('group', { name: `第 ${row} 行`, exact: true });
  await line.getByLabel('物品', { exact: true }).fill(item);
  await line.getByLabel('估计损失（元）', { exact: true }).fill(yuan);
}

test('a household that a fire hit at night is advanced money at once, and given the rest after the whole way', async () => {
  const { world } = local;
  const page = await (await openPhone(browser, world.site)).newPage();
  await openForm(page, programme);
  await fillInPerson(page, worker);
  await fillIn(page, '哪一天起火的？', '2016-10-11');
  await fillIn(page, '在哪里起火的？', '三号生活区 5 栋');
  await fillIn(page, '消防出警编号', '消出〔2016〕第1011号');
  await choose(page, '烧了什么？', '住房');
  await addDamage(page, 1, '家具', '8000');
  await addDamage(page, 2, '电器', '7000');
  await addDamage(page, 3, '被褥衣物', '5000');
  await fillIn(page, '家里有几个人受伤？', '0');
  await choose(page, '一家人现在住在哪里？', '亲戚朋友家');
  await choose(page, '有没有买财产保险？', '否');
  await press(page, '保存并继续');
  await uploadPapers(page, [{ paper: '现场照片（至少两张）', kind: 'photographs', count: 2 }]);
  await shoot(page, `${programme}-4-papers`);
  await press(page, '先不传，继续');
  const receipt = await submitAndRead(page, programme);
  const { caseNumber } = receipt;

  const signers = await decideInChromium(
    browser,
    world,
    caseNumber,
    [{ verdict: '同意', amount: '3000', reads: ['三号生活区 5 栋'] }, { verdict: '同意' }],
    { name: `${programme}-7-advance` },
  );
  expect(await payInChromium(browser, world, `${programme}-advance`)).toBe(3);
  const afterAdvance = await track(page, receipt);
  expect(afterAdvance).toMatch(/片区小组正在审核/);
  expect(sumsPaid(afterAdvance)).toEqual(['1,500.00', '900.00', '600.00']);
  await shoot(page, `${programme}-8-status-after-advance`);

  await press(page, '补交材料');
  await uploadPapers(page, [
    { paper: '消防出警证明', kind: 'call-out-receipt', count: 1 },
    { paper: '身份证正反面', kind: 'id-card', count: 2 },
    { paper: '收款银行卡或存折', kind: 'bank-card', count: 1 },
  ]);
  await press(page, '提交补充材料');
  expect(await textOf(page)).toMatch(/材料已经补交/);

  await world.moveClock({ to: '2016-10-12T09:00' });
  const [reviewer] = await decideInChromium(
    browser,
    world,
    caseNumber,
    [{ verdict: '建议救助', visitedOn: '2016-10-12', reads: ['已先行救助', '6,000.00 元'] }],
    { name: `${programme}-9-review` },
  );
  const officers = await decideInChromium(
    browser,
    world,
    caseNumber,
    [{ verdict: '同意' }, { verdict: '同意' }, { verdict: '同意' }],
    { name: `${programme}-10-approval` },
  );
  expect(new Set([...signers, reviewer, ...officers]).size).toBe(6);
  expect(await track(page, receipt)).toMatch(/正在公示/);

  await world.moveClock({ to: '2016-10-21T09:00' });
  expect(await payInChromium(browser, world, `${programme}-rest`)).toBe(3);
  const atTheEnd = await track(page, receipt);
  await shoot(page, `${programme}-12-status-paid`);
  expect(atTheEnd).toMatch(/已经全部到账/);
  expect(sumsPaid(atTheEnd)).toEqual(['1,500.00', '900.00', '600.00', '1,500.00', '900.00', '600.00']);

  const auditor = await signInInChromium(browser, world, 'qiu.zhengheng-demo@union.example', '/finance/funds');
  await shoot(auditor, `${programme}-13-funds`);
  const funds = await textOf(auditor);
  for (const paid of ['3,000.00', '1,800.00', '1,200.00']) expect(funds).toContain(paid);
});

/** Sums of the payouts on a status page that have reached the account, in their order. */
const sumsPaid = (status: string): string[] =>
  [...status.matchAll(/([\d,]+\.\d\d) 元 已到账/g)].map(([, sum]) => sum ?? '');
