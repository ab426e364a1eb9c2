import * as z from 'zod';
import type { CaseFile } from '../cases/case-file.ts';
import type { RequestPurpose } from '../cases/decision-request.ts';
import { requestPurposes } from '../cases/decision-request.ts';
import { type CaseId, caseIdSchema, type PersonId, requestIdSchema } from '../kernel/ids.ts';
import { instantSchema } from '../kernel/time.ts';
import {
  openAward,
  openObjection,
  openPayout,
  openRecovery,
  openRequest,
  openScheduledItem,
  openVote,
} from './case-part-sealing.ts';
import { type CaseSummary, openCase, openCaseSummary } from './case-sealing.ts';
import { knownCursor, type Page, pageOf } from './cursor.ts';
import type { Store } from './open-store.ts';
import { consistently, wholeRead } from './whole-batch.ts';

export type { CaseSummary } from './case-sealing.ts';

export const noticeBoard = 'notices';

/** Everything in one case's partition, read consistently; undefined if there is no such case. */
export async function loadCaseFile(store: Store, caseId: CaseId): Promise<CaseFile | undefined> {
  const { data } = await store.collections.caseFile(caseId);
  const [found] = data.theCase;
  if (found === undefined) return undefined;
  const items = { item: found, application: data.application[0]?.body };
  const { keyRing } = store;
  const [opened, votes, payouts, objections, scheduled, recoveries] = await Promise.all([
    openCase(keyRing, items),
    Promise.all(
      data.vote.map(async (each) => bound(await openVote(keyRing, each.body), each, ['requestId', 'personId'])),
    ),
    Promise.all(data.payout.map(async (each) => bound(await openPayout(keyRing, each.body), each, ['payoutId']))),
    Promise.all(data.objection.map((each) => openObjection(keyRing, each.body))),
    Promise.all(data.scheduledItem.map((each) => openScheduledItem(keyRing, each.body))),
    Promise.all(data.recovery.map(async (each) => bound(await openRecovery(keyRing, each.body), each, ['recoveryId']))),
  ]);
  return {
    case: opened,
    requests: data.request.map(({ body }) => openRequest(body)).sort(by(({ openedAt }) => openedAt)),
    votes: votes.sort(by(({ at }) => at)),
    awards: data.award.map((each) => bound(openAward(each.body), each, ['awardId'])).sort(by(({ at }) => at)),
    payouts: payouts.sort(by(({ orderedAt }) => orderedAt)),
    objections: objections.sort(by(({ raisedAt }) => raisedAt)),
    scheduled: scheduled.sort(by(({ dueAt }) => dueAt)),
    recoveries: recoveries.sort(by(({ openedAt }) => openedAt)),
  };
}

/**
 * The part, if its item carries these ids beside the body. Who may write a vote, an award, a payout or a recovery is settled by IAM by the
 * names of these attributes: an item without them was not written by somebody who may.
 */
function bound<Id extends string, Part extends Readonly<Record<Id, string>>>(
  part: Part,
  item: Readonly<Record<Id, string>>,
  ids: readonly Id[],
): Part {
  const odd = ids.find((id) => part[id] !== item[id]);
  if (odd !== undefined) throw new Error(`a part of a case does not carry its own ${odd}`);
  return part;
}

const by =
  <T>(textOf: (thing: T) => string) =>
  (a: T, b: T): number =>
    textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;

/** A case number however it was typed: `db 2016 1`, `DB－2016－00001`. */
export const normalisedCaseNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** The case with that number, typed with or without dashes and in any case; undefined if there is none. */
export async function findCaseByNumber(store: Store, text: string): Promise<CaseId | undefined> {
  const caseNumber = normalisedCaseNumber(text);
  if (caseNumber === '' || caseNumber.length > 40) return undefined;
  const { data } = await store.entities.caseNumber.get({ caseNumber }).go({ consistent: true });
  return data === null ? undefined : caseIdSchema.parse(data.caseId);
}

/** The other cases of a case's household, newest first. Which they are is read from an index, so a moment late. */
export async function otherCasesOfHousehold(
  store: Store,
  { caseId, householdId }: Pick<CaseSummary, 'caseId' | 'householdId'>,
): Promise<CaseSummary[]> {
  const { data } = await store.entities.theCase.query
    .ofHousehold({ householdId })
    .go({ pages: 'all', order: 'desc', attributes: ['caseId'] });
  return caseSummaries(
    store,
    caseIdsOf(data).filter((each) => each !== caseId),
  );
}

/** Open or closed cases, newest first, a page at a time. Give the cursor back to go on. */
export async function listCases(
  store: Store,
  options: { readonly which: 'open' | 'closed'; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<CaseSummary>> {
  const { data, cursor } = await store.entities.theCase.query
    .listed({ list: options.which })
    .go({ cursor: knownCursor(options.cursor), limit: options.limit, order: 'desc', attributes: ['caseId'] });
  return pageOf(await caseSummaries(store, caseIdsOf(data)), cursor);
}

const halves: readonly string[] = ['case', 'application'];

/** Several cases by id, in the order asked for; unknown ones are left out. */
export async function caseSummaries(store: Store, caseIds: readonly CaseId[]): Promise<CaseSummary[]> {
  const wanted = [...new Set<string>(caseIds)];
  if (wanted.length === 0) return [];
  const { caseHalf } = store.entities;
  const keys = wanted.flatMap((caseId) => halves.map((half) => ({ caseId, half })));
  const found = await wholeRead(store, keys, 'items of cases', (some) =>
    caseHalf.get([...some]).go({ ...consistently, ignoreOwnership: true }),
  );
  const items = new Map<string, unknown>();
  const applications = new Map<string, unknown>();
  for (const each of found) {
    if (each.body === undefined) items.set(each.caseId, each);
    else applications.set(each.caseId, each.body);
  }
  return Promise.all(
    wanted
      .filter((caseId) => items.has(caseId))
      .map((caseId) =>
        openCaseSummary(store.keyRing, { item: items.get(caseId), application: applications.get(caseId) }),
      ),
  );
}

const caseIdsOf = (items: readonly { readonly caseId: string }[]): CaseId[] =>
  items.map(({ caseId }) => caseIdSchema.parse(caseId));

/** Cases whose notice is posted now, stopped ones too, by the day they were posted. */
export async function casesOnNotice(store: Store): Promise<CaseSummary[]> {
  const { data } = await store.entities.posting.query
    .own({ board: noticeBoard })
    .go({ pages: 'all', consistent: true });
  const cases = await caseSummaries(store, caseIdsOf(data));
  return cases.sort(by(({ noticeFrom }) => noticeFrom ?? ''));
}

const taskSchema = z.object({
  caseId: caseIdSchema,
  requestId: requestIdSchema,
  purpose: z.enum(requestPurposes),
  openedAt: instantSchema,
});
export type OpenTask = z.infer<typeof taskSchema> & { readonly purpose: RequestPurpose };

/** The open requests that a person was asked to answer, oldest first. */
export async function openRequestsOf(store: Store, personId: PersonId): Promise<OpenTask[]> {
  const { data } = await store.entities.task.query.own({ askedId: personId }).go({ pages: 'all', consistent: true });
  return data.map((each) => taskSchema.parse(each)).sort(by(({ openedAt }) => openedAt));
}
