import type { MapState, ParallelState } from './definition.ts';
import { branchAt } from './definition.ts';
import { EvaluationError, StateError } from './errors.ts';
import type { Thread } from './execution.ts';
import { newThread } from './execution.ts';
import { toJson } from './json.ts';
import { unexpectedType } from './jsonata.ts';
import { errorOf, leaveState } from './leave-state.ts';
import type { Run } from './run.ts';
import { addThread, childrenOf, record, removeThread, stateOf } from './run.ts';
import { scopeFor, wholeNumber } from './state-context.ts';

/** AWS runs about this many iterations of an inline Map at once where the definition sets no limit. */
const defaultConcurrency = 40;

/** States that AWS's history shows as aborted; the others are never caught in the middle. */
const abortable: readonly string[] = ['Task', 'Wait', 'Parallel', 'Map'];

/** Starts the threads of a Parallel or Map state; the state itself waits for them. */
export async function startJoin(run: Run, thread: Thread, state: ParallelState | MapState): Promise<void> {
  const inputs = state.Type === 'Map' ? await itemsOf(run, thread, state) : await branchInputs(run, thread, state);
  const limits = state.Type === 'Map' ? await mapLimits(run, thread, state) : null;
  const length = inputs.length;
  const startedEvent = record(run, thread, `${state.Type}StateStarted`, state.Type === 'Map' ? { length } : null);
  if (length === 0) return complete(run, thread, state, []);
  thread.join = {
    length,
    concurrency: limits?.concurrency ?? length,
    toleratedCount: limits?.toleratedCount ?? null,
    toleratedPercentage: limits?.toleratedPercentage ?? null,
    startedEvent,
  };
  thread.phase = 'joining';
  for (const [ordinal, { input, mapItem }] of inputs.entries()) {
    const place: [string, number][] = [...thread.place, [thread.state, state.Type === 'Map' ? 0 : ordinal]];
    const child = newThread({
      id: run.execution.nextThread,
      parentId: thread.id,
      ordinal,
      place,
      state: branchAt(run.machine, place).StartAt,
      input,
      variables: { ...thread.variables },
      mapItem: mapItem ?? thread.mapItem,
      phase: state.Type === 'Map' ? 'queued' : 'ready',
      lastEvent: startedEvent,
    });
    addThread(run, child);
  }
  startQueued(run, thread);
}

/**
 * Takes the end of one thread into the Parallel or Map state around it, which goes on, waits, or ends too.
 * @throws StateError when the state has failed with it
 */
export async function collect(run: Run, parent: Thread, ended: Thread): Promise<void> {
  const state = stateOf(run, parent);
  if (state.Type !== 'Parallel' && state.Type !== 'Map') return;
  run.changed.add(parent.id);
  if (state.Type === 'Map') {
    record(run, ended, `MapIteration${ended.hasFailed ? 'Failed' : 'Succeeded'}`, iteration(parent, ended));
  }
  const failure = ended.hasFailed ? failureOf(run, parent, state, ended) : null;
  if (failure !== null) {
    if (state.Type === 'Parallel') recordAbort(run, ended);
    for (const sibling of childrenOf(run, parent)) {
      if (sibling.phase !== 'done') abort(run, sibling, parent, state.Type, ended.lastEvent);
      removeThread(run, sibling);
    }
    parent.lastEvent = ended.lastEvent;
    throw failure;
  }
  const children = childrenOf(run, parent);
  if (children.some((child) => child.phase !== 'done')) return startQueued(run, parent);
  for (const child of children) removeThread(run, child);
  parent.lastEvent = ended.lastEvent;
  const results = children.map((child) => {
    const error = child.hasFailed ? errorOf(child) : null;
    return error === null ? child.output : { Error: error.error ?? '', Cause: error.reason ?? '' };
  });
  await complete(run, parent, state, results);
}

async function complete(run: Run, thread: Thread, state: ParallelState | MapState, results: unknown[]): Promise<void> {
  record(run, thread, `${state.Type}StateSucceeded`);
  await leaveState(run, thread, state, results, '', { result: results });
}

type ChildInput = { input: unknown; mapItem: { index: number; value: unknown } | null };

