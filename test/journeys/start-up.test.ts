import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventPerson } from '../replay/people.ts';
import { fillInPerson, openForm, submitAndRead, track, uploadPapers } from '../support/apply-in-chromium.ts';
import { choose, fillIn, openChromium, openPhone, press, shoot, textOf } from '../support/browser.ts';
import { decideInChromium, payInChromium } from '../support/decide-in-chromium.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';

const programme = '创业扶持资金';
const withoutScript = { hasScript: false } as const;
let local: TestLocal;
let browser: Browser;
beforeAll(async () => {
  [local, browser] = await Promise.all([startTestLocal(), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

async function addCost(page: Page, row: number, item: string, yuan: string): Promise<void> {
  const line = page.getByRole('group', { name: `第 ${row} 行`, exact: true });
  await line.getByLabel('项目', { exact: true }).fill(item);
  await line.getByLabel('金额（元）', { exact: true }).fill(yuan);
}

test('a laid-off worker is helped to start a business, and nobody on the way has script in the browser', async () => {
  const { world } = local;
  const page = await (await openPhone(browser, world.site, withoutScript)).newPage();
  await openForm(page, programme);
  await fillInPerson(page, inventPerson(3));
  await choose(page, '您是下岗职工吗？', '是');
  await fillIn(page, '做什么行当？', '修船');
  await fillIn(page, '这笔钱准备怎么用？', '买电焊机和工具');
  await addCost(page, 1, '电焊机', '3600');
  await addCost(page, 2, '工具', '2400');
  await addCost(page, 3, '防护服', '300');
  await press(page, '再加一行开支清单');
  expect(await page.getByLabel('做什么行当？', { exact: true }).inputValue()).toBe('修船');
  await addCost(page, 4, '雨棚', '200');
  await fillIn(page, '自己投入多少（元）', '3000');
  await fillIn(page, '营业执照上的统一社会信用代码', '91199900MA0000010X');
  await choose(page, '执照现在有效吗？', '是');
  await fillIn(page, '哪天开始经营的？', '2015-11-20');
  await fillIn(page, '经营地点', '盐场创业基地 1 号铺');
  await fillIn(page, '雇了几个人？', '0');
  await choose(page, '以前得到过创业方面的帮助吗？', '否');
  await shoot(page, `${programme}-3-form`);
  await press(page, '保存并继续');
  await uploadPapers(page, [
    { paper: '营业执照', kind: 'business-licence', count: 1 },
    { paper: '创业计划', kind: 'plan', count: 1 },
    { paper: '报价单或租约（至少一份）', kind: 'quotation-or-lease', count: 1 },
    { paper: '身份证正反面', kind: 'id-card', count: 2 },
    { paper: '收款银行卡或存折', kind: 'bank-card', count: 1 },
  ]);
  await press(page, '继续');
  const receipt = await submitAndRead(page, programme);
  const { caseNumber } = receipt;

  await decideInChromium(
    browser,
    world,
    caseNumber,
    [{ verdict: '建议救助', visitedOn: '2016-03-07', reads: ['修船', '雨棚', '3,000.00 元'] }, { verdict: '建议救助' }],
    { name: `${programme}-7-review`, ...withoutScript },
  );
  await decideInChromium(browser, world, caseNumber, [{ verdict: '同意' }, { verdict: '同意' }], {
    name: `${programme}-9-approval`,
    ...withoutScript,
  });
  expect(await track(page, receipt)).toMatch(/正在公示/);
  await world.moveClock({ by: '+8d' });
  expect(await payInChromium(browser, world, programme, withoutScript)).toBe(1);
  expect(await track(page, receipt)).toMatch(/已经全部到账/);
  await shoot(page, `${programme}-12-status-paid`);
  await press(page, '退出查询');
  await page.goto(`/track`);
  expect(await textOf(page)).not.toContain(caseNumber);
});
