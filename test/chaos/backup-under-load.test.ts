import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { backUp } from '../../infra/local/backup-command.ts';
import { restore } from '../../infra/local/restore-command.ts';
import { isLong, runsAndSeed } from '../support/runs.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { booksOf, expectProved, isOpen, mailsOf, runningExecutions } from './everything-holds.ts';
import { type Killable, startKillable } from './killable-reliefline.ts';
import { endOf, openTown, type Town } from './townsfolk.ts';

const { seed } = runsAndSeed(1);
const { applications, backups } = isLong() ? { applications: 40, backups: 8 } : { applications: 8, backups: 2 };

const folder = mkdtempSync(join(tmpdir(), 'reliefline-backups-'));
let system: Killable | undefined;
afterEach(async () => {
  await system?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const places = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => join(folder, `backup-${index}`));

async function live(town: Town, orders: number[], days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await town.apply(orders.splice(0, Math.ceil(applications / 3)));
    await town.decide(day % 2 === 0 ? 5 : undefined);
    await town.letDaysPass(2);
    await town.pay();
  }
}

test(`promise 25: each of ${backups} backups under load comes back as one instant: chains hold, funds add up, every workflow goes on, nothing is paid twice (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const original = await startKillable({ data: join(folder, 'data'), clock: '2016-03-07T09:00' });
  system = original;
  let doings = 0;
  const town = openTown(original, () => (doings += 1));
  const orders = Array.from({ length: applications }, (_, index) => index + 1);
  let isOver = false;
  const taken: { to: string; mails: number }[] = [];
  const keeper = async (): Promise<void> => {
    for (const to of places(backups)) {
      const until = doings + 4 + Math.floor(random() * (isLong() ? 30 : 12));
      while (doings < until && !isOver) await pause(1);
      await pause(random() * 60);
      if (isOver) return;
      const mails = mailsOf(original).length;
      expect(await backUp({ data: original.data, to })).toContain('Work waited');
      taken.push({ to, mails });
    }
  };
  await Promise.all([keeper(), live(town, orders, 6).finally(() => (isOver = true))]);
  expect(taken).toHaveLength(backups);
  const receipts = new Map(town.acknowledged.receipts);
  await original.kill();

  let onTheWay = 0;
  for (const { to, mails } of taken) {
    const data = `${to}-restored`;
    await restore({ from: to, data, fresh: false });
    // The same address: the links in the mails lead there.
    const again = await startKillable({ data, port: original.ports.web });
    system = again;
    const before = await booksOf(again);
    expect(before.faults).toEqual([]);
    expect(mailsOf(again).length).toBeGreaterThanOrEqual(mails);
    const running = new Set(await runningExecutions(again));
    // Only the way of one that was submitted a moment ago may begin later: its start lies in the outbox.
    const underWay = before.files.filter((file) => isOpen(file) && file.case.status !== 'submitted');
    for (const { case: theCase } of underWay)
      expect(`${theCase.caseNumber} ${running.has(theCase.caseId)}`).toBe(`${theCase.caseNumber} true`);
    onTheWay += underWay.length;

    const people = openTown(again);
    for (const [caseNumber, order] of receipts) people.acknowledged.receipts.set(caseNumber, order);
    for (let day = 0; day < 40; day += 1) {
      await people.decide();
      await people.letDaysPass(4);
      await people.pay();
      const { files } = await booksOf(again);
      if (!files.some((file) => isOpen(file))) break;
    }
    const after = await booksOf(again);
    expect(after.faults).toEqual([]);
    expect(after.files.length).toBe(before.files.length);
    for (const file of after.files) {
      const order = receipts.get(file.case.caseNumber);
      if (order === undefined) throw new Error(`${file.case.caseNumber} is nobody's`);
      expect(`${file.case.caseNumber} ${file.case.status}`).toBe(`${file.case.caseNumber} ${endOf(order)}`);
      expect(file.payouts.map(({ status }) => status)).toEqual(endOf(order) === 'paid' ? ['paid'] : []);
    }
    expect(await runningExecutions(again)).toEqual([]);
    await expectProved(again, after.files.length);
    await again.kill();
    expect(existsSync(`${to}.partial`)).toBe(false);
  }
  expect(onTheWay).toBeGreaterThan(0);
});
