import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply, type Receipt } from '../replay/apply.ts';
import { openBrowser } from '../replay/browser.ts';
import type { Page } from '../replay/page.ts';
import { inventPerson } from '../replay/people.ts';
import type { Letter } from '../replay/post-office.ts';
import { desks } from '../replay/staff.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { openChromium, openPhone, textOf } from '../support/browser.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { digestOf } from '../support/table-digest.ts';
import { isToldOtherwise, recordedOn } from '../support/recorded-on.ts';

let local: TestLocal;
let chromium: Browser;
beforeAll(async () => {
  [local, chromium] = await Promise.all([startTestLocal(), openChromium()]);
});
afterAll(async () => {
  await chromium?.close();
  await local?.stop();
});

let order = 0;
let receipt: Receipt;
let links: readonly Letter[];
beforeEach(async () => {
  order += 1;
  const treated = { from: '2016-01-11', until: '2016-02-20' };
  const application = illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated);
  receipt = await apply(local.url, application);
  links = await lettersAbout(receipt, 2);
  await local.settle();
});

async function lettersAbout({ caseNumber }: Receipt, count: number): Promise<readonly Letter[]> {
  const isMeant = ({ subject, link }: Letter): boolean => subject.includes(caseNumber) && link.includes('/d/');
  const first = await local.world.post.wait(`links for ${caseNumber}`, isMeant);
  if (first.length >= count) return first;
  await local.settle();
  await local.world.post.letters();
  const all = await local.world.post.wait(`links for ${caseNumber}`, isMeant);
  expect(all.length).toBeGreaterThanOrEqual(count);
  return all;
}

const linkOf = (index: number): string => links[index]!.link;
const ballotOn = (page: Page) => page.forms.find(({ options }) => options.has('verdict'));
const recommendation = { verdict: 'recommend', amount: '3000' } as const;

/** Every address in every mail so far, a link to sign in among them. */
async function everyAddress(): Promise<string[]> {
  const known = (await local.world.post.letters()).length;
  const browser = openBrowser(local.url);
  const page = await browser.open('/sign-in');
  await browser.send(page, '/sign-in', { email: desks.office });
  await local.world.post.wait('a sign-in link', ({ link }) => link.includes('/sign-in/'), known);
  const letters = await local.world.post.letters();
  const addresses = [...new Set(letters.flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []))];
  for (const path of ['/d/', '/track', '/sign-in/']) {
    expect(addresses.some((address) => address.includes(path))).toBe(true);
  }
  return addresses;
}

