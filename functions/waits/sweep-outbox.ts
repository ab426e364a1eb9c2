import { addMs } from '../../shared/kernel/time.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { eventHandler } from '../middleware/event-handler.ts';
import { metricLine } from '../middleware/metric-line.ts';
import type { OutboxDeps } from '../middleware/outbox-deps.ts';
import { sendItem } from '../middleware/send-outbox.ts';
import { theOutboxDeps } from '../middleware/wiring.ts';

/** Younger items are still on their way with the process that wrote them. */
const leftAloneMs = 20_000;
/** What one run takes on; the next begins a minute later. */
const mostItems = 200;
const sideBySide = 8;

/** Sends what a dead process left behind, oldest first, and reports how many items are left after that. */
export async function sweepOutbox(
  deps: OutboxDeps,
  report: (line: string) => void,
): Promise<{ count: number; outcome: string }> {
  const items = await outboxOlderThan(deps.store, addMs(deps.now(), -leftAloneMs), mostItems);
  let left = 0;
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) if ((await sendItem(deps, item)) === 'left') left += 1;
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  report(metricLine('OutboxBacklog', left, deps.now()));
  return { count: items.length, outcome: `${left} left` };
}

export const handler = eventHandler({
  name: 'sweep-outbox',
  run: () => sweepOutbox(theOutboxDeps(), (line) => process.stdout.write(`${line}\n`)),
});
