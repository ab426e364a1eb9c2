import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium without a window; `CHROMIUM` names another one than the system's. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: flags });

/** A page that does not show what is looked for by then will not. */
const patienceMs = 10_000;

export type Device = { readonly lang?: 'zh-CN' | 'en-GB'; readonly width?: number; readonly hasScript?: boolean };

/** Somebody's own phone: 390 pixels wide, Chinese, with script, unless said otherwise. Shares no cookie with another. */
export async function openPhone(
  browser: Browser,
  site: string,
  { lang = 'zh-CN', width = 390, hasScript = true }: Device = {},
): Promise<BrowserContext> {
  const phone = await browser.newContext({
    baseURL: site,
    locale: lang,
    viewport: { width, height: 844 },
    javaScriptEnabled: hasScript,
    timezoneId: 'Asia/Shanghai',
  });
  phone.setDefaultTimeout(patienceMs);
  return phone;
}

/** Keeps a picture of the page in the folder that `SHOTS` names; without it, none. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Writes into the field with this label. */
export const fillIn = (page: Page, label: string, text: string): Promise<void> =>
  page.getByLabel(label, { exact: true }).fill(text);

/** Takes one of the answers under a question. */
export const choose = (page: Page, question: string, answer: string): Promise<void> =>
  page.getByRole('group', { name: question, exact: true }).getByLabel(answer, { exact: true }).check();

/** Presses a button and waits for the page that it leads to. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForLoadState();
}

/** The page's own heading. */
export const headingOf = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();

/** What can be read on the page, in one line. */
export const textOf = async (page: Page): Promise<string> =>
  (await page.getByRole('main').innerText()).replace(/\s+/g, ' ');
