import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from './errors.ts';
import type { Thread } from './execution.ts';
import { advance } from './interpreter.ts';
import { isStoreOut } from './store-out.ts';
import type { Run } from './run.ts';
import { transition } from './transition.ts';

type Work = {
  apply: (run: Run) => Promise<void> | void;
  resolve: () => void;
  reject: (error: unknown) => void;
};
type Actor = { run: Run | null; queue: Work[]; isBusy: boolean; calls: number };

/**
 * States that one commit may cover. Between two states that call nobody nothing can be lost: after a crash they are walked again. So
 * what one event leads to, up to the next call or wait, reaches the disk as one commit.
 */
const statesPerCommit = 16;
/** How soon to write again when the store could not be written. */
const writeAgainAfterMs = 1000;

export type Actors = {
  /**
   * Does one piece of work on an execution and commits it, then lets the execution go on as far as it can.
   * Works on one execution are done one after the other. Resolves when the work is on disk; while the disk is full or the file
   * taken, it is done again from what stands there until it is.
   * @throws what the work throws as an ApiError; ApiError `ServiceUnavailable` while closing
   */
  submit(executionId: number, apply: (run: Run) => Promise<void> | void): Promise<void>;
  isIdle(): boolean;
  close(): Promise<void>;
};

/**
 * Keeps in memory only the executions that are doing something. One that waits for a time or a callback is dropped
 * and read again when that comes.
 */
export function startActors(options: {
  load: (executionId: number) => Run;
  /** Resolves when what the run has changed is on disk. */
  commit: (run: Run) => Promise<void>;
  /** Makes the call of a thread that was scheduled; settles when its answer has been taken. */
  call: (run: Run, thread: Thread) => Promise<void>;
  /** Called when a thread's own failure was not foreseen, with the run as it was on disk. */
  giveUp: (run: Run, error: unknown) => void;
  onError: (executionId: number, error: unknown) => void;
  onIdle: () => void;
}): Actors {
  const { load, commit, call, giveUp, onError, onIdle } = options;
  const actors = new Map<number, Actor>();
  const busy = new Set<Promise<void>>();
  /** Attempts whose call is under way in this process, so that none is called twice by it. */
  const underWay = new Set<string>();
  let isClosing = false;

  function isIdle(): boolean {
    return actors.size === 0;
  }

  function submit(executionId: number, apply: Work['apply']): Promise<void> {
    if (isClosing) return Promise.reject(new ApiError('ServiceUnavailable', 'The engine is closing'));
    const actor = actors.get(executionId) ?? { run: null, queue: [], isBusy: false, calls: 0 };
    actors.set(executionId, actor);
    return new Promise((resolve, reject) => {
      actor.queue.push({ apply, resolve, reject });
      if (!actor.isBusy) keepBusy(executionId, actor);
    });
  }

  function keepBusy(executionId: number, actor: Actor): void {
    actor.isBusy = true;
    const working = workOff(executionId, actor).finally(() => {
      busy.delete(working);
      actor.isBusy = false;
      if (actor.queue.length > 0) keepBusy(executionId, actor);
      else release(executionId, actor);
    });
    busy.add(working);
  }

  function release(executionId: number, actor: Actor): void {
    if (actor.isBusy || actor.queue.length > 0 || (actor.calls > 0 && !isClosing)) return;
    actors.delete(executionId);
    if (actors.size === 0) onIdle();
  }

  async function workOff(executionId: number, actor: Actor): Promise<void> {
    while (!isClosing) {
      const work = actor.queue.shift();
      try {
        actor.run ??= load(executionId);
        if (work === undefined && nextReady(actor.run) === null) return;
        if (work !== undefined) await work.apply(actor.run);
        await advanceSome(actor.run);
        await save(executionId, actor, actor.run);
        work?.resolve();
      } catch (error) {
        actor.run = null;
        if (error instanceof ApiError && work !== undefined) work.reject(error);
        else if (isStoreOut(error)) {
          onError(executionId, error);
          if (work !== undefined) actor.queue.unshift(work);
          await pause(writeAgainAfterMs);
        } else if (!(await afterSurprise(executionId, error, work))) return;
      }
    }
    for (const work of actor.queue.splice(0)) work.reject(new ApiError('ServiceUnavailable', 'The engine is closing'));
  }

  /** A fault of ours, not of the definition: the execution fails by name rather than hang; if even that fails, it parks. */
  async function afterSurprise(executionId: number, error: unknown, work: Work | undefined): Promise<boolean> {
    onError(executionId, error);
    work?.reject(error);
    try {
      const run = load(executionId);
      if (run.execution.status === 'RUNNING') {
        giveUp(run, error);
        await commit(run);
      }
      return true;
    } catch (second) {
      onError(executionId, second);
      return false;
    }
  }

  async function save(executionId: number, actor: Actor, run: Run): Promise<void> {
    const changed = [...run.changed];
    await commit(run);
    for (const id of changed) {
      const thread = run.threads.get(id);
      if (thread?.phase !== 'calling' || thread.call === null) continue;
      const attempt = `${executionId}:${id}:${thread.call.scheduledEvent}`;
      if (underWay.has(attempt)) continue;
      underWay.add(attempt);
      actor.calls += 1;
      void call(run, thread)
        .catch((error: unknown) => {
          if (!isClosing) onError(executionId, error);
        })
        .finally(() => {
          underWay.delete(attempt);
          actor.calls -= 1;
          release(executionId, actor);
        });
    }
  }

  return {
    submit,
    isIdle,
    async close() {
      isClosing = true;
      await Promise.all(busy);
    },
  };
}

function nextReady(run: Run): Thread | null {
  let next: Thread | null = null;
  for (const thread of run.threads.values()) {
    if (thread.phase === 'ready' && (next === null || thread.lastEvent < next.lastEvent)) next = thread;
  }
  return next;
}

async function advanceSome(run: Run): Promise<void> {
  for (let states = 0; states < statesPerCommit; states += 1) {
    const thread = nextReady(run);
    if (thread === null) return;
    await transition(run, thread, () => advance(run, thread));
  }
}
