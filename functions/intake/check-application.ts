import type { Around, CaseFile, Decided, Route } from '../../shared/cases/case-file.ts';
import { checkIntake, claimsOf } from '../../shared/cases/check-intake.ts';
import { consumeDecided } from '../../shared/cases/route.ts';
import { claimsHeldByOthers } from '../../shared/store/case-counters-store.ts';
import { type StepPayload, stepPayloadSchema } from '../../workflows/relief-application/state.ts';
import type { ActDeps, Idle } from '../middleware/act-on-case.ts';
import { stepCase } from '../middleware/step-case.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theActDeps } from '../middleware/wiring.ts';

/** Intake 受理 of a submitted application. A case past that answers with its way, so a repeated step changes nothing. */
export const checkApplication = (act: ActDeps, payload: StepPayload): Promise<Route> =>
  stepCase(act, payload, 'Intake', (file, around) => judge(act, file, around));

async function judge(act: ActDeps, file: CaseFile, around: Around): Promise<Decided | Idle> {
  if (file.case.status !== 'submitted') return consumeDecided(file, around);
  const keys = claimsOf(file, around.programme).map(({ key }) => key);
  const otherClaims = await claimsHeldByOthers(act.store, keys, file.case.caseId);
  return checkIntake(file, around, { otherClaims });
}

export const handler = taskHandler({
  name: 'check-application',
  schema: stepPayloadSchema,
  run: (payload) => checkApplication(theActDeps(), payload),
});
