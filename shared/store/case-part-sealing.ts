import * as z from 'zod';
import {
  type Award,
  awardSchema,
  type DecisionRequest,
  decisionRequestSchema,
  type Vote,
  voteSchema,
} from '../cases/decision-request.ts';
import { type Recovery, recoverySchema } from '../cases/recovery.ts';
import { missingItemSchema } from '../cases/relief-case.ts';
import { type ScheduledItem, scheduledItemSchema } from '../cases/scheduled-item.ts';
import { type Payout, payoutSchema } from '../disbursement/payout.ts';
import { type Objection, objectionSchema } from '../notice/objection.ts';
import type { ObjectionOutline, RecoveryOutline } from '../proof/case-book.ts';
import type { KeyRing } from './key-ring.ts';
import { forgottenText, openField, sealedSchema, sealField } from './sealed-field.ts';

const noteSchema = z.strictObject({ note: z.string(), missing: z.array(missingItemSchema) });
const storedVoteSchema = z.strictObject({ plain: voteSchema.omit({ note: true, missing: true }), note: sealedSchema });

const votePlace = (vote: Pick<Vote, 'requestId' | 'personId'>): string => `vote/${vote.requestId}/${vote.personId}`;

/** A vote's note may tell of an illness: sealed with the beneficiary's key. */
export async function sealVote(
  keyRing: KeyRing,
  beneficiaryId: string,
  vote: Vote,
): Promise<z.input<typeof storedVoteSchema>> {
  const { note, missing, ...plain } = vote;
  const owner = { personId: beneficiaryId, retention: 'health' } as const;
  return { plain, note: await sealField(keyRing, owner, votePlace(plain), { note, missing }) };
}

export async function openVote(keyRing: KeyRing, body: unknown): Promise<Vote> {
  const { plain, note } = storedVoteSchema.parse(body);
  const forgotten = { note: forgottenText, missing: [] };
  return { ...plain, ...(await openField(keyRing, note, votePlace(plain), noteSchema, forgotten)) };
}

/** Without its note: no key is asked for. */
export const openVoteOutline = (body: unknown): Omit<Vote, 'note' | 'missing'> => storedVoteSchema.parse(body).plain;

const storedPayoutSchema = z.strictObject({
  plain: payoutSchema.omit({ payee: true, failureReason: true }),
  payee: sealedSchema,
});
const payoutPayeeSchema = z.strictObject({
  payee: payoutSchema.shape.payee,
  failureReason: z.string().exactOptional(),
});
const forgottenPayee = {
  payee: { holderName: forgottenText, bankName: forgottenText, accountNumber: forgottenText },
};

/** The ledger's own copy of the payee has a key of its own: it outlives the application. */
export async function sealPayout(
  keyRing: KeyRing,
  beneficiaryId: string,
  payout: Payout,
): Promise<z.input<typeof storedPayoutSchema>> {
  const { payee, failureReason, ...plain } = payout;
  const owner = { personId: beneficiaryId, retention: 'ledger' } as const;
  const told = { payee, ...(failureReason !== undefined && { failureReason }) };
  return { plain, payee: await sealField(keyRing, owner, `payout/${plain.payoutId}`, told) };
}

export async function openPayout(keyRing: KeyRing, body: unknown): Promise<Payout> {
  const { plain, payee } = storedPayoutSchema.parse(body);
  const opened = await openField(keyRing, payee, `payout/${plain.payoutId}`, payoutPayeeSchema, forgottenPayee);
  return { ...plain, ...opened };
}

/** Without its payee: no key is asked for. */
export const openPayoutOutline = (body: unknown): Omit<Payout, 'payee' | 'failureReason'> =>
  storedPayoutSchema.parse(body).plain;

const storedObjectionSchema = z.strictObject({
  plain: objectionSchema.omit({ objectorName: true, objectorContact: true, grounds: true, answer: true }),
  objector: sealedSchema,
  words: sealedSchema,
});
const objectorSchema = objectionSchema.pick({ objectorName: true, objectorContact: true });
const wordsOfObjectionSchema = objectionSchema.pick({ grounds: true, answer: true });

/** The objector has a key apart from the beneficiary's; what is said about the beneficiary is sealed with theirs. */
export async function sealObjection(
  keyRing: KeyRing,
  beneficiaryId: string,
  objection: Objection,
): Promise<z.input<typeof storedObjectionSchema>> {
  const { objectorName, objectorContact, grounds, answer, ...plain } = objection;
  const { objectionId } = plain;
  const objector = { personId: `objector-${objectionId}`, retention: 'identity' } as const;
  const beneficiary = { personId: beneficiaryId, retention: 'hardship' } as const;
  const words = { grounds, ...(answer !== undefined && { answer }) };
  return {
    plain,
    objector: await sealField(keyRing, objector, `objector/${objectionId}`, { objectorName, objectorContact }),
    words: await sealField(keyRing, beneficiary, `objection/${objectionId}`, words),
  };
}

