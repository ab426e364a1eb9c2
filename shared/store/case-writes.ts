import type { CaseFile, Changes } from '../cases/case-file.ts';
import type { DecisionRequest } from '../cases/decision-request.ts';
import { caseStatuses, type CaseStatus } from '../cases/case-lifecycle.ts';
import type { ReliefCase } from '../cases/relief-case.ts';
import type { AuditHead } from '../kernel/audit.ts';
import { epochMsOf } from '../kernel/time.ts';
import { claimHashOf } from './case-counters-store.ts';
import { sealObjection, sealPayout, sealRecovery, sealVote } from './case-part-sealing.ts';
import { sealCase } from './case-sealing.ts';
import { noticeBoard, normalisedCaseNumber } from './case-store.ts';
import type { Store } from './open-store.ts';
import { outboxDone, outboxWrite } from './outbox-store.ts';
import { type SealedEntity, sealOf, type StoredItem } from './seals.ts';
import type { Write } from './transact.ts';

/** A link says "expired" for a month before it says "unknown". */
const linkKeptSeconds = 30 * 86_400;
const ends: readonly CaseStatus[] = caseStatuses.filter((status) =>
  ['paid', 'refused', 'declined', 'withdrawn', 'lapsed'].includes(status),
);
const posted: readonly CaseStatus[] = ['on-notice', 'under-objection'];

/** The two items that a case is in the table: where it stands, and what was applied for. */
export async function caseItems(store: Store, theCase: ReliefCase) {
  const { caseId, version, householdId, submittedAt, status } = theCase;
  const list = ends.includes(status) ? 'closed' : 'open';
  const { state, application } = await sealCase(store.keyRing, theCase);
  return {
    item: { caseId, version, householdId, submittedAt, list, state },
    application: { caseId, body: application },
  };
}
type CaseItems = Awaited<ReturnType<typeof caseItems>>;
type CaseItem = CaseItems['item'];

/** The case with its audit head, which is not known before its digest is. */
export const withHead = (item: CaseItem, audit: AuditHead): CaseItem => ({ ...item, state: { ...item.state, audit } });

/** What was applied for, if it is not as it lies there: most changes leave it alone. */
export function applicationParts(before: CaseItems | undefined, { application }: CaseItems): Part[] {
  const stored = partOf('application', application, (entities) => entities.application.put(application).commit());
  const isSame = before !== undefined && sealOf({ ...stored, attributes: before.application }) === sealOf(stored);
  return isSame ? [] : [stored];
}

/** The case itself, conditional on the version that was read; a new one takes its number too. */
export function caseWrites(item: CaseItem, caseNumber: string, versionRead: number): Write<'case'>[] {
  const { caseId } = item;
  const put: Write<'case'> = {
    guards: 'case',
    of: (entities) =>
      entities.theCase
        .put(item)
        .where(({ version: there }, { eq, notExists }) =>
          versionRead === 0 ? notExists(there) : eq(there, versionRead),
        )
        .commit(),
  };
  if (versionRead > 0) return [put];
  const numbered = { caseNumber: normalisedCaseNumber(caseNumber), caseId };
  return [put, { guards: 'case', of: (entities) => entities.caseNumber.create(numbered).commit() }];
}

/** On the board while its notice is posted, a stopped one too. */
export function postingWrites(before: ReliefCase | undefined, after: ReliefCase): Write<'none'>[] {
  const { caseId } = after;
  const was = before !== undefined && posted.includes(before.status);
  const is = posted.includes(after.status);
  const posting = { board: noticeBoard, caseId };
  if (was === is) return [];
  return [
    {
      guards: 'none',
      of: (entities) => (is ? entities.posting.put(posting) : entities.posting.delete(posting)).commit(),
    },
  ];
}

/** A part of a case as it lies in the table, for its seal, and the write that puts it there. */
export type Part = StoredItem & Write<'none'>;

export const partOf = (entity: SealedEntity, attributes: StoredItem['attributes'], of: Write<'none'>['of']): Part => ({
  entity,
  attributes,
  guards: 'none',
  of,
});

/** Requests, votes, awards, payouts, objections and recoveries, each put whole. The case's version guards them all. */
export async function partWrites(store: Store, changes: Changes): Promise<Part[]> {
  const { caseId, beneficiaryId } = changes.case;
  const { keyRing } = store;
  const requests = (changes.requests ?? []).map((request): Part => {
    const item = { caseId, requestId: request.requestId, body: request };
    return partOf('request', item, (entities) => entities.request.put(item).commit());
  });
  const votes = (changes.votes ?? []).map(async (vote): Promise<Part> => {
    const { requestId, personId } = vote;
    const item = { caseId, requestId, personId, body: await sealVote(keyRing, beneficiaryId, vote) };
    return partOf('vote', item, (entities) => entities.vote.put(item).commit());
  });
  const awards = (changes.awards ?? []).map((award): Part => {
    const item = { caseId, awardId: award.awardId, body: award };
    return partOf('award', item, (entities) => entities.award.put(item).commit());
  });
  const payouts = (changes.payouts ?? []).map(async (payout): Promise<Part> => {
    const { payoutId, status, orderedAt } = payout;
    const item = { caseId, payoutId, status, orderedAt, body: await sealPayout(keyRing, beneficiaryId, payout) };
    return partOf('payout', item, (entities) => entities.payout.put(item).commit());
  });
  const objections = (changes.objections ?? []).map(async (objection): Promise<Part> => {
    const { objectionId } = objection;
    const item = { caseId, objectionId, body: await sealObjection(keyRing, beneficiaryId, objection) };
    return partOf('objection', item, (entities) => entities.objection.put(item).commit());
  });
  const recoveries = (changes.recoveries ?? []).map(async (recovery): Promise<Part> => {
    const { recoveryId, status, openedAt } = recovery;
    const item = { caseId, recoveryId, status, openedAt, body: await sealRecovery(keyRing, beneficiaryId, recovery) };
    return partOf('recovery', item, (entities) => entities.recovery.put(item).commit());
  });
  return [...requests, ...awards, ...(await Promise.all([...votes, ...payouts, ...objections, ...recoveries]))];
}

