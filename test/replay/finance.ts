import { expectPage } from './apply.ts';
import type { Browser } from './browser.ts';
import { freshCode } from './one-time-codes.ts';
import type { Page, TableRow } from './page.ts';
import type { Books } from './report.ts';
import { signIn } from './staff.ts';
import type { World } from './world.ts';

/** Headings of finance's tables. */
const column = {
  caseNumber: '受理编号',
  account: '账号',
  amount: '金额',
  fund: '资金',
  funded: '已到位',
  available: '可用',
  reserved: '已预留',
  paid: '已支付',
} as const;

/**
 * One of finance hands all that is ordered to the bank; another enters what the bank answers to each: paid with its reference, or
 * returned with the reason.
 */
export async function payEverything(world: World): Promise<void> {
  const code = await freshCode(world, 'finance-maker');
  const maker = await signIn(world, 'finance-maker', '/finance');
  const orders = maker.page.forms.find(({ action }) => action === '/finance/release')?.options.get('payout') ?? [];
  if (orders.length === 0) throw new Error(`${world.today()}: finance has nothing to pay`);
  const released = await maker.browser.send(maker.page, '/finance/release', { payout: orders, code });
  expectPage(released, /^\/finance$/);

  const checker = await signIn(world, 'finance-checker', '/finance');
  const before = world.bank.paidFen();
  for (const row of await rowsOf(checker.browser, 'released')) await enterAnswer(world, checker.browser, row);
  world.say(`财务发放 ${orders.length} 笔，到账 ${(world.bank.paidFen() - before) / 100} 元`);
}

async function enterAnswer(world: World, browser: Browser, row: TableRow): Promise<void> {
  const code = await freshCode(world, 'finance-checker');
  const page = expectPage(await browser.open(row.links[0] ?? ''), /^\/finance\/payouts\//);
  const answer = world.bank.pay({ account: cell(row, column.account), amountFen: fenOf(cell(row, column.amount)) });
  const done =
    answer.kind === 'paid'
      ? await browser.send(page, '/confirm', { bankReference: answer.reference, paidOn: world.today(), code })
      : await browser.send(page, '/fail', { reason: answer.reason, failCode: code });
  expectPage(done, /^\/finance\/payouts\//);
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
async function rowsOf(browser: Browser, tab: 'released' | 'paid'): Promise<TableRow[]> {
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
