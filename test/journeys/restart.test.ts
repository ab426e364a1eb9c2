import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPorts } from '../../infra/local/ports.ts';
import { apply, type Receipt, track } from '../replay/apply.ts';
import { openBank } from '../replay/bank.ts';
import { openBrowser } from '../replay/browser.ts';
import { payEverything } from '../replay/finance.ts';
import { inventPerson } from '../replay/people.ts';
import { type Letter, openPostOffice } from '../replay/post-office.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import type { World } from '../replay/world.ts';

const repository = resolve(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'reliefline-killed-'));
let port: number;
let running: ChildProcess;
let world: World;

async function start(...options: string[]): Promise<ChildProcess> {
  const main = join(repository, 'infra/local/main.ts');
  const child = spawn(process.execPath, [main, '--data', data, '--port', String(port), ...options], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) if (String(chunk).includes('Reliefline is ready')) break;
  child.stdout.resume();
  return child;
}

beforeAll(async () => {
  ({ web: port } = await findPorts());
  running = await start('--clock', '2016-03-07T09:00');
  const site = `http://127.0.0.1:${port}`;
  let today = '2016-03-07';
  world = {
    site,
    post: openPostOffice(`http://127.0.0.1:${port + 1}`),
    bank: openBank(),
    today: () => today,
    async moveClock(step) {
      const answer = await fetch(`${site}/_local/clock`, { method: 'POST', body: JSON.stringify(step) });
      const moved: unknown = await answer.json();
      today = /"(\d{4}-\d\d-\d\d)T/.exec(JSON.stringify(moved))?.[1] ?? '';
    },
    say: () => undefined,
  };
});
afterAll(async () => {
  running?.kill('SIGTERM');
  if (running !== undefined && running.exitCode === null) await once(running, 'exit');
  rmSync(data, { recursive: true, force: true });
});

/** Kills the whole process while this answer is on its way, some milliseconds after it was sent, and starts it again. */
async function killWhileDeciding(receipt: Receipt, tried: Set<number>, verdict: string, delayMs: number) {
  for (;;) {
    const isMeant = ({ order, subject, link }: Letter): boolean =>
      !tried.has(order) && subject.includes(receipt.caseNumber) && link.includes('/d/');
    const [letter] = await world.post.wait(`${verdict} ${receipt.caseNumber}`, isMeant);
    tried.add(letter!.order);
    const browser = openBrowser(world.site);
    const page = await browser.open(letter!.link);
    if (!page.forms.some(({ options }) => options.has('verdict'))) continue;
    const answer = browser.send(page, /^\/decide\//, { verdict, amount: '3000' }).catch(() => 'cut off');
    await after(delayMs);
    running.kill('SIGKILL');
    await once(running, 'exit');
    await answer;
    running = await start();
    // What the dead process left in the outbox, the sweeper sends: it comes every minute.
    await world.moveClock({ by: '+2m' });
    const again = await browser.open(letter!.link);
    if (again.heading === '您的决定已记录') return;
    // Not recorded: then nothing of it was, and it can be given again.
    const second = await browser.send(again, /^\/decide\//, { verdict, amount: '3000' });
    expect(second.heading).toBe('您的决定已记录');
    return;
  }
}

test('killed in the middle of each decision and started again, a case goes on and is paid once', async () => {
  const treated = { from: '2016-01-11', until: '2016-02-20' };
  const receipt = await apply(world.site, illnessApplication(inventPerson(1), 1, { ownShare: 36_800 }, treated));
  const tried = new Set<number>();
  await killWhileDeciding(receipt, tried, 'recommend', 8);
  await killWhileDeciding(receipt, tried, 'recommend', 40);
  await killWhileDeciding(receipt, tried, 'approve', 20);
  await world.post.wait(
    'the notice begins',
    ({ to, subject }) => to === inventPerson(1).email && subject.startsWith('开始公示'),
  );
  await world.moveClock({ by: '+8d' });
  await payEverything(world);
  expect(world.bank.paidFen()).toBe(300_000);
  expect((await track(receipt)).text).toContain('已经全部到账');
});
