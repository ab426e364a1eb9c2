import * as z from 'zod';
import { isEmail } from '../kernel/email.ts';
import { caseIdSchema, objectionIdSchema, personIdSchema } from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { instantSchema } from '../kernel/time.ts';

export const objectionStatuses = ['raised', 'admitted', 'rejected', 'upheld', 'dismissed', 'overtaken'] as const;
export type ObjectionStatus = (typeof objectionStatuses)[number];
export type ObjectionAction = 'admit' | 'reject' | 'uphold' | 'dismiss' | 'overtake';

/**
 * Only `admit` stops the clock of the notice; `reject` says why and lets it run. `overtake`: the case or its notice has ended first,
 * so that there is nothing left to settle.
 */
export const objectionLifecycle: LifecycleTable<ObjectionStatus, ObjectionAction> = {
  raised: { admit: 'admitted', reject: 'rejected', overtake: 'overtaken' },
  admitted: { uphold: 'upheld', dismiss: 'dismissed', overtake: 'overtaken' },
  rejected: {},
  upheld: {},
  dismissed: {},
  overtaken: {},
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

/** Where the answer can be mailed; undefined where a telephone number was left, or more than an address. */
export function mailAddressOf({ objectorContact }: Pick<Objection, 'objectorContact'>): string | undefined {
  const address = objectorContact.normalize('NFKC').trim();
  return isEmail(address) ? address : undefined;
}
