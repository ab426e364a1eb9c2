import * as z from 'zod';
import { caseIdSchema } from '../../shared/kernel/ids.ts';

/**
 * The payloads between the workflow and its Lambdas. An execution may wait for months while the Lambdas change under it:
 * what was released once (`fixtures/`) is read for ever. So a new field is optional, an unknown one is left alone, and
 * nothing is renamed.
 */

/** What an execution is started with. Ids alone: the case lies in the table. */
export const inputSchema = z.object({ caseId: caseIdSchema });

/** What a step that answers by itself is called with: check-application, climb-rung, close-case. */
export const stepPayloadSchema = z.object({ caseId: caseIdSchema });
export type StepPayload = z.infer<typeof stepPayloadSchema>;

export const routeNames = [
  'intake',
  'correction',
  'advance',
  'review',
  'approval',
  'notice',
  'objection',
  'disbursement',
  'end',
] as const;
export type RouteName = (typeof routeNames)[number];

/**
 * What a step that waits for people is called with. The token goes into the decision request and nowhere else. `onward`: where the
 * execution goes by itself when the wait succeeds; one of the first definition asks the choice for every way, and names none.
 */
export const waitPayloadSchema = z.object({
  caseId: caseIdSchema,
  taskToken: z.string().min(1).max(2048),
  onward: z.enum(routeNames).optional(),
});
export type WaitPayload = z.infer<typeof waitPayloadSchema>;

/** The failure by which a wait is told that the case does not go onward, but along the route in the failure's cause. */
export const elsewhere = 'Elsewhere';

/** What every step and every callback answers: where the case goes next, and how long to wait there before looking again. */
export const routeSchema = z.object({ next: z.enum(routeNames), timeoutSeconds: z.number().int().positive() });