export async function openObjection(keyRing: KeyRing, body: unknown): Promise<Objection> {
  const { plain, objector, words } = storedObjectionSchema.parse(body);
  const { objectionId } = plain;
  const nobody = { objectorName: forgottenText, objectorContact: forgottenText };
  const [who, what] = await Promise.all([
    openField(keyRing, objector, `objector/${objectionId}`, objectorSchema, nobody),
    openField(keyRing, words, `objection/${objectionId}`, wordsOfObjectionSchema, { grounds: forgottenText }),
  ]);
  return { ...plain, ...who, ...what };
}

/** Without its words and its objector: no key is asked for. */
export const openObjectionOutline = (body: unknown): ObjectionOutline => storedObjectionSchema.parse(body).plain;

const wordsOfScheduledSchema = z.strictObject({ note: z.string().exactOptional(), reason: z.string().exactOptional() });
const storedScheduledSchema = z.strictObject({ plain: z.unknown(), words: sealedSchema.exactOptional() });

/** What was found on a visit, or why a paper was put off, tells of the household: sealed as a vote's note is. */
export async function sealScheduledItem(
  keyRing: KeyRing,
  beneficiaryId: string,
  item: ScheduledItem,
): Promise<z.input<typeof storedScheduledSchema>> {
  const { note, reason, ...plain } = { note: undefined, reason: undefined, ...item };
  if (note === undefined && reason === undefined) return { plain };
  const owner = { personId: beneficiaryId, retention: 'health' } as const;
  const words = { ...(note !== undefined && { note }), ...(reason !== undefined && { reason }) };
  return { plain, words: await sealField(keyRing, owner, `scheduled/${item.itemId}`, words) };
}

/** Without its words: one key less to unwrap, for lists. */
export const openScheduledOutline = (body: unknown): ScheduledItem =>
  scheduledItemSchema.parse(storedScheduledSchema.parse(body).plain);

export async function openScheduledItem(keyRing: KeyRing, body: unknown): Promise<ScheduledItem> {
  const outline = openScheduledOutline(body);
  const { words } = storedScheduledSchema.parse(body);
  if (words === undefined) return outline;
  const forgotten =
    outline.kind === 'visit' || outline.kind === 'payment-check' ? { note: forgottenText } : { reason: forgottenText };
  const opened = await openField(keyRing, words, `scheduled/${outline.itemId}`, wordsOfScheduledSchema, forgotten);
  return scheduledItemSchema.parse({ ...outline, ...opened });
}

const wordsOfRecoverySchema = recoverySchema.pick({ reason: true, waiverReason: true });
const storedRecoverySchema = z.strictObject({
  plain: recoverySchema.omit({ reason: true, waiverReason: true }),
  words: sealedSchema.exactOptional(),
});

/** Why money is claimed back, or is not any more, tells of the household: sealed, with the key that outlives the application. */
export async function sealRecovery(
  keyRing: KeyRing,
  beneficiaryId: string,
  recovery: Recovery,
): Promise<z.input<typeof storedRecoverySchema>> {
  const { reason, waiverReason, ...plain } = recovery;
  if (reason === undefined && waiverReason === undefined) return { plain };
  const owner = { personId: beneficiaryId, retention: 'ledger' } as const;
  const words = { ...(reason !== undefined && { reason }), ...(waiverReason !== undefined && { waiverReason }) };
  return { plain, words: await sealField(keyRing, owner, `recovery/${plain.recoveryId}`, words) };
}

/** Without its words: no key is asked for. */
export const openRecoveryOutline = (body: unknown): RecoveryOutline => storedRecoverySchema.parse(body).plain;

export async function openRecovery(keyRing: KeyRing, body: unknown): Promise<Recovery> {
  const { plain, words } = storedRecoverySchema.parse(body);
  if (words === undefined) return plain;
  const forgotten = { reason: forgottenText };
  return {
    ...plain,
    ...(await openField(keyRing, words, `recovery/${plain.recoveryId}`, wordsOfRecoverySchema, forgotten)),
  };
}

/** Requests and awards hold ids, roles, times and sums: nothing personal. */
export const openRequest = (body: unknown): DecisionRequest => decisionRequestSchema.parse(body);
export const openAward = (body: unknown): Award => awardSchema.parse(body);
