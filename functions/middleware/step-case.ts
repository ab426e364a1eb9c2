import type { Around, CaseFile, Decided, Route } from '../../shared/cases/case-file.ts';
import { routeOf } from '../../shared/cases/route.ts';
import type { StepPayload } from '../../workflows/relief-application/state.ts';
import { type ActDeps, actOnCase, actOnCaseAlone, awardsNothing, type Idle } from './act-on-case.ts';
import { refusedStep, unknownCase } from './step-errors.ts';

/** A step that answers by itself: does what there is to do and says where the case goes. Repeating it changes nothing. */
export const stepCase = async (
  act: ActDeps,
  payload: StepPayload,
  what: string,
  decide: (file: CaseFile, around: Around) => Decided | Idle | Promise<Decided | Idle>,
): Promise<Route> =>
  routeAfter(await actOnCase(whoeverIsAwake(act), payload.caseId, decide, awardsNothing), { act, payload, what });

/** As `stepCase`, where the case alone tells what there is to do. */
export const stepCaseAlone = async (
  act: ActDeps,
  payload: StepPayload,
  what: string,
  decide: (file: CaseFile, around: Pick<Around, 'now' | 'newId'>) => Decided | Idle,
): Promise<Route> =>
  routeAfter(await actOnCaseAlone(whoeverIsAwake(act), payload.caseId, decide), { act, payload, what });

/**
 * The workflow hears of what such a step decides by its answer. To wake it besides would find nobody: the wait whose token the request
 * holds has ended, or this step would not run. The item stays until the decision is consumed, for the sweeper, should this answer get lost.
 */
const whoeverIsAwake = (act: ActDeps): ActDeps => ({
  ...act,
  send: (items, known) =>
    act.send(
      items.filter(({ kind }) => kind !== 'wake'),
      known,
    ),
});

function routeAfter(
  outcome: Awaited<ReturnType<typeof actOnCaseAlone>>,
  { act, payload, what }: { readonly act: ActDeps; readonly payload: StepPayload; readonly what: string },
): Route {
  if (outcome.kind === 'unknown-case') throw unknownCase(payload.caseId);
  if (outcome.kind === 'refused') throw refusedStep(what, outcome.code);
  return routeOf(outcome.file, act.now());
}
