import { expectPage, type Receipt } from './apply.ts';
import { openBrowser } from './browser.ts';
import type { World } from './world.ts';

/** Anybody reads the notice board: every case of these is on it, and nobody's name, number, address or account. */
export async function readNotices(world: World, receipts: readonly Receipt[]): Promise<void> {
  const board = expectPage(await openBrowser(world.site).open('/notices'), /^\/notices$/);
  for (const { caseNumber, application } of receipts) {
    if (!board.text.includes(caseNumber)) throw new Error(`${caseNumber} is not on the notice board`);
    const { name, idNumber, phone, address, account, email } = application.person;
    const shown = [name, idNumber, phone, address, account, email].find((secret) => board.text.includes(secret));
    if (shown !== undefined) throw new Error(`${caseNumber}: the notice board shows ${shown}`);
  }
}
