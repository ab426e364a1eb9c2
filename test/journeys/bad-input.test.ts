import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogueOf } from '../../shared/i18n/catalogue.ts';
import type { Lang } from '../../shared/i18n/lang.ts';
import { apply, commonAnswers, expectPage, track, upload } from '../replay/apply.ts';
import { type Browser, openBrowser } from '../replay/browser.ts';
import { documentFor } from '../replay/documents.ts';
import type { Page } from '../replay/page.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { inventPerson } from '../replay/people.ts';
import type { Letter } from '../replay/post-office.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { told } from '../replay/told.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { digestOf } from '../support/table-digest.ts';

const treated = { from: '2016-01-11', until: '2016-02-20' };
const languages = ['zh', 'en'] as const;

/** Every sentence is in the reader's language; what was typed and names of papers are none of it. */
function expectIn(lang: Lang, sentences: readonly string[]): void {
  expect(sentences.length).toBeGreaterThan(0);
  for (const sentence of sentences) {
    expect(sentence.trim()).not.toBe('');
    expect([sentence, /[\u4e00-\u9fff]/.test(sentence)]).toEqual([sentence, lang === 'zh']);
  }
}

async function readerOf(lang: Lang): Promise<Browser> {
  const browser = openBrowser(local.url);
  await browser.open(`/lang?to=${lang}&back=/`);
  return browser;
}

let local: TestLocal;
beforeAll(async () => {
  local = await startTestLocal();
  // The keys that seal forms are made when the first is opened.
  await openForm();
});
afterAll(() => local?.stop());

const applicationOf = (order: number) => illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated);
const allAnswers = (order: number) => ({ ...commonAnswers(inventPerson(order)), ...applicationOf(order).answers });

async function openForm(lang: Lang = 'zh'): Promise<{ browser: Browser; page: Page }> {
  const browser = await readerOf(lang);
  const about = await browser.open('/programmes/major-illness-relief');
  return { browser, page: expectPage(await browser.send(about, '/apply'), /\/form$/) };
}

const typedOn = (page: Page, name: string): string | undefined =>
  page.forms.find(({ action }) => action.endsWith('/form'))?.values.get(name)?.[0];