/** The task lists of those asked: an item while the request is open to them. */
export function taskWrites(file: CaseFile | undefined, changes: Changes): Write<'none'>[] {
  return (changes.requests ?? []).flatMap((request): Write<'none'>[] => {
    const before = askedBy(file?.requests.find(({ requestId }) => requestId === request.requestId));
    const after = askedBy(request);
    const { caseId, requestId, purpose, openedAt } = request;
    return [
      ...after
        .filter((askedId) => !before.includes(askedId))
        .map(
          (askedId): Write<'none'> => ({
            guards: 'none',
            of: ({ task }) => task.put({ askedId, requestId, caseId, purpose, openedAt }).commit(),
          }),
        ),
      ...before
        .filter((askedId) => !after.includes(askedId))
        .map(
          (askedId): Write<'none'> => ({
            guards: 'none',
            of: ({ task }) => task.delete({ askedId, requestId }).commit(),
          }),
        ),
    ];
  });
}

const askedBy = (request: DecisionRequest | undefined): string[] =>
  request?.status !== 'open'
    ? []
    : [
        ...new Set(
          request.seats
            .filter(({ askedAt, leftBecause }) => askedAt !== undefined && leftBecause === undefined)
            .map(({ personId }) => personId),
        ),
      ];

/** Claims taken (unless another case holds them) and given back (those that are still this case's). */
export async function claimWrites(store: Store, changes: Changes): Promise<Write<'claim' | 'none'>[]> {
  const caseId: string = changes.case.caseId;
  const taken = new Set(changes.takesClaims);
  const released = new Set(changes.releasesClaims?.filter((key) => !taken.has(key)));
  const takes = [...taken].map(async (key): Promise<Write<'claim'>> => {
    const claimHash = await claimHashOf(store, key);
    return {
      guards: 'claim',
      of: ({ claim }) =>
        claim
          .put({ claimHash, caseId })
          .where(({ caseId: holder }, { eq, notExists }) => `${notExists(holder)} OR ${eq(holder, caseId)}`)
          .commit(),
    };
  });
  const releases = [...released].map(async (key): Promise<Write<'none'>[]> => {
    const claimHash = await claimHashOf(store, key);
    const { data } = await store.entities.claim.get({ claimHash }).go({ consistent: true });
    if (data?.caseId !== caseId) return [];
    return [{ guards: 'none', of: ({ claim }) => claim.delete({ claimHash }).commit() }];
  });
  return [...(await Promise.all(takes)), ...(await Promise.all(releases)).flat()];
}

/** Bank references taken, unless another payout carries them. */
export const bankReferenceWrites = (store: Store, changes: Changes): Promise<Write<'bank-reference'>[]> =>
  Promise.all(
    (changes.takesBankReferences ?? []).map(async ({ reference, payoutId }): Promise<Write<'bank-reference'>> => {
      const referenceHash = await store.keyRing.searchHash('bank-reference', reference);
      const item: Record<'referenceHash' | 'caseId' | 'payoutId', string> = {
        referenceHash,
        caseId: changes.case.caseId,
        payoutId,
      };
      return {
        guards: 'bank-reference',
        of: ({ bankReference }) =>
          bankReference
            .put(item)
            .where(
              ({ payoutId: carrier }, { eq, notExists }) => `${notExists(carrier)} OR ${eq(carrier, item.payoutId)}`,
            )
            .commit(),
      };
    }),
  );

/** Bank references given back, those that are still this payout's. */
export const referencesFreed = (store: Store, changes: Changes): Promise<Write<'bank-reference'>[]> =>
  Promise.all(
    (changes.releasesBankReferences ?? []).map(async ({ reference, payoutId }): Promise<Write<'bank-reference'>> => {
      const referenceHash = await store.keyRing.searchHash('bank-reference', reference);
      const carrierNow: string = payoutId;
      return {
        guards: 'bank-reference',
        of: ({ bankReference }) =>
          bankReference
            .delete({ referenceHash })
            .where(({ payoutId: carrier }, { eq }) => eq(carrier, carrierNow))
            .commit(),
      };
    }),
  );

/** Outbox items to send and those done, and the links that become valid with this change. */
export async function messageWrites(store: Store, changes: Changes): Promise<Write<'none'>[]> {
  const { caseId } = changes.case;
  const links = await Promise.all(
    (changes.links ?? []).map(async (issue): Promise<Write<'none'>> => {
      const linkHash = store.keyRing.linkHash(await store.keyRing.linkToken(issue));
      const expiresAtEpoch = Math.floor(epochMsOf(issue.expiresAt) / 1000) + linkKeptSeconds;
      const { requestId, personId, generation, expiresAt } = issue;
      const item = { linkHash, expiresAtEpoch, body: { caseId, requestId, personId, generation, expiresAt } };
      return { guards: 'none', of: ({ link }) => link.put(item).commit() };
    }),
  );
  const items = (changes.outbox ?? []).map(outboxWrite);
  const done = (changes.doneOutbox ?? []).map(outboxDone);
  return [...links, ...items, ...done];
}
