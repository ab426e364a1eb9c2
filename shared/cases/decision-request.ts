import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import {
  awardIdSchema,
  caseIdSchema,
  fundIdSchema,
  objectionIdSchema,
  personIdSchema,
  requestIdSchema,
} from '../kernel/ids.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';
import { deciderRoleSchema, rungNames } from '../programmes/stage.ts';
import { missingItemSchema } from './relief-case.ts';

/** What a wait of the workflow is for. Each has rungs; each ends by an answer, never by silence. */
export const requestPurposes = [
  'correction',
  'advance',
  'review',
  'approval',
  'notice',
  'objection-admission',
  'objection-settlement',
  'payment',
] as const;
export type RequestPurpose = (typeof requestPurposes)[number];
/** The purposes that people answer with a vote. */
export const votedPurposes = ['advance', 'review', 'approval', 'objection-admission', 'objection-settlement'] as const;
export type VotedPurpose = (typeof votedPurposes)[number];

/** One person who may answer. `askedAt` is set when the mail with the link goes out; `generation` rises when a link is re-issued. */
export const seatSchema = z.strictObject({
  personId: personIdSchema,
  role: deciderRoleSchema,
  askedFrom: z.enum(['start', 'deputy', 'head', 'overdue']),
  askedAt: instantSchema.exactOptional(),
  generation: z.number().int().positive(),
  /** Set when the person stepped aside 回避 or was found to be barred. */
  leftBecause: z.enum(['recused', 'barred', 'reassigned']).exactOptional(),
});
export type Seat = z.infer<typeof seatSchema>;

export const requestStatuses = ['open', 'decided', 'consumed'] as const;

/** A decision request: who may answer what, on which content, until when. The task token never leaves this item. */
export const decisionRequestSchema = z.strictObject({
  requestId: requestIdSchema,
  caseId: caseIdSchema,
  purpose: z.enum(requestPurposes),
  stageIndex: z.number().int().nonnegative(),
  levelIndex: z.number().int().nonnegative(),
  contentVersion: z.number().int().positive(),
  objectionId: objectionIdSchema.exactOptional(),
  seats: z.array(seatSchema),
  quorum: z.number().int().nonnegative(),
  rungs: z.array(z.strictObject({ rung: z.enum(rungNames), at: instantSchema })),
  /** How many rungs have been climbed; all of them means overdue, with the office. */
  climbed: z.number().int().nonnegative(),
  status: z.enum(requestStatuses),
  /** How it ended: a verdict, or what overtook it (`edited`, `withdrawn`, `ran-out`, `answered`). */
  outcome: z.string().exactOptional(),
  openedAt: instantSchema,
  decidedAt: instantSchema.exactOptional(),
  taskToken: z.string().exactOptional(),
  /** Where the workflow goes on by itself when the wait succeeds; absent, it asks for every way. */
  onward: z.string().exactOptional(),
  /** Tokens stored before it, newest first: a call of the workflow that comes late stores one that nobody waits with any more. */
  earlierTokens: z.array(z.string()).exactOptional(),
});
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;

export const verdicts = [
  'recommend',
  'approve',
  'return',
  'decline',
  'recuse',
  'admit',
  'reject',
  'uphold',
  'dismiss',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What may be answered to each purpose. */
export const verdictsFor: { readonly [Purpose in VotedPurpose]: readonly Verdict[] } = {
  advance: ['approve', 'decline', 'recuse'],
  review: ['recommend', 'return', 'decline', 'recuse'],
  approval: ['approve', 'return', 'decline', 'recuse'],
  'objection-admission': ['admit', 'reject', 'recuse'],
  'objection-settlement': ['uphold', 'dismiss', 'recuse'],
};

export const fundShareSchema = z.strictObject({ fundId: fundIdSchema, amountFen: fenSchema });

/** One person's answer to one request. Recorded once; a replay shows the recorded one. */
export const voteSchema = z.strictObject({
  caseId: caseIdSchema,
  requestId: requestIdSchema,
  personId: personIdSchema,
  role: deciderRoleSchema,
  purpose: z.enum(votedPurposes),
  verdict: z.enum(verdicts),
  contentVersion: z.number().int().positive(),
  amountFen: fenSchema.exactOptional(),
  /** The approver's own choice of funds; absent means the programme's order. */
  shares: z.array(fundShareSchema).exactOptional(),
  note: z.string(),
  missing: z.array(missingItemSchema),
  /** The home visit 入户走访 that the answer rests on. */
  visitedOn: localDateSchema.exactOptional(),
  at: instantSchema,
});
export type Vote = z.infer<typeof voteSchema>;

/** An award 救助决定: what was decided to be paid, from which funds, on whose signatures. */
export const awardSchema = z.strictObject({
  awardId: awardIdSchema,
  caseId: caseIdSchema,
  kind: z.enum(['advance', 'whole']),
  /** What this award pays; for `whole`, the approved amount less the advance. */
  amountFen: fenSchema,
  shares: z.array(fundShareSchema),
  signedBy: z.array(personIdSchema),
  requestIds: z.array(requestIdSchema),
  status: z.enum(['reserved', 'released', 'paid']),
  ratifiedByAward: awardIdSchema.exactOptional(),
  at: instantSchema,
});
export type Award = z.infer<typeof awardSchema>;
