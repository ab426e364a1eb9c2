import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardSchema, voteSchema } from '../../shared/cases/decision-request.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { aggregateName, canonicalJson, faultInChain } from '../../shared/kernel/audit.ts';
import { caseIdSchema, outboxIdSchema, personIdSchema, requestIdSchema } from '../../shared/kernel/ids.ts';
import { addHours, asInstant } from '../../shared/kernel/time.ts';
import { objectionSchema } from '../../shared/notice/objection.ts';
import { nextCaseNumber } from '../../shared/store/case-counters-store.ts';
import * as cases from '../../shared/store/case-store.ts';
import { auditTrail } from '../../shared/store/journal-store.ts';
import { resolveLink } from '../../shared/store/link-store.ts';
import { deleteOutboxItems, outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { payoutsByStatus } from '../../shared/store/payout-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { type NotedStore, startNotedStore } from '../support/noted-store.ts';
import { at, canary, changesTo, sampleCase, sampleRequest, savedFile, scheduledVisit } from '../support/sample-case.ts';
import { rawItems } from '../support/store.ts';

let own: NotedStore;
beforeAll(async () => {
  own = await startNotedStore();
});
afterAll(() => own.stop());

const noFunds = { funds: [] };
const create = async (
  id: string,
  more: Parameters<typeof changesTo>[1] = {},
  over: Parameters<typeof sampleCase>[1] = {},
) => savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase(id, over), more), noFunds));

const allParts = (caseId: string) => ({
  requests: [sampleRequest(caseId)],
  votes: [
    voteSchema.parse({
      caseId,
      requestId: `request-${caseId}`,
      personId: 'member-1',
      role: 'patch-member',
      purpose: 'review',
      verdict: 'recommend',
      contentVersion: 1,
      amountFen: 100,
      note: canary,
      missing: [],
      at,
    }),
  ],
  awards: [
    awardSchema.parse({
      awardId: `award-${caseId}`,
      caseId,
      kind: 'whole',
      amountFen: 100,
      shares: [{ fundId: 'fund-1', amountFen: 100 }],
      signedBy: ['officer-1'],
      requestIds: [`request-${caseId}`],
      status: 'reserved',
      at,
    }),
  ],
  payouts: [
    payoutSchema.parse({
      payoutId: `payout-${caseId}`,
      caseId,
      awardId: `award-${caseId}`,
      fundId: 'fund-1',
      amountFen: 100,
      attempt: 1,
      payee: { holderName: canary, bankName: canary, accountNumber: canary },
      status: 'ordered',
      orderedAt: at,
    }),
  ],
  objections: [
    objectionSchema.parse({
      objectionId: `objection-${caseId}`,
      caseId,
      status: 'raised',
      objectorName: canary,
      objectorContact: canary,
      grounds: canary,
      raisedAt: at,
    }),
  ],
  scheduled: [scheduledVisit(caseId, { note: canary, visitedOn: '2016-10-08', by: 'member-1' })],
});