async function branchInputs(run: Run, thread: Thread, state: ParallelState): Promise<ChildInput[]> {
  const input =
    state.Arguments === undefined
      ? thread.input
      : await run.surroundings.evaluator.evaluate(state.Arguments, 'Arguments', scopeFor(run, thread));
  return state.Branches.map(() => ({ input, mapItem: null }));
}

async function itemsOf(run: Run, thread: Thread, state: MapState): Promise<ChildInput[]> {
  const { evaluator } = run.surroundings;
  const items =
    state.Items === undefined ? thread.input : await evaluator.evaluate(state.Items, 'Items', scopeFor(run, thread));
  if (!Array.isArray(items)) {
    if (state.Items !== undefined) throw unexpectedType(state.Items, 'Items', 'array', items);
    throw new EvaluationError(null, `Map state input must be an array but was: ${toJson(items)}`);
  }
  const inputs: ChildInput[] = [];
  for (const [index, value] of items.entries()) {
    const item = { index, value };
    const input =
      state.ItemSelector === undefined
        ? value
        : await evaluator.evaluate(state.ItemSelector, 'ItemSelector', scopeFor(run, thread, { item }));
    inputs.push({ input, mapItem: item });
  }
  return inputs;
}

async function mapLimits(run: Run, thread: Thread, state: MapState) {
  const scope = scopeFor(run, thread);
  const read = async (field: 'MaxConcurrency' | 'ToleratedFailureCount') => {
    if (state[field] === undefined) return null;
    const value = await run.surroundings.evaluator.evaluate(state[field], field, scope);
    return wholeNumber(value, state[field], field, 0);
  };
  const concurrency = await read('MaxConcurrency');
  const toleratedCount = await read('ToleratedFailureCount');
  const field = 'ToleratedFailurePercentage';
  const share = await run.surroundings.evaluator.evaluate(state[field], field, scope);
  if (share !== undefined && typeof share !== 'number') throw unexpectedType(state[field], field, 'number', share);
  return {
    concurrency: concurrency === null || concurrency === 0 ? defaultConcurrency : concurrency,
    toleratedCount,
    toleratedPercentage: share ?? null,
  };
}

function startQueued(run: Run, parent: Thread): void {
  const children = childrenOf(run, parent);
  const limit = parent.join?.concurrency ?? 0;
  let running = children.filter((child) => child.phase !== 'queued' && child.phase !== 'done').length;
  for (const child of children) {
    if (running >= limit) return;
    if (child.phase !== 'queued') continue;
    record(run, child, 'MapIterationStarted', iteration(parent, child));
    child.phase = 'ready';
    running += 1;
  }
}

/** The error that ends the state, or null while it tolerates the failure. */
function failureOf(run: Run, parent: Thread, state: ParallelState | MapState, ended: Thread): StateError | null {
  const { join } = parent;
  if (state.Type === 'Parallel' || join === null) return errorOf(ended);
  const { toleratedCount: count, toleratedPercentage: percentage, length } = join;
  if (!count && !percentage) return errorOf(ended);
  const failed = childrenOf(run, parent).filter((child) => child.hasFailed).length;
  const isTolerated =
    (count === null || failed <= count) && (percentage === null || (100 * failed) / length <= percentage);
  if (isTolerated) return null;
  return new StateError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

function abort(run: Run, thread: Thread, parent: Thread, parentType: string, after: number): void {
  for (const child of childrenOf(run, thread)) {
    if (child.phase !== 'done') abort(run, child, thread, stateOf(run, thread).Type, after);
    removeThread(run, child);
  }
  if (thread.phase === 'queued') return;
  thread.lastEvent = after;
  recordAbort(run, thread);
  if (parentType === 'Map') record(run, thread, 'MapIterationAborted', iteration(parent, thread));
}

function recordAbort(run: Run, thread: Thread): void {
  const { Type } = stateOf(run, thread);
  if (abortable.includes(Type)) record(run, thread, `${Type}StateAborted`);
}

function iteration(parent: Thread, child: Thread): Record<string, unknown> {
  return { name: parent.state, index: child.ordinal };
}
