import type { Route } from '../../shared/cases/case-file.ts';
import { consumeDecided } from '../../shared/cases/route.ts';
import { type StepPayload, stepPayloadSchema } from '../../workflows/relief-application/state.ts';
import type { ActDeps } from '../middleware/act-on-case.ts';
import { stepCaseAlone } from '../middleware/step-case.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theActDeps } from '../middleware/wiring.ts';

/** The workflow has come to the end of a case: what it still held as decided is consumed, so nothing is woken any more. */
export const close = (act: ActDeps, payload: StepPayload): Promise<Route> =>
  stepCaseAlone(act, payload, 'To close', consumeDecided);

export const handler = taskHandler({
  name: 'close-case',
  schema: stepPayloadSchema,
  run: (payload) => close(theActDeps(), payload),
});
