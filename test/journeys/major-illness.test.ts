import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventPerson } from '../replay/people.ts';
import { fillInPerson, openForm, submitAndRead, track, uploadPapers } from '../support/apply-in-chromium.ts';
import { choose, fillIn, openChromium, openPhone, press, shoot, textOf } from '../support/browser.ts';
import { decideInChromium, payInChromium } from '../support/decide-in-chromium.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';

const programme = '大病救助';
const worker = inventPerson(1);
let local: TestLocal;
let browser: Browser;
beforeAll(async () => {
  [local, browser] = await Promise.all([startTestLocal(), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

test('a worker with cancer applies on a phone, is heard by two, approved, posted, and paid into the own account', async () => {
  const { world } = local;
  const phone = await openPhone(browser, world.site);
  const page = await phone.newPage();
  await openForm(page, programme);
  await fillInPerson(page, worker);
  await choose(page, '谁生病了？', '申请人本人');
  await choose(page, '得的是哪一类病？', '恶性肿瘤（癌症、白血病）');
  await choose(page, '是怎么造成的？', '疾病');
  await choose(page, '这笔费用是否应由别人赔偿？', '否');
  await fillIn(page, '在哪家医院看的？', '滨海人民医院（虚构）');
  await choose(page, '医院等级', '三级');
  await fillIn(page, '入院或开始治疗的日期', '2016-01-11');
  await page.getByLabel('出院或结算的日期').fill('2016-02-20');
  await fillIn(page, '发票号码或结算单号', 'YLF-2016-0001');
  await fillIn(page, '医疗总费用（元）', '80000');
  await fillIn(page, '基本医保报销（元）', '50000');
  await shoot(page, `${programme}-3-form`);
  await press(page, '保存并继续');
  await uploadPapers(page, [
    { paper: '诊断证明或出院小结', kind: 'diagnosis', count: 1 },
    { paper: '医疗费发票或费用清单', kind: 'invoice', count: 2 },
    { paper: '医保结算单', kind: 'insurance-settlement', count: 1 },
    { paper: '身份证正反面', kind: 'id-card', count: 2 },
    { paper: '收款银行卡或存折', kind: 'bank-card', count: 1 },
  ]);
  await shoot(page, `${programme}-4-papers`);
  await press(page, '继续');
  const receipt = await submitAndRead(page, programme);

  const reviewers = await decideInChromium(
    browser,
    world,
    receipt.caseNumber,
    [{ verdict: '建议救助', reads: [worker.name, '恶性肿瘤', '3,000'] }, { verdict: '建议救助' }],
    { name: `${programme}-7-review` },
  );
  expect(new Set(reviewers).size).toBe(2);
  expect(await track(page, receipt)).toMatch(/工会正在审批/);
  await shoot(page, `${programme}-8-status-in-approval`);

  const [officer] = await decideInChromium(browser, world, receipt.caseNumber, [{ verdict: '同意' }], {
    name: `${programme}-9-approval`,
  });
  expect(reviewers).not.toContain(officer);
  const onNotice = await track(page, receipt);
  expect(onNotice).toMatch(/正在公示/);
  expect(onNotice).not.toMatch(/已到账合计/);
  await shoot(page, `${programme}-10-status-on-notice`);
  await page.goto('/notices');
  const board = await textOf(page);
  expect(board).toContain(receipt.caseNumber);
  expect(board).not.toContain(worker.name);
  await shoot(page, `${programme}-11-notices`);

  await world.moveClock({ by: '+8d' });
  expect(await track(page, receipt)).toMatch(/正在安排打款/);
  expect(await payInChromium(browser, world, programme)).toBe(1);
  const atTheEnd = await track(page, receipt);
  expect(atTheEnd).toMatch(/已经全部到账/);
  expect(atTheEnd).toMatch(/3,000/);
  await shoot(page, `${programme}-12-status-paid`);
});
