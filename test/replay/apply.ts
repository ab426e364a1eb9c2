import { type Browser, type Filled, openBrowser } from './browser.ts';
import { documentFor } from './documents.ts';
import type { Page } from './page.ts';
import type { Invented } from './people.ts';

export type ProgrammeId = 'major-illness-relief' | 'start-up-funding' | 'fire-damage';

/** What somebody applies for, in the words of the form. */
export type Application = {
  readonly programme: ProgrammeId;
  readonly person: Invented;
  readonly answers: Filled;
  /** How many documents of which paper. */
  readonly papers: Readonly<Record<string, number>>;
};

/** What an applicant holds after applying. */
export type Receipt = {
  readonly caseNumber: string;
  readonly code: string;
  readonly browser: Browser;
  readonly application: Application;
};

/** The common part of the form as this person fills it in. */
export const commonAnswers = ({ name, idNumber, phone, email, unit, address, householdSize, account }: Invented) => ({
  applicantName: name,
  applicantIdNumber: idNumber,
  phone,
  email,
  unit,
  address,
  enteredFor: 'self',
  householdSize: String(householdSize),
  payeeKind: 'self',
  payeeBankName: '盐场储蓄所（虚构）',
  payeeAccountNumber: account,
  consent: 'yes',
});

/** Applies from the first page to the confirmation. */
export async function apply(site: string, application: Application): Promise<Receipt> {
  const browser = openBrowser(site);
  const form = await openForm(browser, application);
  const papers = await browser.send(form, '/form', { ...commonAnswers(application.person), ...application.answers });
  return finish(browser, application, papers);
}

/** As `apply`, but at first with a form that lacks some fields: the errors must name them, and the rest must be kept. */
export async function applyIncompletely(
  site: string,
  application: Application,
  forgotten: readonly string[],
): Promise<Receipt> {
  const browser = openBrowser(site);
  const all: Filled = { ...commonAnswers(application.person), ...application.answers };
  const some = Object.fromEntries(Object.entries(all).filter(([name]) => !forgotten.includes(name)));
  const form = await openForm(browser, application);
  const answer = await browser.send(form, '/form', some);
  if (answer.status !== 422 || answer.errors.length !== forgotten.length) {
    throw new Error(
      `a form without ${forgotten.join(', ')} was answered ${answer.status}: ${answer.errors.join('; ')}`,
    );
  }
  const kept = answer.forms.find(({ action }) => action.endsWith('/form'))?.values;
  for (const [name, typed] of Object.entries(some)) {
    if (kept?.get(name)?.join() !== [typed].flat().join()) throw new Error(`what was typed into ${name} is lost`);
  }
  const missing = Object.fromEntries(forgotten.map((name) => [name, all[name] ?? '']));
  return finish(browser, application, await browser.send(answer, '/form', missing));
}

async function openForm(browser: Browser, { programme }: Application): Promise<Page> {
  const about = await browser.open(`/programmes/${programme}`);
  return expectPage(await browser.send(about, '/apply'), /\/apply\/[^/]+\/form$/);
}

async function finish(browser: Browser, application: Application, papersPage: Page): Promise<Receipt> {
  const uploaded = await upload(browser, expectPage(papersPage, /\/papers$/), application.papers);
  const check = expectPage(await browser.send(uploaded, '/papers'), /\/check$/);
  const done = expectPage(await browser.send(check, '/submit'), /\/submitted$/);
  const [, caseNumber = ''] = /([A-Z]{2}-\d{4}-\d{5})/.exec(done.text) ?? [];
  const [, code = ''] = /查询码\s*([A-Z0-9]{4}[ -]?[A-Z0-9]{4})(?![A-Z0-9])/.exec(done.text) ?? [];
  if (caseNumber === '' || code === '') throw new Error(`no case number or code on ${done.text.slice(0, 200)}`);
  return { caseNumber, code, browser, application };
}

/** Uploads the documents of each paper, one after the other, by the page's own forms. */
export async function upload(browser: Browser, page: Page, papers: Application['papers']): Promise<Page> {
  let current = page;
  for (const [paperId, count] of Object.entries(papers)) {
    for (let order = 1; order <= count; order += 1) {
      const form = current.forms.find(({ values }) => values.get('key')?.[0]?.includes(`/${paperId}/`));
      if (form === undefined) throw new Error(`${current.url.pathname} asks for no ${paperId}`);
      const onlyThis = { ...current, forms: [form] };
      current = await browser.send(onlyThis, form.action, { file: documentFor(paperId, order) });
      expectPage(current, /\/papers$/);
    }
  }
  return current;
}

/** @throws Error with what the page says when it is another one than expected */
export function expectPage(page: Page, path: RegExp): Page {
  if (page.status === 200 && path.test(page.url.pathname)) return page;
  const errors = page.errors.length > 0 ? page.errors.join('; ') : page.text.slice(0, 300);
  throw new Error(`expected ${String(path)}, got ${page.status} ${page.url.pathname} (${page.heading}): ${errors}`);
}

/** Opens the status page with case number and code, as an applicant on another phone does. */
export async function track({ caseNumber, code, browser }: Receipt): Promise<Page> {
  const page = await browser.open('/track');
  return expectPage(await browser.send(page, '/track', { caseNumber, code }), /^\/track\/case\/[^/]+$/);
}

/** Brings papers after applying, by the status page. */
export async function bringPapers(receipt: Receipt, papers: Application['papers']): Promise<void> {
  const { browser } = receipt;
  const page = expectPage(await browser.send(await track(receipt), '/add-papers'), /\/papers$/);
  const uploaded = await upload(browser, page, papers);
  expectPage(await browser.send(uploaded, '/papers'), /^\/track\/case\//);
}
