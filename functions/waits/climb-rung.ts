import type { Route } from '../../shared/cases/case-file.ts';
import { climbRung } from '../../shared/cases/climb-rung.ts';
import { type StepPayload, stepPayloadSchema } from '../../workflows/relief-application/state.ts';
import type { ActDeps } from '../middleware/act-on-case.ts';
import { stepCase } from '../middleware/step-case.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theActDeps } from '../middleware/wiring.ts';

/** After a time-out: reads the case anew, and reminds or asks those who stand in if a rung is due. Silence decides nothing. */
export const climb = (act: ActDeps, payload: StepPayload): Promise<Route> =>
  stepCase(act, payload, 'To climb a rung', (file, around) => climbRung(file, around));

export const handler = taskHandler({
  name: 'climb-rung',
  schema: stepPayloadSchema,
  run: (payload) => climb(theActDeps(), payload),
});
