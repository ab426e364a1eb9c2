import type { Route } from '../../shared/cases/case-file.ts';
import type { DecisionRequest } from '../../shared/cases/decision-request.ts';
import { needsNextExecution, startNextExecution } from '../../shared/cases/next-execution.ts';
import { openRequest } from '../../shared/cases/open-request.ts';
import { routeOf } from '../../shared/cases/route.ts';
import { type WaitPayload, waitPayloadSchema } from '../../workflows/relief-application/state.ts';
import { type ActDeps, actOnCase, awardsNothing } from './act-on-case.ts';
import { answerTask } from './send-outbox.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { refusedStep, unknownCase } from './step-errors.ts';
import { type LambdaHandler, taskHandler } from './task-handler.ts';
import { theActDeps, theSfn } from './wiring.ts';

type Waiting = { readonly kind: 'waiting' | 'went-on' };

/** For an execution that another one has taken the case over from. */
const overHere: Route = { next: 'end', timeoutSeconds: 1 };

/**
 * Opens the request that the workflow waits for, or gives an open one its new token. Where the table already says another way
 * the waiting step is completed at once with that way. An execution that has run for long hands the case over and ends. The token
 * goes into the request item and nowhere else.
 */
export async function waitFor(
  deps: { readonly act: ActDeps; readonly sfn: OutboxDeps['sfn'] },
  purpose: DecisionRequest['purpose'],
  { caseId, ...wait }: WaitPayload,
): Promise<Waiting> {
  const outcome = await actOnCase(
    deps.act,
    caseId,
    (file, around) =>
      needsNextExecution(file, around.now)
        ? startNextExecution(file, around)
        : openRequest(file, around, { purpose, ...wait }),
    awardsNothing,
  );
  switch (outcome.kind) {
    case 'done':
      if (!outcome.changes.outbox?.some(({ kind }) => kind === 'start')) return { kind: 'waiting' };
      await answerTask(deps.sfn, wait, overHere);
      return { kind: 'went-on' };
    case 'idle':
      await answerTask(deps.sfn, wait, routeOf(outcome.file, deps.act.now()));
      return { kind: 'went-on' };
    case 'unknown-case':
      throw unknownCase(caseId);
    case 'refused':
      throw refusedStep(`To wait for ${purpose}`, outcome.code);
    default:
      return outcome satisfies never;
  }
}

/** The Lambda behind one waiting step of the workflow. */
export const requestTask = (purpose: DecisionRequest['purpose']): LambdaHandler<Waiting> =>
  taskHandler({
    name: `request-${purpose}`,
    schema: waitPayloadSchema,
    run: (payload) => waitFor({ act: theActDeps(), sfn: theSfn() }, purpose, payload),
  });
