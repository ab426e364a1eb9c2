import * as z from 'zod';
import { paperFileSchema } from '../../../shared/cases/relief-case.ts';
import { caseIdSchema, draftIdSchema, programmeIdSchema } from '../../../shared/kernel/ids.ts';
import { instantSchema } from '../../../shared/kernel/time.ts';

/** Why an uploaded file was not kept. */
export const fileFaults = ['too-large', 'empty', 'wrong-kind', 'too-many'] as const;
export type FileFault = (typeof fileFaults)[number];

/**
 * An application that is being filled in: new, or the correction or change of a case. It keeps what was typed as it was
 * typed, right or wrong, so that nothing is lost. Sealed in the store; gone after thirty days.
 */
export const draftSchema = z.strictObject({
  /** Names the draft in addresses. */
  draftId: draftIdSchema,
  /** Opens it: only the cookie of the browser that began it holds this. */
  secret: z.string().min(40),
  programmeId: programmeIdSchema,
  programmeVersion: z.number().int().positive(),
  purpose: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('new') }),
    z.strictObject({ kind: z.literal('resubmit'), caseId: caseIdSchema, contentVersion: z.number().int() }),
    z.strictObject({ kind: z.literal('edit'), caseId: caseIdSchema, contentVersion: z.number().int() }),
    /** Only papers, to a case that goes on meanwhile. */
    z.strictObject({ kind: z.literal('add-papers'), caseId: caseIdSchema, contentVersion: z.number().int() }),
    /** Another account after a failed payment, whose holder must be proved. */
    z.strictObject({ kind: z.literal('propose-account'), caseId: caseIdSchema, contentVersion: z.number().int() }),
  ]),
  typed: z.record(z.string(), z.array(z.string())),
  /** Rows shown of each list, where more than the usual three were asked for. */
  rows: z.record(z.string(), z.number().int()),
  files: z.array(paperFileSchema),
  /** The ETag under which each uploaded file was looked at, by its key: what still has it need not be looked at again. */
  seen: z.record(z.string(), z.string()).exactOptional(),
  /** Files that were not kept, to be told beside their paper until one is. */
  refused: z.array(z.strictObject({ paperId: z.string(), fault: z.enum(fileFaults) })),
  startedAt: instantSchema,
  /** Set when it became a case; from then on the draft only shows its confirmation. */
  submitted: z.strictObject({ caseId: caseIdSchema, caseNumber: z.string(), at: instantSchema }).exactOptional(),
});
export type Draft = z.infer<typeof draftSchema>;

export const draftDays = 30;
/** How long the confirmation page shows the tracking code again, on the browser that submitted. */
export const codeShownHours = 1;
