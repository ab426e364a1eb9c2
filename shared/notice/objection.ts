import * as z from 'zod';
import { caseIdSchema, objectionIdSchema, personIdSchema } from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { instantSchema } from '../kernel/time.ts';

export const objectionStatuses = ['raised', 'admitted', 'rejected', 'upheld', 'dismissed'] as const;
export type ObjectionStatus = (typeof objectionStatuses)[number];
export type ObjectionAction = 'admit' | 'reject' | 'uphold' | 'dismiss';

/** Only `admit` stops the clock of the notice; `reject` says why and lets it run. */
export const objectionLifecycle: LifecycleTable<ObjectionStatus, ObjectionAction> = {
  raised: { admit: 'admitted', reject: 'rejected' },
  admitted: { uphold: 'upheld', dismiss: 'dismissed' },
  rejected: {},
  upheld: {},
  dismissed: {},
};

/** An objection 异议 by a named person, whose name and contact only the office and the auditor see. */
export const objectionSchema = z.strictObject({
  objectionId: objectionIdSchema,
  caseId: caseIdSchema,
  status: z.enum(objectionStatuses),
  objectorName: z.string(),
  objectorContact: z.string(),
  grounds: z.string(),
  raisedAt: instantSchema,
  admittedAt: instantSchema.exactOptional(),
  settledAt: instantSchema.exactOptional(),
  answer: z.string().exactOptional(),
  decidedBy: personIdSchema.exactOptional(),
});
export type Objection = z.infer<typeof objectionSchema>;
