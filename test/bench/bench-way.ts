import { readdirSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { makeFloorTables, writeFloor } from './floor.ts';
import { atMost, median, quantile, type Ratio, timed } from './ratios.ts';
import { type BenchedReliefline, startBenched } from './reliefline-process.ts';
import { type Applied, applyToNotice, awaitPayment, noticeEnd, pay, signIn } from './whole-way.ts';

export type WayFigures = {
  readonly ratios: readonly Ratio[];
  readonly applicationsPerSecond: number;
  /** Milliseconds of each page, by route. */
  readonly pages: readonly Spread[];
  /** Milliseconds of each step of the workflow, by its function, the warm-up's left out. */
  readonly steps: readonly Spread[];
};
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
 * days of the notice are not waited for: the clock jumps to its last minutes, which is no work of the application's; its end is.
 */
export async function benchWay(port: number, size: WaySize): Promise<WayFigures> {
  const system = await startBenched({ name: 'way', port, clock: '2016-03-07T09:00' });
  try {
    return await measure(system, size);
  } finally {
    await system.stop();
  }
}

async function measure(system: BenchedReliefline, { warmUp, alone, atOnce, batches }: WaySize): Promise<WayFigures> {
  const floor = await openFloor(system);
  const cases: Applied[] = [];
  let order = 0;
  const next = async (note?: Parameters<typeof applyToNotice>[2]) => {
    order += 1;
    cases.push(await applyToNotice(system, order, note));
  };
  for (let each = 0; each < warmUp; each += 1) await Promise.all([next(), floor()]);

  const warm = new Map([...system.steps].map(([name, all]) => [name, all.length]));
  const pages = new Map<string, number[]>();
  const note = (method: string, url: string, ms: number): void => {
    const route = routeOf(system.site, method, url);
    pages.set(route, [...(pages.get(route) ?? []), ms]);
  };
  const ways: number[] = [];
  const floors: number[] = [];
  for (let each = 0; each < alone; each += 1) {
    floors.push(await timed(floor));
    ways.push(await timed(() => next(note)));
  }
  const many = (work: () => Promise<unknown>) => timed(() => Promise.all(Array.from({ length: atOnce }, work)));
  const waysAtOnce: number[] = [];
  const floorsAtOnce: number[] = [];
  for (let each = 0; each <= batches; each += 1) {
    // One address may begin so many applications an hour; here all come from one.
    await system.moveClock((await system.now()) + 3_600_000);
    if (each === 0) {
      await many(() => next());
      continue;
    }
    floorsAtOnce.push((await many(floor)) / atOnce);
    waysAtOnce.push((await many(() => next())) / atOnce);
  }

  const last = await finish(system, cases, note);
  const way = median(ways) + last.aloneMs;
  const wayAtOnce = median(waysAtOnce) + last.atOnceMs;
  return {
    ratios: [
      atMost('an application’s whole way ÷ its floor, alone', way / median(floors), goal),
      atMost(`an application’s whole way ÷ its floor, ${atOnce} at once`, wayAtOnce / median(floorsAtOnce), goal),
    ],
    applicationsPerSecond: 1_000 / wayAtOnce,
    pages: spreads(pages),
    steps: spreads([...system.steps].map(([name, all]) => [name, all.slice(warm.get(name) ?? 0)] as const)),
  };
}

/**
 * The turn of the notice and the payment, milliseconds an application: most are paid from one list, many at once, and then the last few
 * one by one, each from a list that holds hardly anything else. Some are paid before, two by a bank's file and others one by one, so that
 * finance's pages are as warm as those of the way up to the notice, and as the floor. The time that a person waits for a code is taken off.
 */
async function finish(
  system: BenchedReliefline,
  cases: readonly Applied[],
  note: Parameters<typeof applyToNotice>[2],
): Promise<{ aloneMs: number; atOnceMs: number }> {
  await system.moveClock(noticeEnd - 600_000);
  let isWarm = false;
  const warmNote: typeof note = (...of) => {
    if (isWarm) note?.(...of);
  };
  const desks = {
    maker: await signIn(system, 'finance-maker', warmNote),
    checker: await signIn(system, 'finance-checker', warmNote),
  };
  const paying = async (count: number): Promise<number> => {
    let waitedMs = 0;
    const ms = await timed(async () => {
      waitedMs = (await pay(system, desks, count)).phoneMs;
    });
    return ms - waitedMs;
  };
  const letters = system.inbox.count();
  const turned = await timed(async () => {
    await system.moveClock(noticeEnd + 1_000);
    await awaitPayment(system, cases, letters);
  });
  const warmUp = Math.min(8, Math.floor(cases.length / 4));
  await pay(system, desks, 2);
  for (let one = 0; one < warmUp; one += 1) await pay(system, desks, 1);
  isWarm = true;
  const left = cases.length - 2 - warmUp;
  const alone = Math.min(5, Math.floor(left / 2));
  const others = left - alone;
  const rest = await paying(others);
  const each: number[] = [];
  for (let one = 0; one < alone; one += 1) each.push(await paying(1));
  const turnMs = turned / cases.length;
  return { aloneMs: turnMs + median(each), atOnceMs: turnMs + rest / others };
}

/** The floor on the very database and the very bucket server of the measured system. */
export async function openFloor(
  { port, data }: BenchedReliefline,
  tell?: (ms: number) => void,
): Promise<() => Promise<void>> {
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const place = (offset: number) => ({
    endpoint: `http://127.0.0.1:${port + offset}`,
    region: 'eu-west-1',
    credentials,
  });
  const database = new DynamoDBClient(place(3));
  const s3 = new S3Client({ ...place(2), forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const [bucket = ''] = readdirSync(`${data}/objects`);
  await makeFloorTables(database);
  return () => writeFloor(database, s3, bucket, tell);
}

/** `GET /decide/…`: the ids of an address left out. */
function routeOf(site: string, method: string, url: string): string {
  const { origin, pathname } = new URL(url);
  if (origin !== site) return `${method} upload`;
  return `${method} ${pathname.replace(/\/(?=[^/]*[A-Z0-9_])[\w.-]{8,}/g, '/…')}`;
}