describe('a case file', () => {
  test('comes back from the store as it was saved, with every part', async () => {
    const saved = await create('Ab1', allParts('Ab1'));
    expect(await cases.loadCaseFile(own.store, caseIdSchema.parse('Ab1'))).toEqual(saved);
    expect(saved.case.version).toBe(1);
    expect(
      [saved.requests, saved.votes, saved.awards, saved.payouts, saved.objections, saved.scheduled].map(
        (part) => part.length,
      ),
    ).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('whose id differs only by case is another case', async () => {
    await create('Case-x');
    expect(await cases.loadCaseFile(own.store, caseIdSchema.parse('cASE-x'))).toBeUndefined();
  });

  test('lies in the tables without one personal word in the clear', async () => {
    await create('sealed', { ...allParts('sealed'), takesClaims: [`major/${canary}`] });
    const everything = await Promise.all(Object.values(own.tables).map((table) => rawItems(own.client, table)));
    const text = JSON.stringify(everything);
    expect(text).toContain('sealed');
    expect(text).not.toContain(canary);
  });

  test('submitted twice exists once', async () => {
    await create('twice');
    const again = await saveChanges(own.store, undefined, changesTo(sampleCase('twice')), noFunds);
    expect(again).toEqual({ kind: 'exists' });
  });

  test('written by two at once keeps one write, and the other is told to decide again', async () => {
    const file = await create('raced');
    const write = (status: string) =>
      saveChanges(own.store, file, changesTo({ ...file.case, reasons: [{ zh: status, en: status }] }), noFunds);
    const kinds = (await Promise.all([write('one'), write('other')])).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['saved', 'stale']);
    const trail = await auditTrail(own.store, aggregateName('case', 'raced'));
    const now = await cases.loadCaseFile(own.store, file.case.caseId);
    expect(trail).toHaveLength(2);
    expect(faultInChain(trail, now!.case.audit)).toBeUndefined();
  });

  test('is left untouched, outbox and journal too, when the write is refused', async () => {
    const file = await create('whole');
    await saveChanges(own.store, file, changesTo(file.case), noFunds);
    const before = await Promise.all(Object.values(own.tables).map((table) => rawItems(own.client, table)));
    const outbox = [
      {
        kind: 'wake' as const,
        outboxId: outboxIdSchema.parse('w-1'),
        createdAt: at,
        caseId: file.case.caseId,
        requestId: requestIdSchema.parse('r'),
      },
    ];
    const late = await saveChanges(own.store, file, changesTo(file.case, { ...allParts('whole'), outbox }), noFunds);
    expect(late).toEqual({ kind: 'stale' });
    const after = await Promise.all(Object.values(own.tables).map((table) => rawItems(own.client, table)));
    const withoutKeys = (items: typeof after) =>
      items
        .flat()
        .filter((item) => item['__edb_e__']?.S !== 'owner-keys')
        .map((item) => canonicalJson(JSON.parse(JSON.stringify(item))))
        .sort();
    expect(withoutKeys(after)).toEqual(withoutKeys(before));
  });
});

describe('promise 23: a vote, an award and a payout count only under attributes that IAM grants by name', () => {
  test.each([
    ['vote', 'personId'],
    ['vote', 'requestId'],
    ['award', 'awardId'],
    ['payout', 'payoutId'],
  ])('a %s put without its %s is never read as one', async (kind, attribute) => {
    const caseId = caseIdSchema.parse(`forged-${kind}-${attribute}`);
    await create(caseId, allParts(caseId));
    const items = await rawItems(own.client, own.tables.cases);
    const item = items.find((each) => each['caseId']?.S === caseId && each['__edb_e__']?.S === kind)!;
    const { [attribute]: lost, ...forged } = item;
    expect(lost?.S).toBeDefined();
    await own.client.send(new PutItemCommand({ TableName: own.tables.cases, Item: forged }));
    await expect(cases.loadCaseFile(own.store, caseId)).rejects.toThrow(`does not carry its own ${attribute}`);
    await own.client.send(new PutItemCommand({ TableName: own.tables.cases, Item: item }));
    expect(await cases.loadCaseFile(own.store, caseId)).toBeDefined();
  });
});

describe('forgetting', () => {
  test('a class of values leaves markers where they were, and the other classes readable', async () => {
    const file = await create('forgotten', allParts('forgotten'), { beneficiaryId: 'person-9' });
    await own.store.keyRing.forgetPerson('person-9', 'health');
    const after = await cases.loadCaseFile(own.store, file.case.caseId);
    expect(after!.case.answers).toEqual({});
    expect(after!.votes[0]!.note).toBe('〔已删除〕');
    expect(after!.scheduled[0]).toMatchObject({ note: '〔已删除〕', visitedOn: '2016-10-08' });
    expect(after!.case.applicant.name).toBe(file.case.applicant.name);
    await own.store.keyRing.forgetPerson('person-9', 'identity');
    expect((await cases.loadCaseFile(own.store, file.case.caseId))!.case.applicant.name).toBe('〔已删除〕');
  });
});

describe('lists', () => {
  test('a case is found by its number however it is typed', async () => {
    await create('n1', {}, { caseNumber: 'FD-2016-00077' });
    for (const typed of ['FD-2016-00077', 'fd 2016 00077', 'ＦＤ－２０１６－０００７７'])
      expect(await cases.findCaseByNumber(own.store, typed)).toBe('n1');
    expect(await cases.findCaseByNumber(own.store, 'FD-2016-00078')).toBeUndefined();
  });

  test('numbers drawn at once are all different', async () => {
    const drawn = await Promise.all(Array.from({ length: 5 }, () => nextCaseNumber(own.store, 'DB', 2016)));
    expect(drawn.sort()).toEqual([1, 2, 3, 4, 5].map((number) => `DB-2016-0000${number}`));
  });

  test('a household’s other cases come newest first, closed ones too, and the one that is known is not asked for', async () => {
    const over = { householdId: 'household-7' };
    await create('h1', {}, { ...over, submittedAt: asInstant('2016-01-01T00:00:00.000Z'), status: 'declined' });
    await create('h2', {}, { ...over, submittedAt: asInstant('2016-02-01T00:00:00.000Z') });
    const othersOf = async (id: string) =>
      (await cases.otherCasesOfHousehold(own.store, sampleCase(id, over))).map(({ caseId }) => caseId);
    const alone = sampleCase('alone', { householdId: 'household-8' });
    await create('alone', {}, { householdId: 'household-8' });
    own.operations();
    expect(await cases.otherCasesOfHousehold(own.store, alone)).toEqual([]);
    expect(own.operations()).toEqual(['Query householdId']);
    expect(await othersOf('h1')).toEqual(['h2']);
    await create('h3', {}, { ...over, submittedAt: asInstant('2016-03-01T00:00:00.000Z') });
    expect(await othersOf('h2')).toEqual(['h3', 'h1']);
    own.operations();
    await othersOf('h2');
    expect(own.operations()).toEqual(['Query householdId', 'BatchGetItem caseId']);
    const closed = await cases.listCases(own.store, { which: 'closed', limit: 50 });
    expect(closed.items.map(({ caseId }) => caseId)).toEqual(['h1']);
  });

  test('cases by their ids come with who applied, in the order asked for, by a hundred items in one call', async () => {
    const ids = Array.from({ length: 51 }, (_, number) => caseIdSchema.parse(`many-${number}`));
    for (const id of ids) await create(id);
    const unknown = caseIdSchema.parse('many-nobody');
    const wanted = ids.toReversed();
    for (const [asked, calls] of [
      [wanted.slice(0, 50), 1],
      [[...wanted, unknown], 2],
    ] as const) {
      own.operations();
      const found = await cases.caseSummaries(own.store, asked);
      expect(own.operations().filter((name) => name === 'BatchGetItem caseId')).toHaveLength(calls);
      expect(found.map(({ caseId }) => caseId)).toEqual(asked.filter((id) => id !== unknown));
      for (const { caseId, applicant } of found) expect(applicant).toEqual(sampleCase(caseId).applicant);
    }
  });

  test('open cases are read page by page, each once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await cases.listCases(own.store, { which: 'open', limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ caseId }) => caseId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toContain('h2');
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a case is on the board while its notice is posted', async () => {
    const file = await create('posted', {}, { status: 'on-notice' });
    const onBoard = async () => (await cases.casesOnNotice(own.store)).map(({ caseId }) => caseId);
    expect(await onBoard()).toEqual(['posted']);
    await saveChanges(own.store, file, changesTo({ ...file.case, status: 'in-payment' }), noFunds);
    expect(await onBoard()).toEqual([]);
  });

  test('payouts are listed by what is to be done with them', async () => {
    const file = await create('pay', allParts('pay'));
    const ids = async (status: 'ordered' | 'sent') =>
      (await payoutsByStatus(own.store, status)).items.map(({ payoutId }) => payoutId);
    expect(await ids('ordered')).toContain('payout-pay');
    const payouts = file.payouts.map((payout) => ({ ...payout, status: 'sent' as const }));
    await saveChanges(own.store, file, changesTo(file.case, { payouts }), noFunds);
    expect(await ids('ordered')).not.toContain('payout-pay');
    expect(await ids('sent')).toEqual(['payout-pay']);
  });

  test('a person’s tasks are the requests they were asked and that are still open', async () => {
    const seat = { personId: 'member-5', role: 'patch-member', askedFrom: 'start', askedAt: at, generation: 1 };
    const file = await create('task', { requests: [sampleRequest('task', { seats: [seat] })] });
    const mine = () => cases.openRequestsOf(own.store, personIdSchema.parse('member-5'));
    expect(await mine()).toEqual([{ caseId: 'task', requestId: 'request-task', purpose: 'review', openedAt: at }]);
    const requests = [sampleRequest('task', { seats: [seat], status: 'decided' })];
    await saveChanges(own.store, file, changesTo(file.case, { requests }), noFunds);
    expect(await mine()).toEqual([]);
  });
});

