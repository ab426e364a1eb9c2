import { expectPage, type Receipt } from './apply.ts';
import { desks, signIn } from './staff.ts';
import type { World } from './world.ts';

/** The office is told of a new account by mail, looks at it on the case's page and approves it. */
export async function approveAccount(world: World, { caseNumber }: Receipt, account: string): Promise<void> {
  const [letter] = await world.post.wait(
    `the office is told of a new account for ${caseNumber}`,
    ({ to, subject }) => to === desks.office && subject.startsWith('请核准新账户') && subject.includes(caseNumber),
  );
  const { pathname } = new URL(letter?.link ?? '');
  const { browser, page } = await signIn(world, 'office', pathname);
  if (!page.text.includes(account)) throw new Error(`${caseNumber}: the office cannot see the new account`);
  const done = await browser.send(page, '/account', { note: '已核对存折' }, { name: 'approves', value: 'yes' });
  expectPage(done, /^\/office\/cases\//);
}
