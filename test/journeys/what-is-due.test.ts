import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, bringPapers, expectPage, type Receipt, track } from '../replay/apply.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { payEverything } from '../replay/finance.ts';
import type { Page } from '../replay/page.ts';
import { desks } from '../replay/staff.ts';
import { fireApplication, fireSums, latePapers } from '../replay/stories/fire.ts';
import { told } from '../replay/told.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { signInAs } from '../support/staff-desk.ts';

let local: TestLocal;
beforeAll(async () => {
  local = await startTestLocal('2016-10-11T22:30');
});
afterAll(() => local?.stop());

const letters = async ({ caseNumber }: Receipt, words: string) =>
  (await local.world.post.letters()).filter(({ subject }) => subject.includes(caseNumber) && subject.startsWith(words));
const rowsOf = (page: Page, { caseNumber }: Receipt) =>
  page.tables.flatMap(({ rows }) => rows).filter(({ cells }) => cells['受理编号'] === caseNumber);

/** The advance in the first night, the rest decided on the next day; the receipt of the fire brigade never comes. */
async function firePosted(): Promise<Receipt> {
  const { world } = local;
  const receipt = await apply(world.site, fireApplication(0, 70, { hasPapersAtHand: false }));
  await decide(world, receipt, [approve(fireSums.advance), approve(fireSums.advance)]);
  await told(world, receipt, 'advance');
  await payEverything(world);
  await world.moveClock({ to: '2016-10-12T09:00' });
  const yuan = fireSums.whole;
  await decide(world, receipt, [recommend(yuan, { hasVisited: true, filledInYuan: yuan })]);
  await decide(world, receipt, [approve(yuan), approve(yuan)]);
  await decide(world, receipt, [approve(yuan)]);
  await told(world, receipt, 'on-notice');
  return receipt;
}

test('a receipt that does not come is reminded of, handed to the office and holds the rest back; after all is paid a visit is recorded', async () => {
  const { world } = local;
  const receipt = await firePosted();
  const { person } = receipt.application;
  expect((await track(receipt)).text).toContain('请在 2016年10月18日 前补交');

  await world.moveClock({ to: '2016-10-17T10:00' });
  expect((await letters(receipt, '提醒，请补交材料')).map(({ to }) => to)).toEqual([person.email]);
  expect(await letters(receipt, '到期事项已逾期')).toEqual([]);

  await world.moveClock({ to: '2016-10-21T09:00' });
  expect((await letters(receipt, '补交材料已过期限')).map(({ to }) => to)).toEqual([person.email]);
  expect((await letters(receipt, '到期事项已逾期')).map(({ to }) => to)).toContain(desks.office);
  expect((await letters(receipt, '提醒，请补交材料')).length).toBe(1);
  const status = await track(receipt);
  expect(status.text).toContain('已逾期');
  expect(status.text).toContain('正在等：您自己');
  expect(status.text).not.toContain('工会办公室正在催办');
  expect(status.text).toContain('先行救助之外的款项，要等这些材料交齐才能发放');

  const finance = await signInAs(world, desks['finance-maker'], '/finance');
  expect(rowsOf(finance.page, receipt)).toHaveLength(3);
  expect(finance.page.text).toContain('材料未交齐，不能放入批次：消防出警证明、身份证正反面、收款银行卡或存折');
  expect(finance.page.forms.filter(({ action }) => action === '/finance/batches/check')).toEqual([]);
  const one = await finance.browser.open(rowsOf(finance.page, receipt)[0]!.links[0]!);
  expect(one.text).toContain('材料未交齐，不能放入批次');
  expect(one.forms.filter(({ action }) => action === '/finance/batches/check')).toEqual([]);

  const office = await signInAs(world, desks.office, '/office/due');
  const due = rowsOf(office.page, receipt).map(({ cells }) => `${cells['事项']} ${cells['最后一天']} ${cells['状态']}`);
  expect(due).toEqual([
    '补交收款银行卡或存折 2016年10月18日 已逾期',
    '补交消防出警证明 2016年10月18日 已逾期',
    '补交身份证正反面 2016年10月18日 已逾期',
    '先行救助后的全部手续 2016年11月1日 待办',
    '补交火灾事故认定书 2016年12月10日 待办',
  ]);
  const certificate = rowsOf(office.page, receipt).at(-1)!.links[0]!;
  const paper = expectPage(await office.browser.open(certificate), /^\/office\/due\//);
  const reason = '消防部门说认定要到年底';
  const early = await office.browser.send(paper, '/extend', { until: '2016-11-01', reason });
  expect([early.status, early.errors]).toEqual([422, ['新的日期要在 2016年12月11日 至 2017年4月19日 之间']]);
  expect(early.forms.find(({ action }) => action.endsWith('/extend'))!.values.get('reason')).toEqual([reason]);
  const extended = expectPage(await office.browser.send(early, '/extend', { until: '2017-01-10' }), /^\/office\/due\//);
  expect(extended.text).toContain('2017年1月10日 · 已延期 1 次');
  await world.post.wait('more time', ({ to, subject }) => to === person.email && subject.startsWith('补交材料已延期'));
  expect((await track(receipt)).text).toContain('2017年1月10日');
  const receiptOfBrigade = rowsOf(office.page, receipt)[1]!.links[0]!;
  expect((await office.browser.open(receiptOfBrigade)).forms.some(({ action }) => action.endsWith('/extend'))).toBe(
    false,
  );

  await bringPapers(receipt, latePapers);
  await payEverything(world);
  await told(world, receipt, 'paid');

  await world.moveClock({ to: '2016-10-26T10:00' });
  const [letter] = await letters(receipt, '请回访');
  const { pathname } = new URL(letter!.link);
  const member = await signInAs(world, letter!.to, pathname);
  const nothing = await member.browser.send(member.page, '/visit', { visitedOn: '2016-10-27', note: '' });
  expect([nothing.status, nothing.errors.length]).toEqual([422, 2]);
  const visited = { visitedOn: '2016-10-26', note: '已搬回，屋顶修好' };
  const recorded = expectPage(await member.browser.send(nothing, '/visit', visited), /^\/office\/due\//);
  expect(recorded.text).toContain(visited.note);
  const mine = expectPage(await member.browser.open('/office/due'), /^\/office\/due$/);
  expect(rowsOf(mine, receipt)).toEqual([]);
  const { page: all } = await signInAs(world, desks.office, '/office/due');
  expect(rowsOf(all, receipt).map(({ cells }) => cells['事项'])).toEqual(['补交火灾事故认定书']);
  const finances = await signInAs(world, desks['finance-maker'], '/finance');
  for (const path of ['/office/due', certificate]) expect((await finances.browser.open(path)).status).toBe(403);
  expect((await member.browser.open(certificate)).status).toBe(403);

  await world.moveClock({ to: '2016-11-20T10:00' });
  expect((await letters(receipt, '请回访')).length).toBe(1);
  expect((await letters(receipt, '到期事项已逾期')).filter(({ to }) => to === desks.office)).toHaveLength(1);
}, 300_000);
