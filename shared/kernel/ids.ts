import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Brand } from './brand.ts';

export type PersonId = Brand<string, 'PersonId'>;
export type HouseholdId = Brand<string, 'HouseholdId'>;
export type PatchId = Brand<string, 'PatchId'>;
export type IncidentId = Brand<string, 'IncidentId'>;
export type FundId = Brand<string, 'FundId'>;
export type ProgrammeId = Brand<string, 'ProgrammeId'>;
/** A case and its application share one id. */
export type CaseId = Brand<string, 'CaseId'>;
export type RequestId = Brand<string, 'RequestId'>;
export type AwardId = Brand<string, 'AwardId'>;
export type PayoutId = Brand<string, 'PayoutId'>;
export type BatchId = Brand<string, 'BatchId'>;
/** Of a bank's result, made of the keyed hash of its bytes. */
export type BankResultId = Brand<string, 'BankResultId'>;
export type ObjectionId = Brand<string, 'ObjectionId'>;
export type ScheduledItemId = Brand<string, 'ScheduledItemId'>;
export type RecoveryId = Brand<string, 'RecoveryId'>;
export type DraftId = Brand<string, 'DraftId'>;
export type OutboxId = Brand<string, 'OutboxId'>;
export type ProposalId = Brand<string, 'ProposalId'>;

const form = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** A schema for one kind of id: letters, digits, dot, dash and underscore, at most 80 unless it is made of others. */
const idOf = <T extends string>(longest = 80) => {
  const isId = (text: string): text is T => text.length <= longest && form.test(text);
  return z.string().transform((text, context): T => {
    if (isId(text)) return text;
    context.issues.push({ code: 'custom', message: 'not an id', input: text });
    return z.NEVER;
  });
};

export const personIdSchema = idOf<PersonId>();
export const householdIdSchema = idOf<HouseholdId>();
export const patchIdSchema = idOf<PatchId>();
export const incidentIdSchema = idOf<IncidentId>();
export const fundIdSchema = idOf<FundId>();
export const programmeIdSchema = idOf<ProgrammeId>();
export const caseIdSchema = idOf<CaseId>();
export const requestIdSchema = idOf<RequestId>();
export const awardIdSchema = idOf<AwardId>();
export const payoutIdSchema = idOf<PayoutId>();
export const batchIdSchema = idOf<BatchId>();
export const bankResultIdSchema = idOf<BankResultId>();
export const objectionIdSchema = idOf<ObjectionId>();
/** Made of a case's id, a kind and what it is about (an award's id, a paper's). */
export const scheduledItemIdSchema = idOf<ScheduledItemId>(240);
/** Made of a case's id and what is claimed back. */
export const recoveryIdSchema = idOf<RecoveryId>();
export const draftIdSchema = idOf<DraftId>();
export const outboxIdSchema = idOf<OutboxId>();
export const proposalIdSchema = idOf<ProposalId>();

/** Crockford's base 32: no I, L, O, U, so that an id can be read aloud. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits as 16 letters. The rules are passed a `newId`, so that a test can number its ids. */
export type NewId = () => string;
export const randomId: NewId = () => [...randomBytes(16)].map((byte) => alphabet[byte % 32]).join('');
