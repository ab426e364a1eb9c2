import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, expectPage, type Receipt, track } from '../replay/apply.ts';
import { openBrowser } from '../replay/browser.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { payEverything, readBooks } from '../replay/finance.ts';
import { inventPerson } from '../replay/people.ts';
import type { Letter } from '../replay/post-office.ts';
import { desks } from '../replay/staff.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { payToNewAccount, returnAndCorrect } from '../replay/stories/special.ts';
import { told } from '../replay/told.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { signInAs } from '../support/staff-desk.ts';

const treated = { from: '2016-01-11', until: '2016-02-20' };
let local: TestLocal;
beforeAll(async () => {
  local = await startTestLocal();
});
afterAll(() => local?.stop());

const applyAs = (order: number): Promise<Receipt> =>
  apply(local.url, illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated));

async function toNotice(receipt: Receipt): Promise<void> {
  const { world } = local;
  await decide(world, receipt, [recommend(3_000), recommend(3_000)]);
  await decide(world, receipt, [approve(3_000)]);
  await told(world, receipt, 'on-notice');
}

const reservedFen = async (): Promise<number> =>
  (await readBooks(local.world)).funds.reduce((sum, fund) => sum + fund.reservedFen, 0);

test('an applicant who finds a mistake before anybody decided changes it, and the old links end', async () => {
  const receipt = await applyAs(1);
  const isLink = ({ subject, link }: Letter): boolean => subject.includes(receipt.caseNumber) && link.includes('/d/');
  const [old] = await local.world.post.wait('a link', isLink);
  const { browser } = receipt;
  const form = expectPage(await browser.send(await track(receipt), '/edit'), /\/form$/);
  const papers = expectPage(await browser.send(form, '/form', { hospital: '海湾医院（虚构）' }), /\/papers$/);
  const check = expectPage(await browser.send(papers, '/papers'), /\/check$/);
  expectPage(await browser.send(check, '/submit'), /^\/track\/case\//);
  await local.settle();
  const stale = await openBrowser(local.url).open(old!.link);
  expect(stale.forms.some(({ options }) => options.has('verdict'))).toBe(false);
  const letters = (await local.world.post.letters()).filter(isLink);
  const fresh = await openBrowser(local.url).open(letters.at(-1)!.link);
  expect(fresh.text).toContain('海湾医院（虚构）');
});

test('an application that is withdrawn while it is on notice gives back what was reserved for it', async () => {
  const before = await reservedFen();
  const receipt = await applyAs(2);
  await toNotice(receipt);
  expect(await reservedFen()).toBe(before + 300_000);
  const { browser } = receipt;
  const status = await track(receipt);
  const question = await browser.open(`${status.url.pathname}/withdraw`);
  const done = await browser.send(question, '/withdraw');
  expect(done.text).toContain('申请已经撤回');
  const again = await browser.send(question, '/withdraw');
  expect(again.text).toContain('没有重复办理');
  expect(await reservedFen()).toBe(before);
  expect((await openBrowser(local.url).open('/notices')).text).not.toContain(receipt.caseNumber);
});

test('an objection that the office admits stops the notice; dismissed, the notice goes on', async () => {
  const { world } = local;
  const receipt = await applyAs(3);
  await toNotice(receipt);
  const neighbour = openBrowser(local.url);
  const form = await neighbour.open(`/notices/${receipt.caseNumber}/object`);
  const objection = { name: '郗拾贝', contact: '0000-2100999', grounds: '听说费用已由保险全部报销' };
  expect((await neighbour.send(form, '/object', objection)).heading).toBe('异议已经收到');
  await decide(world, receipt, [{ verdict: 'admit' as never }]);
  await local.settle();
  const stopped = await track(receipt);
  expect(stopped.text).toContain('异议已受理，正在核实');
  expect(stopped.text).not.toContain(objection.name);
  await decide(world, receipt, [{ verdict: 'dismiss' as never, note: '保险结算单证明自付属实' }]);
  await local.settle();
  expect((await track(receipt)).text).toContain('正在公示');
});

test('an application is returned and corrected; its payment comes back, goes to another account and arrives', async () => {
  const { world } = local;
  const receipt = await applyAs(4);
  await returnAndCorrect(world, receipt);
  await toNotice(receipt);
  world.bank.closeAccount(receipt.application.person.account);
  await world.moveClock({ by: '+10d' });
  await payEverything(world);
  await payToNewAccount(world, receipt, 4);
  expect((await track(receipt)).text).toContain('已经全部到账');
});

test('a lost tracking code is replaced by the office once the identity is checked, and the old one ends', async () => {
  const receipt = await applyAs(5);
  const { browser, page } = await signInAs(local.world, desks.office, '/office/cases');
  const row = page.links.find(({ text }) => text === receipt.caseNumber);
  const opened = await browser.open(row!.href);
  const unchecked = await browser.send(opened, '/reissue-code');
  expect([unchecked.status, unchecked.errors]).toEqual([422, ['请先核对申请人身份再勾选']]);
  const shown = await browser.send(unchecked, '/reissue-code', { isIdentityChecked: 'yes' });
  const [, code = ''] = /([A-Z0-9]{4}[ -][A-Z0-9]{4})(?![A-Z0-9])/.exec(shown.text) ?? [];
  expect(code).not.toBe('');
  await expect(track(receipt)).rejects.toThrow(/查询码不对/);
  expect((await track({ ...receipt, code })).text).toContain('申请进度');
});

test('the address of somebody on the staff is changed by two people, and by no one alone', async () => {
  const at = '/office/staff/pan-xichen';
  const proposer = await signInAs(local.world, desks.office, at);
  const proposed = await proposer.browser.send(proposer.page, '/address', { email: 'new.pan-demo@union.example' });
  expect(proposed.text).toContain('new.pan-demo@union.example');
  expect(proposed.text).toContain('等另一人确认后生效');
  expect(proposed.forms.some(({ action }) => action.endsWith('/settle'))).toBe(false);
  const second = await signInAs(local.world, 'zhuang.caiwei-demo@union.example', at);
  const settled = await second.browser.send(second.page, '/address/settle', {}, { value: 'yes' });
  expect(settled.text).toContain('已保存');
  expect(settled.text).toContain('new.pan-demo@union.example');
});

test('a link to sign in works once', async () => {
  const { link } = await signInAs(local.world, desks.office, '/office/mine');
  const again = await openBrowser(local.url).open(link);
  expect(again.heading).toBe('这个登录链接不能用了');
});
