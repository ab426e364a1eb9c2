import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import {
  awardIdSchema,
  caseIdSchema,
  payoutIdSchema,
  personIdSchema,
  recoveryIdSchema,
  scheduledItemIdSchema,
} from '../kernel/ids.ts';
import type { CaseId, ScheduledItemId } from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';

export const scheduledStatuses = ['waiting', 'done', 'cancelled'] as const;
export type ScheduledStatus = (typeof scheduledStatuses)[number];

/**
 * What can happen to something due. `complete` and `cancel` follow from what happens to the case, `resume` when a paper is missing
 * again or a lapsed case is taken up again, `open-finding` when what arrived is not what was paid; the others are people's.
 */
export type ScheduledAction =
  | 'complete'
  | 'cancel'
  | 'resume'
  | 'extend-paper'
  | 'record-visit'
  | 'answer-payment-check'
  | 'open-finding'
  | 'close-finding';

export const scheduledLifecycle: LifecycleTable<ScheduledStatus, ScheduledAction> = {
  waiting: {
    complete: 'done',
    cancel: 'cancelled',
    'extend-paper': 'waiting',
    'record-visit': 'done',
    'answer-payment-check': 'done',
    'open-finding': 'waiting',
    'close-finding': 'done',
  },
  done: { resume: 'waiting' },
  cancelled: { resume: 'waiting' },
};

const shared = {
  itemId: scheduledItemIdSchema,
  caseId: caseIdSchema,
  /** From this moment on it is overdue. */
  dueAt: instantSchema,
  /** `remind` tells whoever has to do it, `overdue` hands it to the office. Nothing is ever decided. */
  rungs: z.array(z.strictObject({ rung: z.enum(['remind', 'overdue']), at: instantSchema })).min(1),
  climbed: z.number().int().nonnegative(),
  status: z.enum(scheduledStatuses),
  scheduledAt: instantSchema,
  doneAt: instantSchema.exactOptional(),
};

/** What comes due on a case outside of its workflow 到期事项: no execution sleeps for it. */
export const scheduledItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('paper'),
    ...shared,
    paperId: z.string(),
    extendedTimes: z.number().int().nonnegative(),
    /** Why it was put off, the last time. */
    reason: z.string().exactOptional(),
  }),
  /** The advance has been ordered and should be with the household. */
  z.strictObject({ kind: z.literal('advance-payment'), ...shared, awardId: awardIdSchema }),
  /** The whole chain that ratifies this advance should be done. */
  z.strictObject({ kind: z.literal('chain'), ...shared, awardId: awardIdSchema }),
  /** The home visit on which the review of one version of the content rests; its answer brings the date. */
  z.strictObject({ kind: z.literal('home-visit'), ...shared, contentVersion: z.number().int().positive() }),
  /** The bank was told to pay and has not answered; in the end the payment is marked as unknown, never tried again. */
  z.strictObject({ kind: z.literal('bank-answer'), ...shared, payoutId: payoutIdSchema }),
  /** A household has to pay something back; office and finance are told until it has. */
  z.strictObject({ kind: z.literal('claw-back'), ...shared, recoveryId: recoveryIdSchema }),
  /** The household is asked whether the money arrived, and how much; another sum than was paid is a finding, and waits to be closed. */
  z.strictObject({
    kind: z.literal('payment-check'),
    ...shared,
    expectedFen: fenSchema,
    arrivedFen: fenSchema.exactOptional(),
    answeredAt: instantSchema.exactOptional(),
    answeredBy: z.union([personIdSchema, z.literal('applicant')]).exactOptional(),
    findingAt: instantSchema.exactOptional(),
    /** What was found out, and by whom. */
    note: z.string().exactOptional(),
    closedBy: personIdSchema.exactOptional(),
  }),
  /** A visit after the payment. */
  z.strictObject({
    kind: z.literal('visit'),
    ...shared,
    /** Which of the programme's `afterwards`, from 1. */
    visit: z.number().int().positive(),
    visitedOn: localDateSchema.exactOptional(),
    note: z.string().exactOptional(),
    by: personIdSchema.exactOptional(),
  }),
]);
export type ScheduledItem = z.infer<typeof scheduledItemSchema>;
export type ScheduledKind = ScheduledItem['kind'];
export type ScheduledItemOf<Kind extends ScheduledKind> = Extract<ScheduledItem, { kind: Kind }>;

/** The same thing of the same case has the same id, so that scheduling it twice makes one. */
export const scheduledItemId = (caseId: CaseId, kind: ScheduledKind, subject: string | number): ScheduledItemId =>
  scheduledItemIdSchema.parse(`${caseId}.${kind}.${subject}`);

export const isWaiting = ({ status }: Pick<ScheduledItem, 'status'>): boolean => status === 'waiting';