describe('links and the outbox', () => {
  const expiresAt = addHours(at, 24);

  test('a link is valid until it expires, and dies when a newer one is issued', async () => {
    const request = sampleRequest('linked');
    const issue = { requestId: request.requestId, personId: request.seats[0]!.personId, generation: 1, expiresAt };
    const file = await create('linked', { requests: [request], links: [issue] });
    const token = await own.store.keyRing.linkToken(issue);
    expect(token).toHaveLength(43);
    expect(await resolveLink(own.store, token, at)).toMatchObject({
      kind: 'valid',
      caseId: 'linked',
      personId: 'member-1',
    });
    expect(await resolveLink(own.store, token, expiresAt)).toMatchObject({ kind: 'expired' });
    expect(await resolveLink(own.store, token.slice(1), at)).toEqual({ kind: 'unknown' });
    const seats = request.seats.map((seat) => ({ ...seat, generation: 2 }));
    const links = [{ ...issue, generation: 2 }];
    await saveChanges(own.store, file, changesTo(file.case, { requests: [{ ...request, seats }], links }), noFunds);
    expect(await resolveLink(own.store, token, at)).toMatchObject({
      kind: 'superseded',
      requestId: 'request-linked',
    });
    const newer = await own.store.keyRing.linkToken(links[0]!);
    expect(await resolveLink(own.store, newer, at)).toMatchObject({ kind: 'valid' });
  });

  test('an item waits in the outbox from its change on until it is done', async () => {
    const outboxId = outboxIdSchema.parse('start-out');
    const caseId = caseIdSchema.parse('out');
    const item = { kind: 'start' as const, outboxId, createdAt: at, caseId, executionName: 'out' };
    const file = await create('out', { outbox: [item] });
    expect(await outboxOlderThan(own.store, at)).toEqual([]);
    expect(await outboxOlderThan(own.store, addHours(at, 1))).toEqual([item]);
    await saveChanges(own.store, file, changesTo(file.case, { doneOutbox: [item] }), noFunds);
    await deleteOutboxItems(own.store, [item]);
    expect(await outboxOlderThan(own.store, addHours(at, 1))).toEqual([]);
  });
});
