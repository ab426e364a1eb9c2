import { expectPage } from './apply.ts';
import { type PaymentOrder, readBankFile } from './bank-file.ts';
import type { Browser } from './browser.ts';
import { freshCode } from './one-time-codes.ts';
import type { Page, TableRow } from './page.ts';
import type { Books } from './report.ts';
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
 * One of finance makes batches of all that is ordered; another releases each, takes its file to the bank, and enters what the bank
 * answers to each payment: paid with its reference, or not, with the reason.
 */
export async function payEverything(world: World): Promise<void> {
  const before = world.bank.paidFen();
  let count = 0;
  for (let batch = await makeBatch(world); batch !== undefined; batch = await makeBatch(world)) {
    const told = await releaseBatch(world, batch);
    await enterAnswers(world, told);
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
  const page = expectPage(await browser.open(batch), /^\/finance\/batches\//);
  const released = expectPage(await browser.send(page, '/release', { code }), /^\/finance\/batches\//);
  const file = await browser.download(released.links.find(({ href }) => href.endsWith('/file'))?.href ?? '');
  if (file.status !== 200) throw new Error(`the file of ${batch} is answered ${file.status}`);
  return readBankFile(file.bytes);
}

/** The bank carries the orders out; finance enters each answer by the payment's own number. */
async function enterAnswers(world: World, orders: readonly PaymentOrder[]): Promise<void> {
  const { browser } = await signIn(world, 'finance-checker', '/finance');
  const rows = await rowsOf(browser, 'sent');
  for (const order of orders) {
    const row = rows.find(({ links }) => links.some((href) => href.endsWith(`/${order.reference}`)));
    const page = expectPage(await browser.open(row?.links[0] ?? ''), /^\/finance\/payouts\//);
    const answer = world.bank.pay(order);
    const code = await freshCode(world, 'finance-checker');
    const done =
      answer.kind === 'paid'
        ? await browser.send(page, '/confirm', { bankReference: answer.reference, paidOn: world.today(), code })
        : await browser.send(page, '/fail', { failReason: answer.reason, failCode: code });
    expectPage(done, /^\/finance\/payouts\//);
  }
}

/** What finance's pages say was paid, and what is left in the funds. */
export async function readBooks(world: World): Promise<Books> {
  const { browser } = await signIn(world, 'finance-checker', '/finance');
  const paid = await rowsOf(browser, 'paid');
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

/** All rows of one of finance's lists, page after page. */
async function rowsOf(browser: Browser, tab: 'sent' | 'paid'): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  let next: string | undefined = `/finance?tab=${tab}`;
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
