import { openFloor } from './open-floor.ts';
import { atMost, median, quantile, type Ratio, timed } from './ratios.ts';
import { type BenchedReliefline, startBenched } from './reliefline-process.ts';
import type { Note } from './http-user.ts';
import { type Applied, applyToNotice, awaitPayment, pay, signIn } from './whole-way.ts';

export type WayFigures = {
  readonly ratios: readonly Ratio[];
  readonly applicationsPerSecond: number;
  /** Milliseconds an application takes up to the notice, at its end, and to be paid; and its floor. */
  readonly parts: { readonly alone: Parts; readonly atOnce: Parts };
  /** Milliseconds of each page, by route. */
  readonly pages: readonly Spread[];
  /** Milliseconds of each step of the workflow, by its function, the warm-up's left out. */
  readonly steps: readonly Spread[];
};
type Parts = { readonly toNotice: number; readonly turn: number; readonly payment: number; readonly floor: number };
type Spread = { readonly name: string; readonly p50: number; readonly p95: number; readonly p99: number };

const spreads = (values: Iterable<readonly [string, readonly number[]]>): Spread[] =>
  [...values].flatMap(([name, all]) =>
    all.length === 0 ? [] : [{ name, p50: quantile(all, 0.5), p95: quantile(all, 0.95), p99: quantile(all, 0.99) }],
  );

const goal = 3;

/** How many of each kind one run of this measure needs. Both sides take turns, so that a busy moment meets both. */
export type WaySize = {
  readonly warmUp: number;
  readonly alone: number;
  readonly atOnce: number;
  readonly batches: number;
};

/**
 * The whole way of an application, from the first page to the money, as a multiple of its floor: alone, and with many at once. The
 * days of the notice are not waited for: the clock jumps to its last minutes, which is no work of the application's; its end is. Before
 * anything is measured other applications walk the whole way, so that its code is as warm as the floor's.
 */
export async function benchWay(port: number, size: WaySize): Promise<WayFigures> {
  const system = await startBenched({ name: 'way', port, clock: '2016-03-07T09:00' });
  try {
    return await measure(system, size);
  } finally {
    await system.stop();
  }
}

/** Applied for on a Monday, and on the day after it: each has five working days of notice. */
const ofMonday = { noticeEnd: Date.parse('2016-03-15T00:00:00+08:00'), paidOn: '2016-03-15' };
const ofTuesday = { noticeEnd: Date.parse('2016-03-16T00:00:00+08:00'), paidOn: '2016-03-16' };
const tuesdayMorning = Date.parse('2016-03-08T09:00:00+08:00');

async function measure(system: BenchedReliefline, { warmUp, alone, atOnce, batches }: WaySize): Promise<WayFigures> {
  const floor = await openFloor(system);
  let order = 0;
  const next = (note?: Note) => {
    order += 1;
    return applyToNotice(system, order, note);
  };
  const warming: Applied[] = [];
  for (let each = 0; each < warmUp; each += 1) {
    const [applied] = await Promise.all([next(), floor()]);
    warming.push(applied);
  }
  await system.moveClock(tuesdayMorning);

  const warm = new Map([...system.steps].map(([name, all]) => [name, all.length]));
  const pages = new Map<string, number[]>();
  const note: Note = (method, url, ms) => {
    const route = routeOf(system.site, method, url);
    pages.set(route, [...(pages.get(route) ?? []), ms]);
  };
  const cases: Applied[] = [];
  const ways: number[] = [];
  const floors: number[] = [];
  const one = async (told?: Note) => {
    cases.push(await next(told));
  };
  for (let each = 0; each < alone; each += 1) {
    floors.push(await timed(floor));
    ways.push(await timed(() => one(note)));
  }
  const many = (work: () => Promise<unknown>) => timed(() => Promise.all(Array.from({ length: atOnce }, work)));
  const waysAtOnce: number[] = [];
  const floorsAtOnce: number[] = [];
  // The first batches warm up the further workers that only many at once bring up.
  const unmeasured = Math.ceil(batches / 2);
  for (let each = 0; each < unmeasured + batches; each += 1) {
    // One address may begin so many applications an hour; here all come from one.
    await system.moveClock((await system.now()) + 3_600_000);
    if (each < unmeasured) {
      await many(() => one());
      continue;
    }
    floorsAtOnce.push((await many(floor)) / atOnce);
    waysAtOnce.push((await many(() => one())) / atOnce);
  }

  await finish(system, warming, { ...ofMonday, alone: 8 });
  const last = await finish(system, cases, { ...ofTuesday, alone: 5, note });
  const { turn } = last;
  const parts = {
    alone: { toNotice: median(ways), turn, payment: last.paidAlone, floor: median(floors) },
    atOnce: { toNotice: median(waysAtOnce), turn, payment: last.paidAtOnce, floor: median(floorsAtOnce) },
  };
  const whole = ({ toNotice, turn, payment }: Parts) => toNotice + turn + payment;
  const ratio = (of: Parts) => whole(of) / of.floor;
  return {
    ratios: [
      atMost('an application’s whole way ÷ its floor, alone', ratio(parts.alone), goal),
      atMost(`an application’s whole way ÷ its floor, ${atOnce} at once`, ratio(parts.atOnce), goal),
    ],
    applicationsPerSecond: 1_000 / whole(parts.atOnce),
    parts,
    pages: spreads(pages),
    steps: spreads([...system.steps].map(([name, all]) => [name, all.slice(warm.get(name) ?? 0)] as const)),
  };
}

/**
 * The turn of the notice and the payment, milliseconds an application: most are paid from one list, many at once, and then the last few
 * one by one, each from a list that holds hardly anything else. The time that a person waits for a code is taken off.
 */
async function finish(
  system: BenchedReliefline,
  cases: readonly Applied[],
  {
    noticeEnd,
    paidOn,
    alone: mostAlone,
    note,
  }: { readonly noticeEnd: number; readonly paidOn: string; readonly alone: number; readonly note?: Note },
): Promise<{ turn: number; paidAlone: number; paidAtOnce: number }> {
  await system.moveClock(noticeEnd - 600_000);
  const desks = {
    maker: await signIn(system, 'finance-maker', note),
    checker: await signIn(system, 'finance-checker', note),
  };
  const paying = async (count: number): Promise<number> => {
    let waitedMs = 0;
    const ms = await timed(async () => {
      waitedMs = (await pay(system, desks, count, paidOn)).phoneMs;
    });
    return ms - waitedMs;
  };
  const letters = system.inbox.count();
  const turned = await timed(async () => {
    await system.moveClock(noticeEnd + 1_000);
    await awaitPayment(system, cases, letters);
  });
  const alone = Math.min(mostAlone, Math.floor(cases.length / 2));
  const others = cases.length - alone;
  const rest = await paying(others);
  const each: number[] = [];
  for (let one = 0; one < alone; one += 1) each.push(await paying(1));
  return { turn: turned / cases.length, paidAlone: median(each), paidAtOnce: rest / others };
}

/** `GET /decide/…`: the ids of an address left out. */
function routeOf(site: string, method: string, url: string): string {
  const { origin, pathname } = new URL(url);
  if (origin !== site) return `${method} upload`;
  return `${method} ${pathname.replace(/\/(?=[^/]*[A-Z0-9_])[\w.-]{8,}/g, '/…')}`;
}
