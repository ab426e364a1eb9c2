import { expectPage } from './apply.ts';
import { type PaymentOrder, readBankFile } from './bank-file.ts';
import type { Browser } from './browser.ts';
import { freshCode } from './one-time-codes.ts';
import type { Page, TableRow } from './page.ts';
import type { Books } from './report.ts';
import { pause } from './pause.ts';
import { signIn } from './staff.ts';
import type { World } from './world.ts';

/** Headings of finance's tables. */
const column = {
  caseNumber: '受理编号',
  amount: '金额',
  fund: '资金',
  funded: '已到位',
  available: '可用',
  reserved: '已预留',
  paid: '已支付',
} as const;

/**
 * One of finance makes batches of all that is ordered; another releases each, takes its file to the bank, and uploads the file in
 * which the bank answers.
 */
export async function payEverything(world: World): Promise<void> {
  const before = world.bank.paidFen();
  let count = 0;
  for (let batch = await makeBatch(world); batch !== undefined; batch = await makeBatch(world)) {
    const told = await releaseBatch(world, batch);
    await uploadAnswers(world, told);
    count += told.length;
  }
  if (count === 0) throw new Error(`${world.today()}: finance has nothing to pay`);
  world.say(`财务发放 ${count} 笔，到账 ${(world.bank.paidFen() - before) / 100} 元`);
}

/** A batch of all that is listed as ordered, with every warning answered; where its page is. Undefined: nothing is ordered. */
export async function makeBatch(world: World): Promise<string | undefined> {
  const { page, browser } = await signIn(world, 'finance-maker', '/finance');
  const orders = page.forms.find(({ action }) => action === '/finance/batches/check')?.options.get('payout') ?? [];
  if (orders.length === 0) return undefined;
  const filled = { payout: orders, profile: 'generic-csv' };
  const checked = expectPage(await browser.send(page, '/finance/batches/check', filled), /^\/finance\/batches\/check$/);
  const making = checked.forms.find(({ action }) => action === '/finance/batches');
  const questions = [...(making?.options.keys() ?? [])].filter((name) => name.startsWith('answer.'));
  const answers = Object.fromEntries(questions.map((name) => [name, 'seen-the-card']));
  const made = expectPage(await browser.send(checked, '/finance/batches', answers), /^\/finance\/batches\/[^/]+$/);
  return made.url.pathname;
}

/** Another of finance releases it and downloads its file, which the bank reads. */
export async function releaseBatch(world: World, batch: string): Promise<PaymentOrder[]> {
  const { browser } = await signIn(world, 'finance-checker', '/finance');
  const code = await freshCode(world, 'finance-checker');
  const page = await untilWhole(browser, expectPage(await browser.open(batch), batchPage));
  const released = expectPage(await browser.send(page, '/release', { code }), batchPage);
  await untilWhole(browser, released);
  const file = await browser.download(released.links.find(({ href }) => href.endsWith('/file'))?.href ?? '');
  if (file.status !== 200) throw new Error(`the file of ${batch} is answered ${file.status}`);
  return readBankFile(file.bytes);
}

const batchPage = /^\/finance\/batches\/[^/]+$/;
const mostPresses = 20;

/** A batch that calls got lost of says that it is not whole yet, and finance presses on as its page offers. */
async function untilWhole(browser: Browser, first: Page): Promise<Page> {
  let page = first;
  for (let presses = 0; page.forms.some(({ action }) => action.endsWith('/go-on')); presses += 1) {
    if (presses === mostPresses)
      throw new Error(`${page.url.pathname} does not become whole. ${page.text.slice(0, 600)}`);
    page = expectPage(await browser.send(page, '/go-on'), batchPage);
  }
  return page;
}

/** The bank carries the orders out and says so in a file; finance looks at what it would record, and records it. */
async function uploadAnswers(world: World, orders: readonly PaymentOrder[]): Promise<void> {
  const { browser, page } = await signIn(world, 'finance-checker', '/finance/results');
  const file = world.bank.answer(orders, world.today());
  const preview = expectPage(await browser.send(page, '/finance/results', { file }), resultPage);
  if (preview.tables.length !== 1)
    throw new Error(`${preview.url.pathname}: not all would be recorded. ${preview.text.slice(0, 600)}`);
  const code = await freshCode(world, 'finance-checker');
  let recorded = expectPage(await browser.send(preview, '/apply', { code }), resultPage);
  for (let looks = 0; looks < mostLooks && recorded.text.includes('正在登记'); looks += 1) {
    await pause(500);
    recorded = expectPage(await browser.open(recorded.url.pathname), resultPage);
  }
  const listed = recorded.tables.flatMap(({ rows }) => rows);
  if (listed.length < orders.length) throw new Error(`${listed.length} of ${orders.length} answers were recorded`);
}

const resultPage = /^\/finance\/results\/[^/]+$/;
/** Where calls get lost, the sweeper records what the page could not. */
const mostLooks = 600;

/** What finance's pages say was paid, and what is left in the funds. */
export async function readBooks(world: World): Promise<Books> {
  const { browser } = await signIn(world, 'finance-checker', '/finance');
  const paid = await paidRows(browser);
  const funds = expectPage(await browser.open('/finance/funds'), /^\/finance\/funds$/);
  return {
    paid: paid.map((row) => ({
      caseNumber: cell(row, column.caseNumber),
      fund: cell(row, column.fund),
      amountFen: fenOf(cell(row, column.amount)),
    })),
    funds: rowsOn(funds).map((row) => ({
      name: cell(row, column.fund),
      fundedFen: fenOf(cell(row, column.funded)),
      availableFen: fenOf(cell(row, column.available)),
      reservedFen: fenOf(cell(row, column.reserved)),
      paidFen: fenOf(cell(row, column.paid)),
    })),
  };
}

const rowsOn = ({ tables }: Page): readonly TableRow[] => tables.flatMap(({ rows }) => rows);

/** All rows of finance's list of what is paid, page after page. */
async function paidRows(browser: Browser): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  let next: string | undefined = '/finance?tab=paid';
  while (next !== undefined) {
    const page: Page = expectPage(await browser.open(next), /^\/finance$/);
    rows.push(...rowsOn(page));
    next = page.links.find(({ href }) => href.includes('cursor='))?.href;
  }
  return rows;
}

function cell(row: TableRow, name: string): string {
  const text = row.cells[name];
  if (text === undefined)
    throw new Error(`finance's table has no column ${name}: ${Object.keys(row.cells).join(', ')}`);
  return text;
}

/** `12,345.60 元` in fen, to the fen. @throws Error for anything else */
function fenOf(text: string): number {
  const [, whole = '', cents = '00'] = /^([\d,]+)(?:\.(\d{2}))? 元$/.exec(text) ?? [];
  if (whole === '') throw new Error(`${text} is no sum of money`);
  return Number(whole.replaceAll(',', '')) * 100 + Number(cents);
}
