import type { Browser, Page } from 'playwright-core';
import { freshCode } from '../replay/one-time-codes.ts';
import type { World } from '../replay/world.ts';
import { choose, type Device, fillIn, headingOf, openPhone, press, shoot, textOf } from './browser.ts';

export type ChromiumBallot = {
  readonly verdict: '建议救助' | '同意' | '受理异议' | '不受理异议' | '异议成立' | '异议不成立';
  readonly note?: string;
  /** In yuan; left out, what the page has filled in stays. */
  readonly amount?: string;
  readonly visitedOn?: string;
  /** What must be readable on the decision page. */
  readonly reads?: readonly string[];
};

/**
 * Lets those who are asked by mail answer, each on a phone of their own, until every ballot is cast. A link that leads to no
 * decision any more is passed over. Returns who answered, by address.
 */
export async function decideInChromium(
  browser: Browser,
  world: World,
  caseNumber: string,
  ballots: readonly ChromiumBallot[],
  { name, ...device }: Device & { readonly name: string },
): Promise<string[]> {
  const tried = new Set<number>();
  const voters: string[] = [];
  for (const [index, ballot] of ballots.entries()) {
    for (;;) {
      const letters = await world.post.wait(
        `ballot ${index + 1} on ${caseNumber}`,
        ({ order, subject, link }) => !tried.has(order) && subject.includes(caseNumber) && link.includes('/d/'),
      );
      const letter = letters.at(-1);
      if (letter === undefined) throw new Error('a mail came and is gone');
      tried.add(letter.order);
      const phone = await openPhone(browser, world.site, device);
      const page = await phone.newPage();
      await page.goto(letter.link);
      const isAsked = (await page.getByRole('button', { name: '提交决定' }).count()) > 0;
      if (isAsked) await castBallot(page, ballot, `${name}-${index + 1}`);
      await phone.close();
      if (!isAsked) continue;
      voters.push(letter.to);
      break;
    }
  }
  return voters;
}

async function castBallot(page: Page, { verdict, amount, visitedOn, note, reads = [] }: ChromiumBallot, name: string) {
  await shoot(page, name);
  const text = await textOf(page);
  for (const words of reads) if (!text.includes(words)) throw new Error(`${words} is not on the page: ${text}`);
  await choose(page, '您的意见', verdict);
  if (amount !== undefined) await page.getByLabel('救助金额').fill(amount);
  if (visitedOn !== undefined) await page.getByLabel('入户走访日期').fill(visitedOn);
  if (note !== undefined) await fillIn(page, '说明', note);
  await press(page, '提交决定');
  await shoot(page, `${name}-recorded`);
  if (!(await textOf(page)).includes('您的决定已记录')) {
    throw new Error(`not recorded: ${await headingOf(page)} ${await textOf(page)}`);
  }
}

/** Signs in by a mailed link and opens a page of the staff. */
export async function signInInChromium(
  browser: Browser,
  world: World,
  address: string,
  path: string,
  device: Device = {},
): Promise<Page> {
  const page = await (await openPhone(browser, world.site, { width: 1_024, ...device })).newPage();
  const before = (await world.post.letters()).length;
  await page.goto(path);
  await fillIn(page, '工作邮箱', address);
  await press(page, '发送登录链接');
  const [letter] = await world.post.wait(
    `sign-in link for ${address}`,
    ({ to, link }) => to === address && link.includes('/sign-in/'),
    before,
  );
  await page.goto(letter?.link ?? '');
  await press(page, '登录');
  if (new URL(page.url()).pathname !== path) throw new Error(`signed in for ${path}, led to ${page.url()}`);
  return page;
}

let references = 0;

/** One of finance makes a batch of every ordered payment, another releases it and confirms each. Returns how many there were. */
export async function payInChromium(browser: Browser, world: World, name: string, device: Device = {}) {
  const maker = await signInInChromium(browser, world, 'ji.qiushi-demo@union.example', '/finance', device);
  await shoot(maker, `${name}-finance-1-ordered`);
  for (const box of await maker.getByRole('checkbox').all()) await box.check();
  await maker.getByLabel('银行文件').selectOption('generic-csv');
  await press(maker, '核对批次');
  for (const question of await maker.getByLabel('如何核实的？').all()) await question.selectOption('seen-the-card');
  await shoot(maker, `${name}-finance-2-check`);
  await press(maker, '建立批次');
  await shoot(maker, `${name}-finance-3-made`);
  const batch = new URL(maker.url()).pathname;
  await maker.context().close();

  const checker = await signInInChromium(browser, world, 'bian.sujun-demo@union.example', '/finance', device);
  await checker.goto(batch);
  const typeCode = async () => checker.locator('#code').fill(await freshCode(world, 'finance-checker'));
  await typeCode();
  await shoot(checker, `${name}-finance-4-release`);
  await press(checker, '核对无误，放行');
  if (!(await textOf(checker)).includes('已放行')) throw new Error(`not released: ${await textOf(checker)}`);
  await shoot(checker, `${name}-finance-5-released`);
  const [download] = await Promise.all([
    checker.waitForEvent('download'),
    checker.getByRole('link', { name: '下载银行文件' }).click(),
  ]);
  if (!/^PC-\d{4}-\d{4}\.csv$/.test(download.suggestedFilename())) throw new Error(download.suggestedFilename());
  let paid = 0;
  for (;;) {
    await checker.goto('/finance?tab=sent');
    await shoot(checker, `${name}-finance-6-sent`);
    const open = checker.getByRole('link', { name: /^[A-Z]{2}-\d{4}-\d{5}$/ });
    if ((await open.count()) === 0) break;
    await open.first().click();
    paid += 1;
    await shoot(checker, `${name}-finance-7-receipt`);
    await checker.getByRole('link', { name: '没有回单，或者没有付成：直接填写' }).click();
    references += 1;
    await fillIn(checker, '银行流水号', `YH2016${String(references).padStart(4, '0')}`);
    await fillIn(checker, '到账日期', world.today());
    await typeCode();
    await shoot(checker, `${name}-finance-8-confirm`);
    await press(checker, '确认到账');
    if (!(await textOf(checker)).includes('已确认到账')) throw new Error(`not confirmed: ${await textOf(checker)}`);
  }
  await checker.context().close();
  return paid;
}
