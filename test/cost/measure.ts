import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogLine } from '../../infra/local/log.ts';
import { findPorts } from '../../infra/local/ports.ts';
import { type Local, startLocal } from '../../infra/local/run.ts';
import { openInbox } from '../bench/inbox.ts';
import { freePort } from '../support/free-port.ts';
import { countRequests } from './count-requests.ts';
import { countTransitions } from './count-transitions.ts';
import { countUnits } from './count-units.ts';
import { itemsSince, type WrittenByKind } from './item-sizes.ts';
import { type Counts, minus, nothing } from './price.ts';
import { type Stage, walkReference } from './reference-application.ts';

export type SentMail = { readonly stage: Stage; readonly to: string; readonly subject: string };
export type Measured = {
  readonly stages: readonly { readonly stage: Stage; readonly counts: Counts }[];
  readonly mails: readonly SentMail[];
  /** The items that were put, finance's signing in included. */
  readonly written: WrittenByKind;
  /** Reads of S3, at a tenth of a write's price: no part of the formula. */
  readonly s3Reads: number;
  /** Writes that the database refused, whose units nobody tells. */
  readonly refusedWrites: number;
  /** What ran by the clock alone in these days, for whatever number of applications. */
  readonly clockwork: { readonly invocations: number; readonly writeUnits: number; readonly readUnits: number };
};

const dayMs = 86_400_000;

/** Functions that a schedule starts: their calls are the platform's, not an application's. */
const isClockwork = (functionName: string): boolean => /SweepOutbox|RunScheduled|ProveBooks/.test(functionName);

/**
 * Walks the reference application on a Reliefline of its own, and counts what it makes the services do.
 * @param warmUps how many walk before the one that is counted, so that its functions are warm
 */
export async function measureReference({ warmUps }: { readonly warmUps: number }): Promise<Measured> {
  const data = mkdtempSync(join(tmpdir(), 'reliefline-cost-'));
  const ports = await findPorts();
  let endpoint = '';
  let local: Local | undefined;
  const walk = await countUnits(await freePort(), () => endpoint);
  const clock = await countUnits(await freePort(), () => endpoint);
  const { requests, stop } = countRequests(() => local?.ports);
  const meter = meterInvocations(() => local);
  try {
    local = await startLocal({
      data,
      port: ports.web,
      clock: '2016-03-07T09:00',
      log: meter.log,
      databaseOf(name, real) {
        endpoint = real;
        return `http://127.0.0.1:${isClockwork(name) ? clock.port : walk.port}`;
      },
    });
    const running = local;
    await running.settle();
    const inbox = openInbox(join(data, 'mails.jsonl'));
    const machine = running.model.machines[0];
    if (machine === undefined) throw new Error('the stack has no workflow');

    // One that walked before may still be asked, in these days, whether the money arrived.
    const letters = () => inbox.letters().filter(({ subject }) => !isOfEarlier(subject, warmUps));
    const soFar = async (): Promise<Counts> => ({
      ...nothing,
      transitions: await countTransitions(running.ports.stepFunctions, machine.arn),
      invocations: meter.taken.invocations,
      gigabyteSeconds: meter.taken.gigabyteSeconds,
      writeUnits: walk.units.write,
      readUnits: walk.units.read,
      mails: letters().length,
      calls: requests.site + requests.kms,
      uploads: requests.s3Writes,
    });
    const system = {
      site: running.url,
      inbox,
      now: running.now,
      moveClock: (to: number) => running.moveClock(to),
      settle: running.settle,
    };
    for (let order = 1; order <= warmUps; order += 1) {
      await walkReference(system, order, () => Promise.resolve());
      await running.moveClock(running.now() + dayMs);
    }
    const stages: { stage: Stage; counts: Counts }[] = [];
    const mails: SentMail[] = [];
    const begun = { s3Reads: requests.s3Reads, clock: { ...clock.units }, runs: meter.taken.clockwork };
    const refused = walk.units.refused;
    const writtenBefore = new Map(walk.written);
    let before = await soFar();
    await walkReference(system, warmUps + 1, async (stage) => {
      const now = await soFar();
      stages.push({ stage, counts: minus(now, before) });
      for (const { to, subject } of letters().slice(before.mails)) mails.push({ stage, to, subject });
      before = now;
    });
    return {
      stages,
      mails,
      written: itemsSince(walk.written, writtenBefore),
      s3Reads: requests.s3Reads - begun.s3Reads,
      refusedWrites: walk.units.refused - refused,
      clockwork: {
        invocations: meter.taken.clockwork - begun.runs,
        writeUnits: clock.units.write - begun.clock.write,
        readUnits: clock.units.read - begun.clock.read,
      },
    };
  } finally {
    await local?.stop();
    stop();
    await Promise.all([walk.close(), clock.close()]);
    rmSync(data, { recursive: true, force: true });
  }
}

/** `DB-2016-00001`: numbers are drawn in turn. */
const isOfEarlier = (subject: string, cases: number): boolean => {
  const drawn = /-\d{4}-(\d{5})/.exec(subject)?.[1];
  return drawn !== undefined && Number(drawn) <= cases;
};

/** Counts invocations and their time by the runtime's own lines: a task's, a request's, a schedule's. */
function meterInvocations(local: () => Local | undefined) {
  const taken = { invocations: 0, gigabyteSeconds: 0, clockwork: 0 };
  const memoryOf = (fits: (definition: { name: string; arn: string }) => boolean): number =>
    local()?.model.functions.find(fits)?.memoryMb ?? 0;
  return {
    taken,
    log(line: LogLine): void {
      const { message } = line;
      const seconds = Number(line['ms'] ?? 0) / 1_000;
      if (message.startsWith('schedule ')) taken.clockwork += 1;
      // A function's own line of the same words names its task: counted with it, each run would count twice.
      const isTask = message.startsWith('task ') && line['task'] === undefined;
      const route = local()?.model.routes.find(({ routeKey }) => routeKey === line['route']);
      if (!isTask && route === undefined) return;
      const memory = isTask
        ? memoryOf(({ name }) => name === line['function'])
        : memoryOf(({ arn }) => route?.functionArn.startsWith(arn) === true);
      taken.invocations += 1;
      taken.gigabyteSeconds += (memory / 1_024) * seconds;
    },
  };
}
