import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Local, type LocalOptions, startLocal } from '../../infra/local/run.ts';
import { openBank } from '../replay/bank.ts';
import { openPostOffice } from '../replay/post-office.ts';
import type { World } from '../replay/world.ts';

export type TestLocal = Local & {
  /** The same Reliefline as its users have it: pages, mail, bank and calendar. */
  readonly world: World;
};

const dayMs = 86_400_000;

/** A Reliefline of a test's own, with a union, a folder that goes when it stops, and a clock of its own. */
export async function startTestLocal(
  clock = '2016-03-07T09:00',
  seed: 'demo' | 'replay' = 'demo',
  more: Pick<LocalOptions, 'chaos' | 'log'> = {},
): Promise<TestLocal> {
  const data = mkdtempSync(join(tmpdir(), 'reliefline-journey-'));
  const local = await startLocal({ data, clock, seed, ...more });
  return {
    ...local,
    world: worldOf(local, more.chaos !== undefined),
    async stop() {
      await local.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** With chaos, time passes while somebody waits for a mail: what could not be sent at once is sent by a sweep. */
function worldOf(local: Local, hasChaos: boolean): World {
  const aSweepLater = (): Promise<void> => local.moveClock(local.now() + 2 * 60_000);
  return {
    site: local.url,
    post: openPostOffice(local.inboxUrl, hasChaos ? aSweepLater : undefined),
    bank: openBank(),
    today: () => new Date(local.now()).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    moveClock: (step) => local.moveClock('to' in step ? step.to : local.now() + msOf(step.by)),
    say: () => undefined,
  };
}

function msOf(step: string): number {
  const [, count, unit] = /^\+(\d+)([ds])$/.exec(step) ?? [];
  if (count === undefined) throw new RangeError(`${step} is no number of days or seconds`);
  return Number(count) * (unit === 'd' ? dayMs : 1_000);
}
