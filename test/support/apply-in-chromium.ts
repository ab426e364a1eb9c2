import type { Page } from 'playwright-core';
import { documentFor } from '../replay/documents.ts';
import type { Invented } from '../replay/people.ts';
import { choose, fillIn, headingOf, press, shoot, textOf } from './browser.ts';

export type ChromiumReceipt = { readonly caseNumber: string; readonly code: string };
/** A paper by its name on the page, and how many of it; `kind` decides what sort of document is made. */
export type ChromiumPaper = { readonly paper: string; readonly kind: string; readonly count: number };

/** From the first page to the empty form of a programme. */
export async function openForm(page: Page, programme: string): Promise<void> {
  await page.goto('/');
  await shoot(page, `${programme}-1-home`);
  await page.getByRole('link', { name: programme, exact: true }).click();
  await shoot(page, `${programme}-2-about`);
  await press(page, '开始申请');
}

/** What every form asks about the applicant and the account. */
export async function fillInPerson(page: Page, person: Invented): Promise<void> {
  await fillIn(page, '姓名', person.name);
  await fillIn(page, '身份证号码', person.idNumber);
  await fillIn(page, '联系电话', person.phone);
  await page.getByLabel('电子邮箱').fill(person.email);
  await page.getByLabel('所在单位', { exact: true }).selectOption(person.unit);
  await fillIn(page, '家庭住址', person.address);
  await choose(page, '谁在填这张表？', '申请人本人');
  await fillIn(page, '家里一共几口人', String(person.householdSize));
  await choose(page, '这是谁的账户？', '申请人本人的');
  await fillIn(page, '开户银行', '盐场储蓄所（虚构）');
  await fillIn(page, '银行账号或卡号', person.account);
  await page.getByLabel('我同意工会为办理这次救助使用我填写的身份、病情、家庭和账户信息').check();
}

/** Uploads each document by its own form, as a phone does. */
export async function uploadPapers(page: Page, papers: readonly ChromiumPaper[]): Promise<void> {
  for (const { paper, kind, count } of papers) {
    for (let order = 1; order <= count; order += 1) {
      const { fileName, contentType, bytes } = documentFor(kind, order);
      const file = { name: fileName, mimeType: contentType, buffer: Buffer.from(bytes) };
      await page.getByLabel(`选择文件：${paper}`, { exact: true }).setInputFiles(file);
      await press(page, `上传${paper}`);
      await page.waitForURL(/\/apply\/[^/]+\/papers/);
    }
  }
}

/** Checks the answers, submits, and reads what is to be kept. */
export async function submitAndRead(page: Page, programme: string): Promise<ChromiumReceipt> {
  await shoot(page, `${programme}-5-check`);
  await press(page, '提交申请');
  if ((await headingOf(page)) !== '申请已经提交') throw new Error(`not submitted: ${await textOf(page)}`);
  await shoot(page, `${programme}-6-submitted`);
  const text = await textOf(page);
  const [, caseNumber = ''] = /([A-Z]{2}-\d{4}-\d{5})/.exec(text) ?? [];
  const [, code = ''] = /查询码 ?([A-Z0-9]{4}[ -]?[A-Z0-9]{4})(?![A-Z0-9])/.exec(text) ?? [];
  if (caseNumber === '' || code === '') throw new Error(`no case number or code: ${text}`);
  return { caseNumber, code };
}

/** The status page by number and code, as on another phone. */
export async function track(page: Page, { caseNumber, code }: ChromiumReceipt): Promise<string> {
  await page.goto('/track');
  await fillIn(page, '受理编号', caseNumber);
  await fillIn(page, '查询码', code);
  await press(page, '查询');
  if ((await headingOf(page)) !== '申请进度') throw new Error(`no status page: ${await textOf(page)}`);
  return textOf(page);
}
