import { addMs } from '../../shared/kernel/time.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { carryBankResult, resultPort } from '../middleware/carry-bank-result.ts';
import { carryBatch, carryPort } from '../middleware/carry-batch.ts';
import { eventHandler, type JobDone } from '../middleware/event-handler.ts';
import { metricLine } from '../middleware/metric-line.ts';
import type { OutboxDeps } from '../middleware/outbox-deps.ts';
import { sendItems } from '../middleware/send-outbox.ts';
import { theActDeps, theOutboxDeps } from '../middleware/wiring.ts';

/** Younger items are still on their way with the process that wrote them. */
const leftAloneMs = 20_000;
/** What one run takes on; the next begins a minute later. */
const mostItems = 200;
const sideBySide = 8;

/** Sends what a dead process left behind, oldest first, and reports how many items are left after that. */
export async function sweepOutbox(deps: OutboxDeps, report: (line: string) => void): Promise<JobDone> {
  const now = deps.now();
  const before = addMs(now, -leftAloneMs);
  const waiting = await outboxOlderThan(deps.store, addMs(now, 1), mostItems);
  const items = waiting.filter(({ createdAt }) => createdAt < before);
  let left = 0;
  for (let from = 0; from < items.length; from += sideBySide) {
    left += (await sendItems(deps, items.slice(from, from + sideBySide))).left;
  }
  report(metricLine('OutboxBacklog', left, deps.now()));
  const [first] = waiting;
  const nextAt = first === undefined ? null : addMs(first.createdAt, leftAloneMs);
  return { count: items.length, outcome: `${left} left`, ...(items.length === 0 ? { nextAt } : {}) };
}

/** The sweeper alone also carries batches that a dead page left, and so writes cases. */
function theSweeperDeps(): OutboxDeps {
  const act = theActDeps();
  return {
    ...theOutboxDeps(),
    carryBatch: (batchId) => carryBatch(carryPort(act), batchId),
    carryResult: (resultId) => carryBankResult(resultPort(act), resultId),
  };
}

export const handler = eventHandler({
  name: 'sweep-outbox',
  run: () => sweepOutbox(theSweeperDeps(), (line) => process.stdout.write(`${line}\n`)),
});