describe.each(languages)('an application form (%s)', (lang) => {
  const { fault } = catalogueOf(lang).applicant;
  const { errors: pages } = catalogueOf(lang);

  test('sent with nothing names every answer that is missing', async () => {
    const before = await digestOf(local);
    const { browser, page } = await openForm(lang);
    const answer = await browser.send(page, '/form');
    expect(answer.status).toBe(422);
    expect(answer.errors.length).toBeGreaterThan(12);
    expect(new Set(answer.errors).size).toBe(answer.errors.length);
    expectIn(lang, answer.errors);
    expect(await digestOf(local)).toBe(before);
  });

  test('with answers of the wrong kinds names each, and keeps what was typed', async () => {
    const { browser, page } = await openForm(lang);
    const wrong = {
      applicantIdNumber: '123456',
      phone: '电话',
      email: 'nobody',
      householdSize: '三口',
      payeeAccountNumber: '12',
      treatedFrom: '去年',
      totalCostFen: '很多',
      paidByBasicFen: '1.234',
    };
    const answer = await browser.send(page, '/form', { ...allAnswers(1), ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.errors).toHaveLength(Object.keys(wrong).length);
    expectIn(lang, answer.errors);
    for (const [name, typed] of Object.entries(wrong)) expect(typedOn(answer, name)).toBe(typed);
    const later = await browser.open(page.url.href);
    for (const [name, typed] of Object.entries(wrong)) expect(typedOn(later, name)).toBe(typed);
  });

  test('that claims a day to come, or a choice that is not offered, is told so', async () => {
    const { browser, page } = await openForm(lang);
    const tomorrow = await browser.send(page, '/form', { ...allAnswers(1), treatedUntil: '2016-12-01' });
    expect([tomorrow.status, tomorrow.errors]).toEqual([
      422,
      [expect.stringContaining(fault['in-the-future']({ label: '' }))],
    ]);
    expectIn(lang, tomorrow.errors);
    const forged = { ...tomorrow, forms: tomorrow.forms.map((form) => ({ ...form, options: new Map() })) };
    const strange = await browser.send(forged, '/form', { ...allAnswers(1), hospitalGrade: 'ninth' });
    expect([strange.status, strange.errors]).toEqual([
      422,
      [expect.stringContaining(fault['not-an-option']({ label: '' }))],
    ]);
    expectIn(lang, strange.errors);
  });

  test('with far too much in one answer is told how much fits; with far more than any form holds, it is not read', async () => {
    const { browser, page } = await openForm(lang);
    const long = await browser.send(page, '/form', { ...allAnswers(1), hospital: '医'.repeat(3_000) });
    expect([long.status, long.errors]).toEqual([422, [expect.stringMatching(/\d+/)]]);
    expectIn(lang, long.errors);
    expect(typedOn(long, 'hospital')).toHaveLength(3_000);
    const before = await digestOf(local);
    const huge = await browser.send(long, '/form', { ...allAnswers(1), hospital: '医'.repeat(200_000) });
    expect([huge.status, huge.heading]).toEqual([413, pages.tooLargeTitle]);
    expectIn(lang, [huge.heading]);
    expect(await digestOf(local)).toBe(before);
    expect(typedOn(await browser.open(page.url.href), 'hospital')).toHaveLength(3_000);
  });

  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['an emoji', '望潮😀🧂'],
    ['quotes and markup', `"><img src=x onerror=alert(1)>'&amp;`],
  ])('with %s as a name shows it as it was typed, as text', async (_, name) => {
    const { browser, page } = await openForm(lang);
    const answer = await browser.send(page, '/form', { ...allAnswers(1), applicantName: name, phone: '' });
    expect(answer.status).toBe(422);
    expectIn(lang, answer.errors);
    expect(typedOn(answer, 'applicantName')).toBe(name);
    expect(answer.text).not.toContain('alert(1)<');
  });

  test('with control characters does no harm', async () => {
    const { browser, page } = await openForm(lang);
    const answer = await browser.send(page, '/form', { ...allAnswers(1), address: '一号楼\u0000\u0007\u202e 101' });
    expect([200, 422]).toContain(answer.status);
    expect(answer.heading).not.toBe(pages.serverTitle);
    expectIn(lang, [answer.heading]);
  });

  test('posted without its token is refused in words, and the draft stays as it was', async () => {
    const { browser, page } = await openForm(lang);
    await browser.send(page, '/form', { applicantName: '望潮' });
    for (const token of ['', 'x'.repeat(43)]) {
      const refused = await browser.send(page, '/form', { _csrf: token, applicantName: '别人' });
      expect(refused.status).toBe(403);
      expect(refused.heading).toBe(pages.csrfTitle);
      expectIn(lang, [refused.heading]);
    }
    expect(typedOn(await browser.open(page.url.href), 'applicantName')).toBe('望潮');
  });

  test('sent from a page that is older than what is saved takes none of it away, and says which answers it kept', async () => {
    const { browser, page: old } = await openForm(lang);
    const other = await browser.open(old.url.pathname);
    expectPage(await browser.send(other, '/form', allAnswers(7)), /\/papers$/);
    const { address } = allAnswers(7);
    const asked = await browser.send(old, '/form', { phone: '0000-2100777' });
    expect([asked.status, asked.errors]).toEqual([409, []]);
    expect(asked.text).toContain(catalogueOf(lang).applicant.form.oldPage);
    expect(asked.links.some(({ href }) => href === '#address')).toBe(true);
    expect([typedOn(asked, 'phone'), typedOn(asked, 'address')]).toEqual(['0000-2100777', address]);
    expectPage(await browser.send(asked, '/form'), /\/papers$/);
    const saved = await browser.open(old.url.pathname);
    expect([typedOn(saved, 'phone'), typedOn(saved, 'address')]).toEqual(['0000-2100777', address]);
  });

  test('that is not this browser’s is not shown', async () => {
    const { page } = await openForm(lang);
    const stranger = await (await readerOf(lang)).open(page.url.pathname);
    expect([404, 410]).toContain(stranger.status);
    expect(stranger.heading).toBe(catalogueOf(lang).applicant.gone.title);
    expectIn(lang, [stranger.heading]);
  });
});

