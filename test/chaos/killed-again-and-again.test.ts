import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { isLong, runsAndSeed } from '../support/runs.ts';
import { seededRandom } from '../support/seeded-random.ts';
import {
  booksOf,
  expectAcknowledgedKept,
  expectEverythingEnded,
  expectProved,
  isOpen,
  mailsOf,
} from './everything-holds.ts';
import { type Killable, startKillable } from './killable-reliefline.ts';
import { type Doing, openTown } from './townsfolk.ts';

const { seed } = runsAndSeed(1);
const { applications, kills } = isLong() ? { applications: 200, kills: 25 } : { applications: 12, kills: 3 };
/** The first three always, so that a small run has one of each; then as chance has it. */
const moments: readonly Doing[] = ['vote', 'clock', 'confirm', 'apply'];

const data = mkdtempSync(join(tmpdir(), 'reliefline-killed-'));
let system: Killable | undefined;
afterEach(async () => {
  await system?.kill();
  rmSync(data, { recursive: true, force: true });
});

test(`killed ${kills} times among ${applications} applications: none is lost, stuck or paid twice, and all that was acknowledged stands (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const reliefline = await startKillable({ data, clock: '2016-03-07T09:00' });
  system = reliefline;
  const began = new Map<Doing | 'anything', number>();
  /** Everybody waits while somebody reads what was kept: else a slow reading would let the town come to its end unharmed. */
  let looking: Promise<void> = Promise.resolve();
  const town = openTown(
    reliefline,
    (doing) => {
      for (const each of [doing, 'anything'] as const) began.set(each, (began.get(each) ?? 0) + 1);
    },
    () => looking,
  );
  const { acknowledged } = town;
  let isOver = false;
  const killed: string[] = [];
  /** Where the cases stood after each kill, of those that were not at their end. */
  const stood: Set<string>[] = [];

  const killer = async (): Promise<void> => {
    for (let count = 0; count < kills; count += 1) {
      const moment = moments[count < 3 ? count : Math.floor(random() * moments.length)]!;
      const [from, fromAll] = [began.get(moment) ?? 0, began.get('anything') ?? 0];
      const nth = 1 + Math.floor(random() * (moment === 'clock' ? 2 : 5));
      const patience = count < 3 ? Number.POSITIVE_INFINITY : 25;
      while ((began.get(moment) ?? 0) < from + nth && (began.get('anything') ?? 0) < fromAll + patience) {
        if (isOver) return;
        await pause(1);
      }
      await pause(random() * (moment === 'clock' ? 400 : 60));
      const known = { mails: mailsOf(reliefline), clock: acknowledged.clock };
      killed.push(moment);
      await reliefline.killAndStart();
      expect(mailsOf(reliefline).slice(0, known.mails.length)).toEqual(known.mails);
      expect(await reliefline.now()).toBeGreaterThanOrEqual(known.clock);
      looking = expectAcknowledgedKept(reliefline, town).then((files) => {
        stood.push(new Set(files.filter(isOpen).map((file) => file.case.status)));
      });
      await looking;
    }
  };
  const everybody = async (): Promise<void> => {
    const orders = Array.from({ length: applications }, (_, index) => index + 1);
    const aDay = Math.ceil(applications / (applications > 100 ? 16 : 3));
    for (let day = 0; day < 60; day += 1) {
      await looking;
      await town.apply(orders.splice(0, aDay));
      await looking;
      // Not everybody answers on the first day: so applications stand at every stage at once.
      await town.decide(day % 2 === 0 ? aDay : undefined);
      await looking;
      await town.letDaysPass(orders.length > 0 || day < 8 ? 1 : 4);
      await looking;
      await town.pay();
      if (orders.length > 0) continue;
      const { files } = await reliefline.insist(() => booksOf(reliefline));
      if (!files.some(isOpen) && !files.some(({ case: { status } }) => status === 'returned')) break;
    }
    isOver = true;
  };
  await Promise.all([killer(), everybody()]);

  expect(killed).toHaveLength(kills);
  if (isLong()) {
    const everywhere = ['in-approval', 'in-payment', 'in-review', 'on-notice', 'returned'];
    expect([...new Set(stood.flatMap((each) => [...each]))]).toEqual(expect.arrayContaining(everywhere));
    expect(Math.max(...stood.map(({ size }) => size))).toBeGreaterThanOrEqual(4);
  }
  expect(acknowledged.receipts.size).toBe(applications);
  await expectAcknowledgedKept(reliefline, town);
  await expectEverythingEnded(reliefline, town);
  await expectProved(reliefline, applications);
});
