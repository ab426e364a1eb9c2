import { type Browser, openBrowser } from './browser.ts';
import type { Page } from './page.ts';
import type { World } from './world.ts';

/** Those of the invented union who act without being asked by mail. */
export const desks = {
  'finance-maker': 'ji.qiushi-demo@union.example',
  'finance-checker': 'bian.sujun-demo@union.example',
  office: 'wen.zhuxi-demo@union.example',
} as const;
export type Desk = keyof typeof desks;

/** Signs in by a mailed link, as the staff do in the morning. */
export async function signIn(world: World, desk: Desk): Promise<Browser> {
  const browser = openBrowser(world.site);
  const address = desks[desk];
  const before = (await world.post.letters()).length;
  await browser.send(await browser.open('/sign-in'), /\/sign-in/, { email: address });
  const isLink = ({ to, link }: { to: string; link: string }): boolean => to === address && link.includes('/sign-in/');
  const letters = await world.post.wait(`link to sign in for ${address}`, isLink, before);
  const page = await browser.open(letters[0]?.link ?? '');
  const signedIn: Page = await browser.send(page, /\/sign-in\//);
  if (signedIn.status !== 200) throw new Error(`${address} cannot sign in: ${signedIn.status} ${signedIn.text}`);
  return browser;
}
