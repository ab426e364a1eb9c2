import type { Route } from '../../shared/cases/case-file.ts';
import { consumeDecided, routeOf } from '../../shared/cases/route.ts';
import { type StepPayload, stepPayloadSchema } from '../../workflows/relief-application/state.ts';
import type { ActDeps } from '../middleware/act-on-case.ts';
import { stepCaseAlone } from '../middleware/step-case.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theActDeps } from '../middleware/wiring.ts';

/**
 * The workflow has come to the end of a case: what it still held as decided is consumed, so nothing is woken any more. An execution that ends
 * because another has taken the case over leaves all to that one.
 */
export const close = (act: ActDeps, payload: StepPayload): Promise<Route> =>
  stepCaseAlone(act, payload, 'To close', (file, around) =>
    routeOf(file, around.now).next === 'end' ? consumeDecided(file, around) : { kind: 'nothing' },
  );

export const handler = taskHandler({
  name: 'close-case',
  schema: stepPayloadSchema,
  run: (payload) => close(theActDeps(), payload),
});
