import * as z from 'zod';
import { auditHeadSchema } from '../kernel/audit.ts';
import { fenSchema, wordsSchema } from '../kernel/fen-schema.ts';
import {
  caseIdSchema,
  householdIdSchema,
  incidentIdSchema,
  patchIdSchema,
  personIdSchema,
  programmeIdSchema,
} from '../kernel/ids.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';
import { standingSchema } from '../programmes/condition.ts';
import { answersSchema } from '../programmes/form-field.ts';
import { payeeKinds } from '../programmes/payee-kind.ts';
import { deciderRoleSchema } from '../programmes/stage.ts';
import { caseStatuses } from './case-lifecycle.ts';

/** Where the money goes: the beneficiary's own account; a guardian's, the next of kin's or an heir's only with proof. */
export const payeeSchema = z.strictObject({
  kind: z.enum(payeeKinds),
  holderName: z.string(),
  bankName: z.string(),
  accountNumber: z.string(),
  relation: z.string().exactOptional(),
});
export type Payee = z.infer<typeof payeeSchema>;

/** Who applies, as typed in the common part of the form. All of it personal. */
export const applicantSchema = z.strictObject({
  name: z.string(),
  idNumber: z.string(),
  phone: z.string(),
  email: z.string().exactOptional(),
  address: z.string(),
  unit: z.string(),
  householdSize: z.number().int().positive(),
  enteredBy: z.strictObject({ name: z.string(), phone: z.string(), relation: z.string() }).exactOptional(),
});
export type Applicant = z.infer<typeof applicantSchema>;

/** One uploaded file of a paper. `objectKey` names it in the evidence bucket. */
export const paperFileSchema = z.strictObject({
  paperId: z.string(),
  fileId: z.string(),
  objectKey: z.string(),
  contentType: z.enum(['image/jpeg', 'image/png', 'application/pdf']),
  sizeBytes: z.number().int().positive(),
  uploadedAt: instantSchema,
});
export type PaperFile = z.infer<typeof paperFileSchema>;

/** One line of how a suggested amount came about. */
export const explanationLineSchema = z.strictObject({ label: wordsSchema, amountFen: z.number().int() });

/** One thing to mend in a returned application: a field or a paper, and what is wrong in words. */
export const missingItemSchema = z.strictObject({
  item: z.string(),
  label: wordsSchema,
  note: z.string().exactOptional(),
});
export type MissingItem = z.infer<typeof missingItemSchema>;

/** The application and where it stands. `version` rises with every write; `contentVersion` with every change of what is decided on. */
export const caseSchema = z.strictObject({
  caseId: caseIdSchema,
  caseNumber: z.string(),
  version: z.number().int().nonnegative(),
  contentVersion: z.number().int().positive(),
  programmeId: programmeIdSchema,
  programmeVersion: z.number().int().positive(),
  status: z.enum(caseStatuses),
  /** Index into the programme's stages, and the level within an approval stage. */
  stageIndex: z.number().int().nonnegative(),
  levelIndex: z.number().int().nonnegative(),

  householdId: householdIdSchema,
  patchId: patchIdSchema,
  beneficiaryId: personIdSchema,
  /** A person on the register who filled the form in for the beneficiary, where known. */
  enteredById: personIdSchema.exactOptional(),
  /** Who filled in an earlier version of it; they stay barred from deciding. */
  enteredEarlierByIds: z.array(personIdSchema).exactOptional(),
  incidentId: incidentIdSchema.exactOptional(),

  applicant: applicantSchema,
  payee: payeeSchema,
  answers: answersSchema,
  papers: z.array(paperFileSchema),
  trackingCodeHash: z.string(),
  /** Who of the office has seen a code of this case: they approve no account that somebody with a code proposed. */
  codeReissuedByIds: z.array(personIdSchema).exactOptional(),

  /** What intake found: standing on the register, the suggestion with its explanation, and the most that may be given. */
  standing: standingSchema,
  isOnRegister: z.boolean(),
  suggestedFen: fenSchema,
  mostFen: fenSchema,
  explanation: z.array(explanationLineSchema),
  /** What the review recommends, and what the approval decided for the whole case, advance included. */
  recommendedFen: fenSchema.exactOptional(),
  approvedFen: fenSchema.exactOptional(),
  isException: z.boolean(),
  /** Under which name the award counts against the household's cap; taking it back next year must find it there. */
  tallyKey: z.string().exactOptional(),
  /** Advance paid above what was approved in the end: to be claimed back. */
  owedFen: fenSchema.exactOptional(),

  submittedAt: instantSchema,
  stageEnteredAt: instantSchema,
  /** Set by the first vote: from then on the applicant asks for a return instead of editing. */
  firstDecidedAt: instantSchema.exactOptional(),
  closedAt: instantSchema.exactOptional(),

  /** Returned: what to mend. Refused, declined: why. */
  missing: z.array(missingItemSchema),
  reasons: z.array(wordsSchema),
  /** What this case has taken so that nobody is helped twice for it; see `onceKeys`. */
  claims: z.array(z.string()),
  reopenedTimes: z.number().int().nonnegative(),
  /** Since when the workflow's present execution runs; absent while it is the first. */
  executionSince: instantSchema.exactOptional(),

  /** Public notice: posted from, until (the end of its last working day); what was left when an admitted objection stopped it. */
  noticeFrom: localDateSchema.exactOptional(),
  noticeUntil: instantSchema.exactOptional(),
  noticeIsEstimate: z.boolean(),
  noticeStoppedAt: instantSchema.exactOptional(),

  /** Whom the case waits for, for lists and the status page. */
  waiting: z
    .strictObject({
      purpose: z.string(),
      roles: z.array(deciderRoleSchema),
      people: z.array(personIdSchema),
      since: instantSchema,
      until: instantSchema,
      isOverdue: z.boolean(),
    })
    .exactOptional(),

  /** A new account after a failed payment, proposed by the applicant, until the office has decided. */
  proposedPayee: payeeSchema.exactOptional(),
  proposedPayeeAt: instantSchema.exactOptional(),
  /** What came with it (files among `papers`), and for an heir who has checked and who has approved it so far. */
  proposal: z
    .strictObject({
      proofFileIds: z.array(z.string()),
      checkedBy: personIdSchema.exactOptional(),
      approvedBy: z.array(personIdSchema),
    })
    .exactOptional(),
  /** Who has decided on an account of this case; they do not pay it. */
  accountDecidedByIds: z.array(personIdSchema).exactOptional(),
  /** Holders of accounts that were named before, or proposed and not approved; they stay barred from deciding. */
  earlierHolders: z.array(z.string()).exactOptional(),

  audit: auditHeadSchema,
});
export type ReliefCase = z.infer<typeof caseSchema>;
