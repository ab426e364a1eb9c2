import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply, expectPage, type Receipt } from '../replay/apply.ts';
import { openBrowser } from '../replay/browser.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { expectGood, scrollsSideways } from '../support/accessible.ts';
import { openChromium } from '../support/browser.ts';
import { codeOfStep, stepOf } from '../../shared/register/totp.ts';
import { instantAt } from '../../shared/kernel/time.ts';
import { signInInChromium } from '../support/decide-in-chromium.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { openPhone } from '../support/phone.ts';

const treated = { from: '2016-08-01', until: '2016-09-20' };
const languages = ['zh', 'en'] as const;
const phone = { width: 390 };

let local: TestLocal;
let browser: Browser;
let finance: Page;
let batch: string;
let office: Page;
let objectedTo: Receipt;
let firstCase: string;

/** Two cases with finance, one of them handed to the bank; one objected to; one in review; a person who waits for a second one. */
beforeAll(async () => {
  [local, browser] = await Promise.all([startTestLocal('2016-10-11T09:00'), openChromium()]);
  const { world } = local;
  const receipts: Receipt[] = [];
  for (const order of [1, 2, 3, 4])
    receipts.push(
      await apply(local.url, illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated)),
    );
  for (const receipt of receipts.slice(0, 3)) {
    await decide(world, receipt, [recommend(3_000), recommend(3_000)]);
    await decide(world, receipt, [approve(3_000)]);
  }
  objectedTo = receipts[2]!;
  const anybody = openBrowser(local.url);
  const form = await anybody.open(`/notices/${objectedTo.caseNumber}/object`);
  const grounds = '据我所知，住院费用的大部分已由单位的商业保险赔付，请核实。';
  expectPage(await anybody.send(form, '/object', { name: '程石', contact: '13900000000', grounds }), /\/objections\//);
  await world.moveClock({ to: '2016-10-20T09:00' });

  finance = await signInInChromium(browser, world, 'ji.qiushi-demo@union.example', '/finance', phone);
  await finance.getByRole('checkbox').first().check();
  await finance.getByLabel('银行文件').selectOption('generic-csv');
  await finance.getByRole('button', { name: '核对批次' }).click();
  for (const question of await finance.getByLabel('如何核实的？').all()) await question.selectOption('seen-the-card');
  await finance.getByRole('button', { name: '建立批次' }).click();
  await finance.getByText('请另一位财务人员核对放行').first().waitFor();
  batch = new URL(finance.url()).pathname;
  const checker = await signInInChromium(browser, world, 'bian.sujun-demo@union.example', batch, phone);
  await checker.getByLabel('动态口令').fill(await openPhone(local.url)('bian-sujun'));
  await checker.getByRole('button', { name: '核对无误，放行' }).click();
  await checker.getByText('已放行，文件已封存').waitFor();
  await checker.context().close();
  office = await signInInChromium(browser, world, 'wen.zhuxi-demo@union.example', '/office/staff', phone);
  await office.getByLabel('姓名').fill('程石');
  await office.getByLabel('邮箱').fill('cheng.shi@union.example');
  await office.getByLabel('职务', { exact: true }).selectOption('officer');
  await office.getByLabel('任期开始日期').fill('2016-10-01');
  await office.getByRole('button', { name: '登记新人员' }).click();
  await office.getByText('等另一人确认后生效').waitFor();
  await office.goto('/office/cases');
  firstCase = (await office.getByRole('link', { name: objectedTo.caseNumber }).getAttribute('href')) ?? '';
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

const speak = (page: Page, lang: string) => page.goto(`/lang?to=${lang}&back=/office/mine`);

describe.each(languages)('on a phone, in %s', (lang) => {
  test('the pages of finance have nothing that axe objects to and do not scroll sideways', async () => {
    await speak(finance, lang);
    for (const path of [
      '/office/mine',
      '/finance',
      '/finance?tab=failed',
      '/finance?tab=paid',
      '/finance/results',
      '/finance/funds',
    ]) {
      await finance.goto(path);
      await expectGood(finance, `${lang}${path.replaceAll(/\W/g, '-')}`);
    }
    await finance.goto('/finance/funds/municipal-federation');
    await expectGood(finance, `${lang}-ledger`);
    await finance.goto('/finance?tab=sent');
    await expectGood(finance, `${lang}-finance-sent`);
    await finance.locator('main a[href^="/finance/payouts/"]').first().click();
    await finance.waitForURL(/\/finance\/payouts\//);
    await expectGood(finance, `${lang}-settle`);
    expect(await finance.locator('form[action$="/confirm"]').count()).toBe(0);
    expect(await finance.locator('form[action$="/fail"]').count()).toBe(0);
    await finance.goto('/finance/batches?status=released');
    await expectGood(finance, `${lang}-batches`);
    await finance.goto(batch);
    await expectGood(finance, `${lang}-batch`);
    await finance.goto('/finance');
    await finance.locator('main a[href^="/finance/payouts/"]').first().click();
    await expectGood(finance, `${lang}-settle-ordered`);
    await finance.goto('/finance');
    await finance.locator('form[action="/finance/batches/check"] button').click();
    await finance.getByRole('alert').waitFor();
    await expectGood(finance, `${lang}-finance-errors`);
    await finance.getByRole('checkbox').first().check();
    await finance.locator('#profile').selectOption('generic-csv');
    await finance.locator('form[action="/finance/batches/check"] button').click();
    await finance.locator('form[action="/finance/batches"]').waitFor();
    await expectGood(finance, `${lang}-batch-check`);
  });

  test('nor has a payment that the bank is to answer for, asked for its receipt, past it and with what is wrong', async () => {
    const address = 'bian.sujun-demo@union.example';
    const checker = await signInInChromium(browser, local.world, address, '/office/mine', phone);
    await speak(checker, lang);
    await checker.goto('/finance?tab=sent');
    await checker.locator('main a[href^="/finance/payouts/"]').first().click();
    await checker.locator('#scan').waitFor();
    await expectGood(checker, `${lang}-payout-receipt`);
    await checker.locator('a[href$="?scan=none"]').click();
    await checker.locator('form[action$="/confirm"] button').click();
    await checker.getByRole('alert').waitFor();
    await expectGood(checker, `${lang}-payout-errors`);
    await checker.context().close();
  });

  test('nor have the forms of the funds, empty and with what is wrong in them, and what waits for a second person', async () => {
    await speak(finance, lang);
    const fund = '/finance/funds/company-union';
    for (const path of [
      '/finance/funds/new',
      `${fund}/change`,
      `${fund}/receipt`,
      `${fund}/hand-back`,
      `${fund}/hand-back?scan=none`,
      `${fund}/carry-over`,
    ]) {
      await finance.goto(path);
      await expectGood(finance, `${lang}${path.replaceAll(/\W/g, '-')}`);
    }
    await finance.goto(`${fund}/receipt`);
    const file = { name: 'voucher.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 GH-${lang}`) };
    await finance.locator('#scan').setInputFiles({ ...file, buffer: Buffer.from('a Word file') });
    await finance.locator('form[enctype="multipart/form-data"] button').click();
    await finance.getByRole('alert').waitFor();
    await expectGood(finance, `${lang}-receipt-wrong-file`);
    await finance.locator('#scan').setInputFiles(file);
    await finance.locator('form[enctype="multipart/form-data"] button').click();
    await finance.locator('#amount').waitFor();
    await expectGood(finance, `${lang}-receipt-uploaded`);
    await finance.locator(`form[action="${fund}/receipt"] button`).click();
    await finance.getByRole('alert').waitFor();
    await expectGood(finance, `${lang}-receipt-errors`);
    await finance.locator('#amount').fill('100');
    await finance.locator('#payer').fill('公司工会');
    await finance.locator('#voucherNumber').fill(`GH-${lang}`);
    await finance.locator('#voucherDate').fill('2016-01-01');
    await finance.locator(`form[action="${fund}/receipt"] button`).click();
    await finance.waitForURL(/\/proposals\//);
    await expectGood(finance, `${lang}-proposal`);
    for (const path of ['/finance/funds', fund]) {
      await finance.goto(path);
      await expectGood(finance, `${lang}${path.replaceAll(/\W/g, '-')}-waiting`);
    }
  });

  test('nor has the list of what waits for a second person, who is mailed the way to it', async () => {
    await finance.goto('/finance/funds/company-union');
    const waiting = finance.locator('.govuk-inset-text a[href*="/proposals/"]').first();
    const proposal = (await waiting.getAttribute('href')) ?? '';
    await speak(office, lang);
    await expectGood(office, `${lang}-waiting-for-me`);
    await office.locator(`a[href="${proposal}"]`).click();
    await office.locator(`form[action="${proposal}/confirm"] button`).waitFor();
    const letters = (await local.world.post.letters()).filter(({ text }) => text.includes(proposal));
    expect(letters.map(({ to }) => to).toSorted()).toEqual([
      'bian.sujun-demo@union.example',
      'wen.zhuxi-demo@union.example',
      'zhuang.caiwei-demo@union.example',
    ]);
  });

  test('neither have the cases and the register of the office', async () => {
    await speak(office, lang);
    for (const path of ['/office/cases', '/office/cases?which=closed', '/office/cases?number=nothing']) {
      await office.goto(path);
      await expectGood(office, `${lang}${path.replaceAll(/\W/g, '-')}`);
    }
    await office.goto('/office/cases');
    const links = await office
      .locator('main table a[href^="/office/cases/"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
    for (const [index, path] of links.entries()) {
      await office.goto(path);
      await expectGood(office, `${lang}-case-${index + 1}`);
    }
    await office.locator('form[action$="/reissue-code"] button').click();
    await office.getByRole('alert').waitFor();
    await expectGood(office, `${lang}-case-errors`);
    for (const path of ['/office/due', '/office/register', '/office/register/salt-works-1']) {
      await office.goto(path);
      await expectGood(office, `${lang}${path.replaceAll(/\W/g, '-')}`);
    }
  });

  test('nor has the staff directory, with a change that waits and with what is wrong in a form', async () => {
    await speak(office, lang);
    await office.goto('/office/staff');
    await expectGood(office, `${lang}-staff`);
    await office.locator('form[action="/office/staff"] button').click();
    await office.getByRole('alert').waitFor();
    await expectGood(office, `${lang}-staff-errors`);
    for (const name of ['程石', '潘汐辰', '文竹溪']) {
      await office.goto('/office/staff');
      await office.locator('table').getByRole('link', { name, exact: true }).click();
      await office.getByRole('heading', { name, level: 1 }).waitFor();
      await expectGood(office, `${lang}-member-${name}`);
    }
    await office.locator('form[action$="/address"] button').click();
    await office.getByRole('alert').waitFor();
    await expectGood(office, `${lang}-member-errors`);
  });

  test('nor have the pages on which an authenticator is handed over and taken up', async () => {
    await speak(finance, lang);
    await finance.goto('/account/authenticator');
    await expectGood(finance, `${lang}-authenticator-active`);
    await speak(office, lang);
    await office.goto('/account/staff/bian-sujun');
    await expectGood(office, `${lang}-authenticator-hand-over`);
    await office.locator('form[action$="/offer"] button').click();
    await office.waitForURL(/\/offer$/);
    await expectGood(office, `${lang}-authenticator-code`);
    const code = (await office.locator('main code').innerText()).trim();
    const path = '/account/authenticator';
    const checker = await signInInChromium(browser, local.world, 'bian.sujun-demo@union.example', path, phone);
    await speak(checker, lang);
    await checker.goto(path);
    await checker.locator('form[action$="/open"] button').click();
    await checker.getByRole('alert').waitFor();
    await expectGood(checker, `${lang}-authenticator-errors`);
    await checker.locator('#enrolmentCode').fill(code);
    await checker.locator('form[action$="/open"] button').click();
    await checker.getByRole('img').waitFor();
    await expectGood(checker, `${lang}-authenticator-secret`);
    const [, secret = ''] = /secret=([A-Z2-7]+)/.exec(await checker.locator('main').innerText()) ?? [];
    await checker.locator('#firstCode').fill(codeOfStep(secret, stepOf(instantAt(local.now()))));
    await checker.locator('form[action$="/activate"] button').click();
    await checker.waitForURL(/\/activate$/);
    expect(await checker.locator('main li code').count()).toBe(10);
    await expectGood(checker, `${lang}-authenticator-recovery`);
    await checker.context().close();
  });

  test.each([360, 700, 1_023, 1_024, 1_280])('nor does a table scroll sideways %i pixels wide', async (width) => {
    for (const [page, paths] of [
      [
        finance,
        [
          '/finance',
          '/finance?tab=sent',
          '/finance/batches?status=released',
          batch,
          '/finance/funds',
          '/finance/funds/new',
          '/finance/funds/municipal-federation',
          '/finance/funds/municipal-federation/receipt',
          '/finance/funds/municipal-federation/change',
          '/finance/funds/municipal-federation/proposals/seed-municipal-federation',
        ],
      ],
      [office, ['/office/cases', '/office/staff', '/office/register', '/office/register/salt-works-1', firstCase]],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await speak(page, lang);
      for (const path of paths) {
        await page.goto(path);
        expect([path, await scrollsSideways(page)]).toEqual([path, false]);
      }
      await page.setViewportSize({ width: 390, height: 844 });
    }
  });
});
