import { expectPage } from '../replay/apply.ts';
import { type Browser, openBrowser } from '../replay/browser.ts';
import type { Page } from '../replay/page.ts';
import type { World } from '../replay/world.ts';

/** Signs somebody on the staff in by a mailed link, in a browser of their own. Also gives the link, which is used up then. */
export async function signInAs(
  world: World,
  address: string,
  path: string,
): Promise<{ browser: Browser; page: Page; link: string }> {
  const browser = openBrowser(world.site);
  const before = (await world.post.letters()).length;
  const asked = expectPage(await browser.open(path), /^\/sign-in$/);
  await browser.send(asked, '/sign-in', { email: address });
  const [letter] = await world.post.wait(
    `link to sign in for ${address}`,
    ({ to, link }) => to === address && link.includes('/sign-in/'),
    before,
  );
  const link = letter?.link ?? '';
  const page = await browser.send(await browser.open(link), /^\/sign-in\//);
  return { browser, page: expectPage(page, /./), link };
}