describe.each(languages)('a paper (%s)', (lang) => {
  const { papers: say } = catalogueOf(lang).applicant;

  test('of the wrong kind, too large or empty is refused in words, and is not kept', async () => {
    const { browser, page } = await openForm(lang);
    const papers = expectPage(await browser.send(page, '/form', allAnswers(4)), /\/papers$/);
    const diagnosis = (on: Page): Page => ({
      ...on,
      forms: on.forms.filter(({ values }) => values.get('key')?.[0]?.includes('/diagnosis/')),
    });
    const sent = async (bytes: Uint8Array): Promise<Page> => {
      const now = diagnosis(await browser.open(papers.url.pathname));
      const file = { ...documentFor('diagnosis', 1), bytes };
      return browser.send(now, /./, { file });
    };
    const programme = await sent(Buffer.from('MZ this is a program that calls itself a PDF'));
    expect(programme.text).toContain(say.fault['wrong-kind']);
    const large = await sent(Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(10 * 1024 * 1024 + 1, 32)]));
    expect(large.text).toContain(say.fault['too-large']);
    const empty = await sent(Buffer.from(''));
    expect(empty.text).toContain(say.fault.empty);
    expectIn(lang, Object.values(say.fault));
    const goesOn = await browser.send(empty, '/papers');
    expect(goesOn.status).toBe(422);
    expectIn(lang, goesOn.errors);
    const good = await upload(browser, goesOn, { diagnosis: 1 });
    expect(good.text).toMatch(lang === 'zh' ? /第 1 份：PDF 文件/ : /File 1: PDF/);
    for (const told of Object.values(say.fault)) expect(good.text).not.toContain(told);
  });
});

describe('submitting', () => {
  test('twice at the same moment, and once more, makes one application', async () => {
    const { browser, page } = await openForm();
    const papers = expectPage(await browser.send(page, '/form', allAnswers(5)), /\/papers$/);
    const uploaded = await upload(browser, papers, applicationOf(5).papers);
    const check = expectPage(await browser.send(uploaded, '/papers'), /\/check$/);
    const answers = await Promise.all([1, 2, 3].map(() => browser.send(check, '/submit')));
    answers.push(await browser.send(check, '/submit'));
    const numbers = answers.map(({ text }) => /[A-Z]{2}-\d{4}-\d{5}/.exec(text)?.[0]);
    expect(numbers[0]).toBeDefined();
    expect(new Set(numbers).size).toBe(1);
    await local.settle();
    const told = (await local.world.post.letters()).filter(({ to }) => to === inventPerson(5).email);
    expect(told).toHaveLength(1);
  });
});

