import { guarded } from './interpreter.ts';
import { collect } from './join.ts';
import type { Thread } from './execution.ts';
import type { Run } from './run.ts';

/**
 * One transition of one thread, with all that follows from it at once: a thread that ends may end the Parallel or Map
 * around it, and so on outwards. What it changes is committed as a whole.
 */
export async function transition(run: Run, thread: Thread, work: () => Promise<void>): Promise<void> {
  run.changed.add(thread.id);
  await guarded(run, thread, work);
  let ended = thread;
  while (ended.phase === 'done' && ended.parentId !== null) {
    const parent = run.threads.get(ended.parentId);
    if (parent === undefined || parent.phase !== 'joining') return;
    const child = ended;
    await guarded(run, parent, () => collect(run, parent, child));
    ended = parent;
  }
}
