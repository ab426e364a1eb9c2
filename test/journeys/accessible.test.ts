import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply, type Receipt } from '../replay/apply.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { inventPerson } from '../replay/people.ts';
import { fireApplication } from '../replay/stories/fire.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { openChromium, openPhone } from '../support/browser.ts';
import { signInInChromium } from '../support/decide-in-chromium.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';

let local: TestLocal;
let browser: Browser;
let onNotice: Receipt;
let decisionLink: string;
beforeAll(async () => {
  [local, browser] = await Promise.all([startTestLocal('2016-10-11T22:30'), openChromium()]);
  const { world } = local;
  const treated = { from: '2016-08-01', until: '2016-09-20' };
  onNotice = await apply(local.url, illnessApplication(inventPerson(1), 1, { ownShare: 36_800 }, treated));
  await decide(world, onNotice, [recommend(3_000), recommend(3_000)]);
  await decide(world, onNotice, [approve(3_000)]);
  const fire = await apply(local.url, fireApplication(0, 2, { hasPapersAtHand: false }));
  const [letter] = await world.post.wait(
    'a link',
    ({ subject, link }) => subject.includes(fire.caseNumber) && link.includes('/d/'),
  );
  decisionLink = letter!.link;
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

/** What axe finds wrong, as `rule: elements`. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

async function expectGood(page: Page): Promise<void> {
  const { pathname } = new URL(page.url());
  expect([pathname, await violationsOn(page)]).toEqual([pathname, []]);
  expect([pathname, await scrollsSideways(page)]).toEqual([pathname, false]);
}

describe.each(['zh-CN', 'en-GB'] as const)('on a phone, in %s', (lang) => {
  test('the applicant’s pages have nothing that axe objects to and do not scroll sideways', async () => {
    const phone = await openPhone(browser, local.url, { lang });
    const page = await phone.newPage();
    for (const path of ['/', '/programmes/fire-damage', '/track', '/notices', '/nowhere', '/sign-in']) {
      await page.goto(path);
      await expectGood(page);
    }
    await page.goto(`/notices/${onNotice.caseNumber}/object`);
    await expectGood(page);
    await page.goto('/track');
    await page.locator('[name=caseNumber]').fill(onNotice.caseNumber);
    await page.locator('[name=code]').fill(onNotice.code);
    await page.locator('main button').click();
    await page.waitForURL(/\/track\/case\//);
    await expectGood(page);
    await page.goto('/programmes/fire-damage');
    await page.locator('main button').click();
    await page.waitForURL(/\/form$/);
    await expectGood(page);
    await page.locator('main button').last().click();
    await page.getByRole('alert').waitFor();
    await expectGood(page);
    await phone.close();
  });

  test('neither has the decision page', async () => {
    const phone = await openPhone(browser, local.url, { lang });
    const page = await phone.newPage();
    await page.goto(decisionLink);
    await expectGood(page);
    await page.locator('main button').last().click();
    await page.getByRole('alert').waitFor();
    await expectGood(page);
    await page.goto('/d/nothing');
    await expectGood(page);
    await phone.close();
  });
});

test('nor have the pages of finance and the office', async () => {
  const { world } = local;
  await world.moveClock({ to: '2016-10-20T09:00' });
  const phone = { width: 390 };
  const finance = await signInInChromium(browser, world, 'ji.qiushi-demo@union.example', '/finance', phone);
  for (const path of ['/finance', '/finance?tab=paid', '/finance/funds', '/office/mine']) {
    await finance.goto(path);
    await expectGood(finance);
  }
  await finance.context().close();
  const office = await signInInChromium(browser, world, 'wen.zhuxi-demo@union.example', '/office/cases', phone);
  const firstCase = await office.getByRole('link', { name: onNotice.caseNumber }).getAttribute('href');
  await office.goto('/office/due');
  const lastDue = await office.locator('main table a').last().getAttribute('href');
  for (const path of [
    '/office/due',
    lastDue ?? '',
    '/office/cases',
    firstCase ?? '',
    '/office/staff',
    '/office/staff/pan-xichen',
    '/office/register',
  ]) {
    await office.goto(path);
    await expectGood(office);
  }
  await office.context().close();
});

test('with the keyboard alone a decision can be reached, filled in and sent', async () => {
  const phone = await openPhone(browser, local.url);
  const page = await phone.newPage();
  await page.goto(decisionLink);
  const focused = page.getByRole('button', { name: '提交决定' }).and(page.locator(':focus'));
  const isThere = async (): Promise<boolean> => (await focused.count()) === 1;
  let presses = 0;
  while (presses < 200 && !(await isThere())) {
    await page.keyboard.press('Tab');
    presses += 1;
  }
  expect(await isThere()).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').innerText()).toContain('请选择您的意见');
  await phone.close();
});
