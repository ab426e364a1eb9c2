import { expectPage } from './apply.ts';
import { type Browser, openBrowser } from './browser.ts';
import type { Page } from './page.ts';
import type { Letter } from './post-office.ts';
import type { World } from './world.ts';

/** Those of the invented union who act without being asked by mail. */
export const desks = {
  'finance-maker': 'ji.qiushi-demo@union.example',
  'finance-checker': 'bian.sujun-demo@union.example',
  office: 'wen.zhuxi-demo@union.example',
} as const;
export type Desk = keyof typeof desks;

/** Goes to a page of the staff, is led to the sign-in page, and comes back by a mailed link. */
export async function signIn(world: World, desk: Desk, path: string): Promise<{ browser: Browser; page: Page }> {
  const browser = openBrowser(world.site);
  const address = desks[desk];
  const before = (await world.post.letters()).length;
  const asked = expectPage(await browser.open(path), /^\/sign-in$/);
  expectPage(await browser.send(asked, '/sign-in', { email: address }), /^\/sign-in$/);
  const isLink = ({ to, link }: Letter): boolean => to === address && link.includes('/sign-in/');
  const [letter] = await world.post.wait(`link to sign in for ${address}`, isLink, before);
  const door = expectPage(await browser.open(letter?.link ?? ''), /^\/sign-in\//);
  const page = await browser.send(door, /^\/sign-in\//);
  if (page.url.pathname !== path)
    throw new Error(`signed in for ${path}, and led to ${page.url.pathname}: ${page.status} ${page.heading}`);
  return { browser, page: expectPage(page, /./) };
}
