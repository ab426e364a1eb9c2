import { afterEach, expect, test } from 'vitest';
import { apply, expectPage, type Receipt, track } from '../replay/apply.ts';
import { openBrowser } from '../replay/browser.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { payEverything } from '../replay/finance.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { told } from '../replay/told.ts';
import { readLedger } from '../support/books.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { openLocalStore } from '../support/local-store.ts';

let local: TestLocal;
afterEach(() => local?.stop());

/** The same person each time, with a bill of 6,000 yuan of relief: as much as a household may have in a year. */
const applyWith = (bill: number, treated: { from: string; until: string }): Promise<Receipt> =>
  apply(local.url, illnessApplication(inventPerson(1), bill, { ownShare: 138_000 }, treated));

async function toNotice(receipt: Receipt): Promise<void> {
  const { world } = local;
  const visited = { hasVisited: true, filledInYuan: 6_000 };
  await decide(world, receipt, [recommend(6_000, visited), recommend(6_000, visited)]);
  await decide(world, receipt, [approve(6_000), approve(6_000)]);
  await told(world, receipt, 'on-notice');
}

/** What the notice board says about a case; undefined when it is no longer there. */
async function onBoard({ caseNumber }: Receipt): Promise<string | undefined> {
  const board = expectPage(await openBrowser(local.url).open('/notices'), /^\/notices$/);
  const row = board.tables.flatMap(({ rows }) => rows).find(({ cells }) => Object.values(cells).includes(caseNumber));
  return row && Object.values(row.cells).join(' ');
}

async function expectBooksToHold(): Promise<void> {
  const { store, close } = openLocalStore(local);
  const { files, faults } = await readLedger(store);
  close();
  expect(files.length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
}

test('who had the most of one year is refused until New Year, and helped again in the next, whose notice waits for Spring Festival', async () => {
  local = await startTestLocal('2016-12-15T09:00');
  const { world } = local;
  const december = await applyWith(1, { from: '2016-10-01', until: '2016-11-20' });
  expect(december.caseNumber).toBe('DB-2016-00001');
  await toNotice(december);
  await world.moveClock({ to: '2016-12-26T09:00' });
  await payEverything(world);
  await told(world, december, 'paid');

  const tooMuch = await applyWith(2, { from: '2016-11-01', until: '2016-12-20' });
  await told(world, tooMuch, 'refused');
  expect((await track(tooMuch)).text).toContain('本户在规定期限内已达到最高救助额');

  await world.moveClock({ to: '2017-01-24T09:00' });
  const january = await applyWith(3, { from: '2016-11-01', until: '2016-12-28' });
  expect(january.caseNumber).toBe('DB-2017-00001');
  await toNotice(january);
  // Five working days from Tuesday 24 January 2017: 25, 26, after the holiday of 27 January to 2 February the 3rd, Saturday
  // the 4th, which is worked instead, and Monday the 6th.
  expect(await onBoard(january)).toContain('2017年2月6日');
  expect(await onBoard(january)).not.toContain('推算');
  await world.moveClock({ to: '2017-02-06T17:00' });
  expect(await onBoard(january)).toBeDefined();
  await world.moveClock({ to: '2017-02-07T09:00' });
  expect(await onBoard(january)).toBeUndefined();
  await payEverything(world);
  await told(world, january, 'paid');
  expect(world.bank.paidFen()).toBe(1_200_000);
  await expectBooksToHold();
});

test('a notice that runs into a year whose holidays are not announced counts Monday to Friday, and says so', async () => {
  local = await startTestLocal('2026-12-28T09:00');
  const { world } = local;
  const receipt = await applyWith(1, { from: '2026-11-01', until: '2026-12-10' });
  await toNotice(receipt);
  // 29, 30, 31 December, Friday 1 January (a holiday in every year, but not announced), Monday the 4th.
  const notice = await onBoard(receipt);
  expect(notice).toContain('2027年1月4日');
  expect(notice).toContain('节假日安排还没有公布，截止日期按周末推算');
  expect((await track(receipt)).text).toContain('公示到 2027年1月4日（节假日安排还没有公布，按周末推算）');
  await world.moveClock({ to: '2027-01-05T09:00' });
  await payEverything(world);
  await told(world, receipt, 'paid');
  await expectBooksToHold();
});
