import type { Around, CaseFile, Decided, Route } from '../../shared/cases/case-file.ts';
import { routeOf } from '../../shared/cases/route.ts';
import type { StepPayload } from '../../workflows/relief-application/state.ts';
import { type ActDeps, actOnCase, type Idle } from './act-on-case.ts';
import { refusedStep, unknownCase } from './step-errors.ts';

/** A step that answers by itself: does what there is to do and says where the case goes. Repeating it changes nothing. */
export async function stepCase(
  act: ActDeps,
  { caseId }: StepPayload,
  what: string,
  decide: (file: CaseFile, around: Around) => Decided | Idle | Promise<Decided | Idle>,
): Promise<Route> {
  const outcome = await actOnCase(act, caseId, decide);
  if (outcome.kind === 'unknown-case') throw unknownCase(caseId);
  if (outcome.kind === 'refused') throw refusedStep(what, outcome.code);
  return routeOf(outcome.file, act.now());
}