describe('asking where a case stands', () => {
  test.each(languages)('with a number or a code that is wrong says the same for both (%s)', async (lang) => {
    const receipt = await apply(local.url, applicationOf(lang === 'zh' ? 6 : 7));
    const browser = await readerOf(lang);
    const page = await browser.open('/track');
    const unknown = await browser.send(page, '/track', { caseNumber: 'DB-2016-99999', code: receipt.code });
    const wrong = await browser.send(page, '/track', { caseNumber: receipt.caseNumber, code: 'AAAA AAAA' });
    expect(unknown.status).toBe(422);
    expect([unknown.status, unknown.errors]).toEqual([wrong.status, wrong.errors]);
    expectIn(lang, unknown.errors);
    const form = unknown.forms.find(({ action }) => action === '/track');
    expect(form?.values.get('caseNumber')).toEqual(['DB-2016-99999']);
    const empty = await browser.send(page, '/track', {});
    expect([empty.status, empty.errors.length]).toEqual([422, 2]);
    expectIn(lang, empty.errors);
    const untidy = { ...receipt, code: ` ${receipt.code.toLowerCase().replace(' ', '-')} ` };
    expect((await track({ ...untidy, browser: openBrowser(local.url) })).status).toBe(200);
  });

  test.each(languages)('too often with wrong codes has to wait, and is told so (%s)', async (lang) => {
    const receipt = await apply(local.url, applicationOf(lang === 'zh' ? 8 : 9));
    const browser = await readerOf(lang);
    const page = await browser.open('/track');
    const statuses: number[] = [];
    for (let tries = 0; tries < 60 && !statuses.includes(429); tries += 1) {
      const answer = await browser.send(page, '/track', { caseNumber: receipt.caseNumber, code: 'AAAA AAAA' });
      statuses.push(answer.status);
      if (answer.status === 429) expect(answer.text).toContain(catalogueOf(lang).applicant.track.tooMany);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test.each([
    ['/track/case/nobody', 200, '查询进度'],
    ['/no-such-page', 404, '找不到这个页面'],
    ['/notices/DB-2016-99999/object', 404, '没有这份公示'],
    ['/notices/DB-2016-99999/sent', 404, '找不到这个页面'],
    ['/decide/nobody', 403, '请重新打开链接'],
  ])('at an address that is nothing (%s) leads to a page in words', async (path, status, heading) => {
    const page = await openBrowser(local.url).open(path);
    expect([page.status, page.heading]).toEqual([status, heading]);
    const english = await (await readerOf('en')).open(path);
    expect(english.status).toBe(status);
    expectIn('en', [english.heading]);
  });
});

describe('a decision and an objection', () => {
  test('sent with nothing, with nonsense or with too much are told so in either language, and keep what was typed', async () => {
    const { world } = local;
    const receipt = await apply(local.url, applicationOf(10));
    const isLink = ({ subject, link }: Letter): boolean => subject.includes(receipt.caseNumber) && link.includes('/d/');
    const [letter] = await world.post.wait('a decision link', isLink);
    for (const lang of languages) {
      const browser = await readerOf(lang);
      const page = await browser.open(letter!.link);
      const nothing = await browser.send(page, /^\/decide\//);
      expect(nothing.status).toBe(422);
      expectIn(lang, nothing.errors);
      const wrong = await browser.send(page, /^\/decide\//, {
        verdict: 'recommend',
        amount: '很多',
        visitedOn: '去年',
      });
      expect(wrong.status).toBe(422);
      expectIn(lang, wrong.errors);
      expect(wrong.forms.find(({ options }) => options.has('verdict'))?.values.get('amount')).toEqual(['很多']);
    }
    await decide(world, receipt, [recommend(3_000), recommend(3_000)]);
    await decide(world, receipt, [approve(3_000)]);
    await told(world, receipt, 'on-notice');
    await local.settle();
    const before = await digestOf(local);
    for (const lang of languages) {
      const browser = await readerOf(lang);
      const form = await browser.open(`/notices/${receipt.caseNumber}/object`);
      const nothing = await browser.send(form, '/object');
      expect([nothing.status, nothing.errors.length]).toEqual([422, 3]);
      expectIn(lang, nothing.errors);
      const grounds = '不'.repeat(2_001);
      const long = await browser.send(form, '/object', { name: '甲', contact: '乙', grounds });
      expect([long.status, long.errors.length]).toEqual([422, 1]);
      expectIn(lang, long.errors);
      expect(long.forms.find(({ action }) => action.endsWith('/object'))?.values.get('grounds')).toEqual([grounds]);
    }
    await local.settle();
    expect(await digestOf(local)).toBe(before);
  });
});
