import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, type Receipt, track as trackByHand } from '../replay/apply.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { readBooks } from '../replay/finance.ts';
import { inventPerson } from '../replay/people.ts';
import type { Letter } from '../replay/post-office.ts';
import { desks } from '../replay/staff.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { told } from '../replay/told.ts';
import { track } from '../support/apply-in-chromium.ts';
import { type Device, fillIn, headingOf, openChromium, openPhone, press, shoot, textOf } from '../support/browser.ts';
import { decideInChromium, payInChromium, signInInChromium } from '../support/decide-in-chromium.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';

const treated = { from: '2016-01-11', until: '2016-02-20' };
const byMail = { name: '郗拾贝', contact: 'xi.shibei-demo@home.example', grounds: '听说费用已由保险全部报销' };
const byPhone = { name: '苗望潮', contact: '0000-2100999', grounds: '这一户另有收入没有写' };

let local: TestLocal;
let browser: Browser;
beforeAll(async () => {
  // A Monday: its notice runs until the Monday after.
  [local, browser] = await Promise.all([startTestLocal('2016-03-07T09:00'), openChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

async function onNotice(order: number): Promise<Receipt> {
  const { world } = local;
  const application = illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated);
  const receipt = await apply(local.url, application);
  await decide(world, receipt, [recommend(3_000), recommend(3_000)]);
  await decide(world, receipt, [approve(3_000)]);
  await told(world, receipt, 'on-notice');
  return receipt;
}

/** From the notice board by its link to the form; gives the page with the receipt. */
async function object(
  { caseNumber }: Receipt,
  { name, contact, grounds }: typeof byMail,
  shot: string,
  device: Device = {},
): Promise<Page> {
  const page = await (await openPhone(browser, local.url, device)).newPage();
  await page.goto('/notices');
  await shoot(page, `${shot}-1-board`);
  await page.getByRole('link', { name: `对 ${caseNumber} 提出异议` }).click();
  await fillIn(page, '您的姓名', name);
  await fillIn(page, '联系电话或邮箱', contact);
  await fillIn(page, '您认为哪里不实，有什么根据', grounds);
  await shoot(page, `${shot}-2-form`);
  await press(page, '提交异议');
  expect(await headingOf(page)).toBe('异议已经收到');
  await shoot(page, `${shot}-3-received`);
  return page;
}

const officeDecides = (
  receipt: Receipt,
  verdict: '受理异议' | '不受理异议',
  note: string,
  shot: string,
  device: Device = {},
) =>
  decideInChromium(browser, local.world, receipt.caseNumber, [{ verdict, note, reads: ['听说费用已由保险'] }], {
    name: `${shot}-4-office`,
    ...device,
  });

const lettersTo = async (address: string, words: string, { caseNumber }: Receipt): Promise<readonly Letter[]> => {
  const isMeant = ({ to, subject }: Letter): boolean => to === address && subject.includes(`${words}：${caseNumber}`);
  return local.world.post.wait(`${words} to ${address}`, isMeant);
};

const statusOf = async (receipt: Receipt): Promise<string> => (await trackByHand(receipt)).text;
const boardRow = async (page: Page, { caseNumber }: Receipt): Promise<string> => {
  await page.goto('/notices');
  return (await page.getByRole('row').filter({ hasText: caseNumber }).innerText()).replace(/\s+/g, ' ');
};
const paidOf = async ({ caseNumber }: Receipt): Promise<number> =>
  (await readBooks(local.world)).paid.filter((row) => row.caseNumber === caseNumber).length;
const reservedFen = async (): Promise<number> =>
  (await readBooks(local.world)).funds.reduce((sum, fund) => sum + fund.reservedFen, 0);

test('admitted, an objection stops clock and payment; dismissed, the notice has the days it had left, and is paid', async () => {
  const { world } = local;
  const receipt = await onNotice(11);
  await world.moveClock({ by: '+2d' });
  const page = await object(receipt, byMail, 'dismissed');
  await officeDecides(receipt, '受理异议', '需要核对保险结算单', 'dismissed');
  await lettersTo(byMail.contact, '您的异议已受理', receipt);
  await local.settle();

  await world.moveClock({ by: '+12d' });
  expect(await statusOf(receipt)).toContain('异议已受理，正在核实');
  expect(await paidOf(receipt)).toBe(0);
  expect(await boardRow(page, receipt)).toContain('异议核实中，暂停');
  await shoot(page, 'dismissed-5-board-stopped');
  const [officer] = await decideInChromium(
    browser,
    world,
    receipt.caseNumber,
    [{ verdict: '异议不成立', note: '保险结算单证明自付属实' }],
    { name: 'dismissed-6-officer' },
  );
  expect(officer).toBeDefined();
  await lettersTo(byMail.contact, '您的异议不成立', receipt);
  await local.settle();
  // Stopped on Wednesday the 9th with three working days to go; dismissed on Monday the 21st.
  expect(await boardRow(page, receipt)).toContain('2016年3月24日');

  await world.moveClock({ to: '2016-03-24T23:00' });
  expect(await statusOf(receipt)).toContain('正在公示');
  await world.moveClock({ to: '2016-03-25T09:00' });
  expect(await statusOf(receipt)).toContain('正在安排打款');
  expect(await payInChromium(browser, world, 'dismissed')).toBe(1);
  expect(await statusOf(receipt)).toContain('已经全部到账');
  await page.context().close();
});

test('not admitted, an objection lets the notice go on; all of it without script', async () => {
  const { world } = local;
  const device = { hasScript: false };
  const receipt = await onNotice(12);
  const page = await object(receipt, byMail, 'rejected', device);
  const at = page.url();
  await page.goBack();
  if ((await headingOf(page)) !== '提出异议') throw new Error(await textOf(page));
  const reason = '异议说的是另一位职工的费用，与这份决定无关';
  const officers = await officeDecides(receipt, '不受理异议', reason, 'rejected', device);
  expect(officers).toEqual([expect.stringContaining('@union.example')]);

  const [letter] = await lettersTo(byMail.contact, '您的异议不予受理', receipt);
  expect(letter!.text).not.toContain(reason);
  expect(letter!.link).toBe(at);
  await page.goto(letter!.link);
  expect(await headingOf(page)).toContain('对异议的答复');
  expect(await textOf(page)).toContain(reason);
  expect(await textOf(page)).not.toContain(byMail.name);
  await shoot(page, 'rejected-5-answer');

  expect(await boardRow(page, receipt)).toContain('提出异议');
  expect(await track(page, receipt)).toContain('正在公示');
  await world.moveClock({ by: '+12d' });
  expect(await track(page, receipt)).toContain('正在安排打款');
  await page.goto(`/notices/${receipt.caseNumber}/object`);
  expect(await headingOf(page)).toBe('公示已经结束');
  await shoot(page, 'rejected-6-over');
  expect(await payInChromium(browser, world, 'rejected', device)).toBe(1);
  expect(await track(page, receipt)).toContain('已经全部到账');
  await page.context().close();
});

test('upheld, an objection ends the case and its money is free; one that still waited is told by phone', async () => {
  const { world } = local;
  const before = await reservedFen();
  const receipt = await onNotice(13);
  expect(await reservedFen()).toBe(before + 300_000);
  const page = await object(receipt, byMail, 'upheld');
  const other = await object(receipt, byPhone, 'upheld-by-phone');
  await officeDecides(receipt, '受理异议', '需要核对保险结算单', 'upheld');
  await local.settle();
  await decideInChromium(browser, world, receipt.caseNumber, [{ verdict: '异议成立', note: '保险已全部报销' }], {
    name: 'upheld-5-officer',
  });
  await lettersTo(byMail.contact, '您的异议成立', receipt);
  await local.settle();
  expect(await reservedFen()).toBe(before);
  expect(await statusOf(receipt)).toContain('没有同意');
  await page.reload();
  expect(await textOf(page)).toContain('异议成立');
  await other.reload();
  expect(await textOf(other)).toContain('终止办理');
  await shoot(other, 'upheld-6-overtaken');

  for (const [width, size] of [
    [390, 'phone'],
    [1_200, 'desk'],
  ] as const) {
    const office = await signInInChromium(browser, world, desks.office, '/office/cases', { width });
    // An ended case stands in the list of those that are closed.
    await office.goto('/office/cases?which=closed');
    await office.getByRole('link', { name: receipt.caseNumber }).click();
    const read = await textOf(office);
    expect(read).toContain(`没有留邮箱，请打电话告知答复：${byPhone.contact}`);
    expect(read).toContain('答复已发到异议人的邮箱');
    await shoot(office, `upheld-7-office-${size}`);
    await office.context().close();
  }
  await Promise.all([page.context().close(), other.context().close()]);
});