describe('promise 3: opening a link decides nothing', () => {
  test('every address of every mail, a hundred times with GET and HEAD, with OPTIONS, and as a prefetch', async () => {
    const addresses = await everyAddress();
    await local.settle();
    const before = await digestOf(local);
    for (const address of addresses) {
      const visit = (init: RequestInit): Promise<Response> => fetch(address, { redirect: 'manual', ...init });
      const visits = async (method: 'GET' | 'HEAD'): Promise<number[]> => {
        const answers = await Promise.all(Array.from({ length: 100 }, () => visit({ method })));
        const bodies = await Promise.all(answers.map((answer) => answer.text()));
        if (method === 'HEAD') expect(new Set(bodies)).toEqual(new Set(['']));
        return [...new Set(answers.map(({ status }) => status))];
      };
      const isDecision = new URL(address).pathname.startsWith('/d/');
      // A scanner that asks with HEAD must not take our link for a dead one.
      expect(await visits('GET')).toEqual([isDecision ? 303 : expect.toBeOneOf([200, 303])]);
      expect(await visits('HEAD')).toEqual([isDecision ? 303 : expect.toBeOneOf([200, 303])]);
      await visit({ method: 'OPTIONS' });
      for (const name of ['purpose', 'x-moz', 'sec-purpose']) await visit({ headers: { [name]: 'prefetch' } });
      await openBrowser(local.url).open(address);
    }
    expect(ballotOn(await openBrowser(local.url).open(linkOf(0)))).toBeDefined();
    await local.settle();
    expect(await digestOf(local)).toBe(before);
  }, 120_000);

  test('every address of every mail, loaded in Chromium, which runs its scripts for ten seconds', async () => {
    const addresses = await everyAddress();
    await local.settle();
    const before = await digestOf(local);
    const scanner = await openPhone(chromium, local.url);
    const posts: string[] = [];
    scanner.on('request', (request) => {
      if (request.method() !== 'GET') posts.push(request.url());
    });
    const pages = [];
    for (const address of addresses) {
      const page = await scanner.newPage();
      await page.goto(address, { waitUntil: 'networkidle' });
      await page.mouse.wheel(0, 4_000);
      pages.push(page);
    }
    await pages[0]!.waitForTimeout(10_000);
    for (const [index, page] of pages.entries()) {
      if (!addresses[index]!.includes('/d/')) continue;
      const { pathname } = new URL(page.url());
      expect(pathname).toMatch(/^\/decide\//);
      expect(await textOf(page)).toContain('打开本页没有作出任何决定');
    }
    await scanner.close();
    await local.settle();
    expect(posts).toEqual([]);
    expect(await digestOf(local)).toBe(before);
  }, 120_000);
});

describe('a link from a mail', () => {
  test('works by a click on a page of another site, though its cookie is new', async () => {
    const mailbox = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end(`<a href="${linkOf(0)}">办理</a>`);
    });
    await new Promise<void>((done) => mailbox.listen(0, 'localhost', done));
    const address = mailbox.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const phone = await openPhone(chromium, local.url);
    const page = await phone.newPage();
    await page.goto(`http://localhost:${port}/`);
    await page.getByRole('link', { name: '办理' }).click();
    await page.getByRole('button', { name: '提交决定' }).waitFor();
    expect(new URL(page.url()).origin).toBe(local.url);
    await phone.close();
    mailbox.closeAllConnections();
    await new Promise((done) => mailbox.close(done));
  });

  test('that is cut short or made up is answered in words, with 404, in both languages', async () => {
    const cutShort = await openBrowser(local.url).open(linkOf(0).slice(0, -5));
    expect([cutShort.status, cutShort.heading]).toEqual([404, '这个链接不能用']);
    const english = await fetch(linkOf(0).slice(0, -5), { headers: { 'accept-language': 'en' } });
    expect(english.status).toBe(404);
    expect(await english.text()).toMatch(/<html lang="en"[\s\S]*<h1[^>]*>[^<]*link/);
  });

  test('opens one request only: with its cookie, another request asks for its own link', async () => {
    const mine = openBrowser(local.url);
    const page = await mine.open(linkOf(0));
    const earlier = receipt;
    order += 1;
    const treated = { from: '2016-01-11', until: '2016-02-20' };
    receipt = await apply(local.url, illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated));
    const [foreign] = await lettersAbout(receipt, 1);
    const theirs = await openBrowser(local.url).open(foreign!.link);
    expect(receipt.caseNumber).not.toBe(earlier.caseNumber);
    expect(theirs.url.pathname).not.toBe(page.url.pathname);
    const before = await digestOf(local);
    const refused = await mine.open(theirs.url.pathname);
    expect([refused.status, refused.heading]).toEqual([403, '请重新打开链接']);
    expect(refused.text).not.toContain(receipt.caseNumber);
    expect(await digestOf(local)).toBe(before);
  });

  test('that was used shows the recorded decision, and a second answer changes nothing', async () => {
    const browser = openBrowser(local.url);
    const page = await browser.open(linkOf(0));
    const undecided = await digestOf(local);
    const done = await browser.send(page, /^\/decide\//, recommendation);
    expect([done.status, done.heading]).toEqual([200, '您的决定已记录']);
    await local.settle();
    expect(await digestOf(local)).not.toBe(undecided);
    const before = await digestOf(local);
    const again = await openBrowser(local.url).open(linkOf(0));
    expect(again.text).toContain('建议救助');
    expect(again.heading).toBe('您的决定已记录');
    const second = await browser.send(page, /^\/decide\//, { verdict: 'decline', note: '改主意了' });
    expect(second.heading).toBe('您的决定已记录');
    expect(second.text).toContain('建议救助');
    expect(second.text).not.toContain('改主意了');
    await local.settle();
    expect(await digestOf(local)).toBe(before);
  });

  test('that is asked for anew dies at once, and says so (promise 24)', async () => {
    const [first] = links;
    const browser = openBrowser(local.url);
    const page = await browser.open(first!.link);
    const stranger = openBrowser(local.url);
    const without = await stranger.open(page.url.pathname);
    expect(without.heading).toBe('请重新打开链接');
    const count = (await local.world.post.letters()).length;
    const sent = await stranger.send(without, /\/new-link$/, { email: first!.to });
    expect(sent.heading).toBe('请查收邮件');
    const isNew = ({ to, link }: Letter): boolean => to === first!.to && link.includes('/d/');
    const [fresh] = await local.world.post.wait('new link', isNew, count);
    await local.settle();
    const before = await digestOf(local);
    const old = await openBrowser(local.url).open(first!.link);
    expect([old.status, old.heading]).toEqual([410, '这个链接已被新的代替']);
    expect(old.text).not.toContain(receipt.caseNumber);
    const late = await browser.send(page, /^\/decide\//, recommendation);
    expect([late.status, late.heading]).toEqual([403, '请重新打开链接']);
    expect(await digestOf(local)).toBe(before);
    expect(ballotOn(await openBrowser(local.url).open(fresh!.link))).toBeDefined();
  });

  test('that is old says that the step is over, and changes nothing', async () => {
    await local.moveClock(local.now() + 60 * 86_400_000);
    const before = await digestOf(local);
    const page = await openBrowser(local.url).open(linkOf(0));
    expect([200, 403, 410]).toContain(page.status);
    expect(['这个链接已过期', '这一步已经办完', '这个链接已被新的代替']).toContain(page.heading);
    expect(ballotOn(page)).toBeUndefined();
    expect(await digestOf(local)).toBe(before);
  });
});

describe('the answer', () => {
  test('counts once, however many times it is posted at the same moment (promise 4)', async () => {
    const browser = openBrowser(local.url);
    const page = await browser.open(linkOf(0));
    const answers = Array.from({ length: 20 }, (_, index) =>
      browser.send(
        page,
        /^\/decide\//,
        index % 2 === 0 ? recommendation : { verdict: 'decline', note: `第 ${index} 次` },
      ),
    );
    const shown = await Promise.all(answers);
    expect(new Set(shown.map(({ status, heading }) => `${status} ${heading}`))).toEqual(
      new Set(['200 您的决定已记录']),
    );
    expect(new Set(shown.map(recordedOn)).size).toBe(1);
    // Whichever verdict came first, those who pressed the other one read that it does not count.
    expect(shown.filter(isToldOtherwise)).toHaveLength(shown.length / 2);
  });

  test.each([
    ['without its CSRF token', { _csrf: '' }, {}, 403],
    ['with a made-up one', { _csrf: 'x'.repeat(43) }, {}, 403],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site', origin: 'http://elsewhere.example' }, 403],
  ])('posted %s is refused in words, and nothing is decided', async (_, fields, headers, status) => {
    const opened = await fetch(linkOf(0), { redirect: 'manual' });
    const pass = cookiesOf(opened);
    const at = new URL(opened.headers.get('location')!, local.url);
    const read = await fetch(at, { headers: { cookie: pass } });
    const form = cookiesOf(read);
    const html = await read.text();
    const hidden = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name!, value!] as const,
    );
    expect(hidden.map(([name]) => name)).toEqual(expect.arrayContaining(['_csrf', 'requestId', 'contentVersion']));
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...recommendation, ...fields });
    const before = await digestOf(local);
    const answer = await fetch(at, {
      method: 'POST',
      headers: { cookie: `${pass}; ${form}`, origin: local.url, ...headers },
      body,
      redirect: 'manual',
    });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(/页面已经过期|来自别的网站/);
    await local.settle();
    expect(await digestOf(local)).toBe(before);
  });
});

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.replace(/;.*$/s, ''))
    .join('; ');
