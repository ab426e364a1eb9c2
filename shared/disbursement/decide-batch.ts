import type { AuditEventName } from '../kernel/audit-event-names.ts';
import type { AuditFact } from '../kernel/audit.ts';
import { noAudit } from '../kernel/audit.ts';
import type { BatchId, PayoutId, PersonId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import type { Instant } from '../kernel/time.ts';
import {
  type BankProfileId,
  type Batch,
  type BatchAction,
  type BatchFile,
  batchLifecycle,
  type BatchMember,
  digestOfAsked,
  mostMembers,
  totalOf,
} from './batch.ts';

export type BatchRefusal = {
  readonly kind: 'refused';
  readonly code: 'not-possible-now' | 'same-person' | 'batch-changed' | 'batch-empty' | 'batch-too-large';
};
export type BatchDecided =
  | { readonly kind: 'changed'; readonly batch: Batch; readonly facts: readonly AuditFact[] }
  | BatchRefusal;

const refused = (code: BatchRefusal['code']): BatchRefusal => ({ kind: 'refused', code });

const changedTo = (batch: Batch, event: AuditEventName, by: string, at: Instant): BatchDecided => ({
  kind: 'changed',
  batch,
  facts: [{ event, by, at, details: { members: batch.members.length, totalFen: batch.totalFen } }],
});

/** Begins a batch 批次 of these payments. They are in it once each has been told, and then it is `made`. */
export function beginBatch(begun: {
  readonly batchId: BatchId;
  readonly batchNumber: string;
  readonly profileId: BankProfileId;
  readonly members: readonly BatchMember[];
  readonly answers: Batch['answers'];
  readonly personId: PersonId;
  readonly at: Instant;
}): BatchDecided {
  const { batchId, batchNumber, profileId, answers, personId, at } = begun;
  const members = [...new Map(begun.members.map((member) => [member.payoutId, member])).values()];
  if (members.length === 0) return refused('batch-empty');
  if (members.length > mostMembers) return refused('batch-too-large');
  const payoutIds = members.map(({ payoutId }) => payoutId);
  const batch: Batch = {
    ...{ batchId, batchNumber, profileId, status: 'making', members, totalFen: totalOf(members), answers },
    ...{ askedDigest: digestOfAsked(profileId, payoutIds), madeBy: personId, madeAt: at, version: 0, audit: noAudit },
  };
  return changedTo(batch, 'batch.begun', personId, at);
}

/** Every payment that can enter it has: from now on none does, so that those that did can be counted. */
export function closeBatch(batch: Batch, at: Instant): BatchDecided {
  if (!isPossible(batch, 'close')) return refused('not-possible-now');
  return changedTo({ ...batch, status: 'closing' }, 'batch.closed', batch.madeBy, at);
}

/**
 * It is of those payments that entered, by their own records as read after it was closed; the others are left out. A batch of which
 * nothing is left is dissolved. A payment that leaves moves the version, so the write of this decision fails if one has since.
 */
export function finishBatch(batch: Batch, entered: ReadonlySet<PayoutId>, at: Instant): BatchDecided {
  if (!isPossible(batch, 'finish')) return refused('not-possible-now');
  const members = batch.members.flatMap((member) => (entered.has(member.payoutId) ? [{ ...member, isIn: true }] : []));
  const status = members.length === 0 ? 'dissolved' : 'made';
  return changedTo({ ...batch, members, totalFen: totalOf(members), status }, `batch.${status}`, batch.madeBy, at);
}

/**
 * Releases it to the bank, by another person than who made it (`same-person`), as that person has seen it (`batch-changed`): nothing
 * leaves it any more, and its file is sealed.
 */
export function releaseBatch(
  batch: Batch,
  released: {
    readonly personId: PersonId;
    readonly seenVersion: number;
    readonly file: BatchFile;
    readonly at: Instant;
  },
): BatchDecided {
  const { personId, seenVersion, file, at } = released;
  if (!isPossible(batch, 'release')) return refused('not-possible-now');
  if (batch.madeBy === personId) return refused('same-person');
  if (batch.version !== seenVersion) return refused('batch-changed');
  if (batch.members.length === 0) return refused('batch-empty');
  const next: Batch = { ...batch, status: 'released', releasedBy: personId, releasedAt: at, file };
  const details = { members: batch.members.length, totalFen: batch.totalFen, sha256: file.sha256 };
  return { kind: 'changed', batch: next, facts: [{ event: 'batch.released', by: personId, at, details }] };
}

/** Gives its payments back to be put into another. Either of the two may; nothing has been sent. */
export function dissolveBatch(batch: Batch, personId: PersonId, at: Instant): BatchDecided {
  if (!isPossible(batch, 'dissolve')) return refused('not-possible-now');
  return changedTo({ ...batch, status: 'dissolved' }, 'batch.dissolved', personId, at);
}

const isPossible = (batch: Batch, action: BatchAction): boolean => transition(batchLifecycle, batch.status, action).ok;
