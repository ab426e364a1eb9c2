import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CarryPort, carryBatch, carryPort } from '../../functions/middleware/carry-batch.ts';
import { actOnCase, type CaseReading } from '../../functions/middleware/act-on-case.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { sweepOutbox } from '../../functions/waits/sweep-outbox.ts';
import { awardSchema } from '../../shared/cases/decision-request.ts';
import { withdrawApplication } from '../../shared/cases/withdraw-application.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import { beginBatch, closeBatch, dissolveBatch, releaseBatch } from '../../shared/disbursement/decide-batch.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { aggregateName, faultInChain } from '../../shared/kernel/audit.ts';
import {
  type BatchId,
  batchIdSchema,
  type CaseId,
  outboxIdSchema,
  personIdSchema,
  randomId,
} from '../../shared/kernel/ids.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { loadAround } from '../../shared/store/around-store.ts';
import { batchesByStatus, getBatch, getBatches, nextBatchNumber, saveBatch } from '../../shared/store/batch-store.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { listFunds } from '../../shared/store/fund-store.ts';
import { auditTrail } from '../../shared/store/journal-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { payeeDigest, payeeHistory } from '../../shared/store/payee-account-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { sealOf } from '../../shared/store/seals.ts';
import { outboxPorts } from '../support/outbox-ports.ts';
import { changesTo, reserveEntry, sampleCase, savedFile } from '../support/sample-case.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

const start = asInstant('2016-10-08T02:00:00.000Z');
const fundId = 'municipal-federation';
const programme = seedProgrammes.find(({ id }) => id === 'major-illness-relief')!;
const maker = personIdSchema.parse('ji-qiushi');
const checker = personIdSchema.parse('bian-sujun');
const file = { name: 'a.csv', objectKey: 'batches/x', contentType: 'x/y', sha256: 'hash', sizeBytes: 1 };

let own: TestStore;
let ports: ReturnType<typeof outboxPorts>;
beforeAll(async () => {
  own = await startStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
});
afterAll(() => own.stop());
beforeEach(() => {
  ports = outboxPorts(own.store, start);
});

type Payee = { readonly holderName: string; readonly bankName: string; readonly accountNumber: string };
const payeeOf = (accountNumber: string): Payee => ({ holderName: '林海生', bankName: '农商银行', accountNumber });

/** A case with one yuan to pay, ordered: in one payment, or in as many. */
async function ordered(
  over: { household?: string; beneficiary?: string; account?: string; payments?: 1 | 2 } = {},
): Promise<CaseId> {
  const theCase = sampleCase(randomId(), {
    status: 'in-payment',
    householdId: over.household ?? `household-${randomId()}`,
    beneficiaryId: over.beneficiary ?? `person-${randomId()}`,
    stageIndex: 3,
    programmeVersion: programme.version,
  });
  const { caseId } = theCase;
  const awards = [
    awardSchema.parse({
      ...{ awardId: `${caseId}.1`, caseId, kind: 'whole', amountFen: 100, shares: [{ fundId, amountFen: 100 }] },
      ...{ signedBy: ['di-anlan'], requestIds: [], status: 'reserved', at: start },
    }),
  ];
  const { payments = 1 } = over;
  const payouts = Array.from({ length: payments }, (_, index) =>
    payoutSchema.parse({
      ...{ payoutId: `${caseId}.1.${index + 1}.1`, caseId, awardId: `${caseId}.1`, fundId, attempt: 1 },
      ...{ amountFen: 100 / payments, payee: payeeOf(over.account ?? '62220000') },
      ...{ status: 'ordered', orderedAt: start },
    }),
  );
  const entries = [reserveEntry(caseId, fundId, 100)];
  for (;;) {
    const changes = changesTo(theCase, { awards, payouts, entries });
    const saved = await saveChanges(own.store, undefined, changes, { funds: await listFunds(own.store) });
    if (saved.kind !== 'stale') return savedFile(saved).case.caseId;
  }
}

const fileOf = async (caseId: CaseId) => (await loadCaseFile(own.store, caseId))!;
const statusesOf = (caseIds: readonly CaseId[]) =>
  Promise.all(caseIds.map(async (caseId) => (await fileOf(caseId)).payouts[0]!.status));
const batchOf = async (batchId: BatchId) => (await getBatch(own.store, batchId))!;
const itemOf = (batchId: BatchId, what: string) => ({
  ...({
    kind: 'batch',
    outboxId: outboxIdSchema.parse(`batch-${batchId}-${what}`),
    createdAt: start,
    batchId,
  } as const),
});

/** The header of a batch of these cases' payments, with what is to be carried; nothing is carried yet. */
async function begun(caseIds: readonly CaseId[]): Promise<BatchId> {
  const batchId = batchIdSchema.parse(randomId());
  const payouts = (await Promise.all(caseIds.map(fileOf))).flatMap((read) => read.payouts);
  const members = await Promise.all(
    payouts.map(async ({ caseId, payoutId, fundId: fund, amountFen, payee }) => ({
      ...{ caseId, payoutId, fundId: fund, amountFen },
      ...{ payeeDigest: await payeeDigest(own.store, payee), isIn: false },
    })),
  );
  const decided = beginBatch({
    ...{ batchId, batchNumber: await nextBatchNumber(own.store, 2016), profileId: 'generic-csv', members, answers: [] },
    ...{ personId: maker, at: start },
  });
  if (decided.kind === 'refused') throw new Error(decided.code);
  expect((await saveBatch(own.store, decided.batch, decided.facts, [itemOf(batchId, 'begin')])).kind).toBe('saved');
  return batchId;
}

async function made(caseIds: readonly CaseId[]): Promise<BatchId> {
  const batchId = await begun(caseIds);
  expect(await carryBatch(carryPort(ports.act), batchId)).toBe('done');
  return batchId;
}

async function release(batch: Batch): Promise<'saved' | 'stale'> {
  const decided = releaseBatch(batch, { personId: checker, seenVersion: batch.version, file, at: start });
  if (decided.kind === 'refused') throw new Error(decided.code);
  return (await saveBatch(own.store, decided.batch, decided.facts, [itemOf(batch.batchId, 'release')])).kind;
}

async function dissolve(batch: Batch): Promise<'saved' | 'stale'> {
  const decided = dissolveBatch(batch, maker, start);
  if (decided.kind === 'refused') throw new Error(decided.code);
  return (await saveBatch(own.store, decided.batch, decided.facts, [itemOf(batch.batchId, 'dissolve')])).kind;
}

/** The cases as a request reads them that checks them. */
const readingsOf = (caseIds: readonly CaseId[]): Promise<CaseReading[]> =>
  Promise.all(
    caseIds.map(async (caseId) => {
      const read = await fileOf(caseId);
      return { file: read, around: await loadAround(own.store, read, { now: start, newId: randomId }) };
    }),
  );

const withdraw = (caseId: CaseId) => actOnCase(ports.act, caseId, withdrawApplication);
const sweep = () => {
  ports.pass(21_000);
  return sweepOutbox(ports.outbox, () => undefined);
};
const batchItems = async () =>
  (await outboxOlderThan(own.store, asInstant('2030-01-01T00:00:00.000Z'))).filter(({ kind }) => kind === 'batch');

describe('a batch', () => {
  test('is found by its id and by its status, with a chain of its own', async () => {
    const caseIds = [await ordered(), await ordered()];
    const batchId = await made(caseIds);
    const batch = await batchOf(batchId);
    expect(batch).toMatchObject({ status: 'made', totalFen: 200 });
    expect((await batchesByStatus(own.store, 'made', { limit: 50 })).items).toContainEqual(batch);
    expect(await getBatches(own.store, [batchId, batchId, batchIdSchema.parse('nothing')])).toEqual([batch]);
    expect(await statusesOf(caseIds)).toEqual(['batched', 'batched']);
    const trail = await auditTrail(own.store, aggregateName('batch', batchId));
    expect(trail.map(({ event }) => event)).toEqual(['batch.begun', 'batch.closed', 'batch.made']);
    expect(faultInChain(trail, batch.audit)).toBeUndefined();
  });

  test('is sealed by its chain at every step, also while it is in the making', async () => {
    const caseIds = [await ordered(), await ordered()];
    const batchId = await begun(caseIds);
    const port = carryPort(ports.act);
    const seals: boolean[] = [];
    const looking: CarryPort = {
      ...port,
      act: async (caseId, decide, ...more) => {
        const told = await port.act(caseId, decide, ...more);
        const { data } = await own.store.entities.batch.get({ batchId }).go({ consistent: true });
        const trail = await auditTrail(own.store, aggregateName('batch', batchId));
        const digest = sealOf({ entity: 'batch', attributes: { ...data } });
        seals.push(trail.at(-1)?.seals?.[`batch#${batchId}`] === digest);
        return told;
      },
    };
    await carryBatch(looking, batchId);
    expect(seals).toEqual([true, true]);
  });

  test('promise 1: takes none in once it is closed, whoever decided on an older reading', async () => {
    const caseIds = [await ordered(), await ordered()];
    const batchId = await begun(caseIds);
    const closed = closeBatch(await batchOf(batchId), start);
    if (closed.kind === 'refused') throw new Error(closed.code);
    const port = carryPort(ports.act);
    const overtaken: CarryPort = {
      ...port,
      act: async (caseId, decide, ...more) => {
        if (caseId !== caseIds[1]) return port.act(caseId, decide, ...more);
        return port.act(
          caseId,
          async (file, around) => {
            const decided = await decide(file, around);
            await saveBatch(own.store, closed.batch, closed.facts, []);
            return decided;
          },
          ...more,
        );
      },
    };
    await carryBatch(overtaken, batchId);
    const { status, members } = await batchOf(batchId);
    expect(status).toBe(members.length === 0 ? 'dissolved' : 'made');
    expect(members.map(({ caseId }) => caseId)).not.toContain(caseIds[1]);
    expect((await statusesOf(caseIds))[1]).toBe('ordered');
  });

  test('is made by the request that has begun it without reading header or cases again', async () => {
    const caseIds = [await ordered(), await ordered(), await ordered()];
    const batch = await batchOf(await begun(caseIds));
    const known = { batch, readings: await readingsOf(caseIds) };
    const read: string[] = [];
    const port = carryPort(ports.act);
    const looking: CarryPort = {
      ...port,
      getBatch: (batchId) => (read.push('header'), port.getBatch(batchId)),
      act: async (caseId, decide, header, reading) => {
        let decisions = 0;
        const counted: typeof decide = (file, around) => {
          decisions += 1;
          if (file !== reading?.file) read.push(caseId);
          return decide(file, around);
        };
        const told = await port.act(caseId, counted, header, reading);
        expect(decisions).toBe(1);
        return told;
      },
    };
    expect(await carryBatch(looking, batch.batchId, known)).toBe('done');
    expect(read).toEqual([]);
    expect(await batchOf(batch.batchId)).toMatchObject({ status: 'made', totalFen: 300 });
    const trail = await auditTrail(own.store, aggregateName('batch', batch.batchId));
    expect(faultInChain(trail, (await batchOf(batch.batchId)).audit)).toBeUndefined();
  });

  test('promise 1: holds no payment that was called off after it was checked, whatever the request still knows', async () => {
    const caseIds = [await ordered(), await ordered()];
    const readings = await readingsOf(caseIds);
    const batch = await batchOf(await begun(caseIds));
    expect((await withdraw(caseIds[0]!)).kind).toBe('done');
    await carryBatch(carryPort(ports.act), batch.batchId, { batch, readings });
    expect(await batchOf(batch.batchId)).toMatchObject({ status: 'made', members: [{ caseId: caseIds[1] }] });
    expect(await statusesOf(caseIds)).toEqual(['cancelled', 'batched']);
  });

  test('promise 1: is not closed on an old header: who left it meanwhile stays out of it', async () => {
    const caseIds = [await ordered(), await ordered()];
    const batch = await batchOf(await begun(caseIds));
    const port = carryPort(ports.act);
    let isFirst = true;
    const overtaken: CarryPort = {
      ...port,
      saveBatch: async (...of) => {
        if (isFirst) expect((await withdraw(caseIds[0]!)).kind).toBe('done');
        isFirst = false;
        return port.saveBatch(...of);
      },
    };
    const known = { batch, readings: await readingsOf(caseIds) };
    expect(await carryBatch(overtaken, batch.batchId, known)).toBe('done');
    expect(await batchOf(batch.batchId)).toMatchObject({
      status: 'made',
      totalFen: 100,
      members: [{ caseId: caseIds[1] }],
    });
  });

  test('of two payments of one case is made and sent on one reading of it: the other decides on what the first has left', async () => {
    const caseId = await ordered({ payments: 2 });
    const batch = await batchOf(await begun([caseId]));
    const port = carryPort(ports.act);
    const given: boolean[] = [];
    const noting: CarryPort = {
      ...port,
      act: (id, decide, header, reading) => {
        given.push(reading !== undefined);
        return port.act(id, decide, header, reading);
      },
    };
    expect(batch.members).toHaveLength(2);
    expect(await carryBatch(noting, batch.batchId, { batch, readings: await readingsOf([caseId]) })).toBe('done');
    const inIt = await batchOf(batch.batchId);
    expect(inIt).toMatchObject({ status: 'made', totalFen: 100, members: [{ isIn: true }, { isIn: true }] });
    // Checked before its release was written, as a page checks it.
    const readings = await readingsOf([caseId]);
    expect(await release(inIt)).toBe('saved');
    const released = await batchOf(batch.batchId);
    expect(await carryBatch(noting, batch.batchId, { batch: released, readings })).toBe('done');
    expect((await fileOf(caseId)).payouts.map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(given).toEqual([true, false, true, false]);
  });

  test('made twice at once is one', async () => {
    const caseIds = [await ordered(), await ordered(), await ordered()];
    const batchId = await begun(caseIds);
    await Promise.all([carryBatch(carryPort(ports.act), batchId), carryBatch(carryPort(ports.act), batchId)]);
    await sweep();
    expect(await batchOf(batchId)).toMatchObject({ status: 'made', totalFen: 300 });
    expect(await statusesOf(caseIds)).toEqual(['batched', 'batched', 'batched']);
  });

  test('never has a payment that another has: of two begun at once each has its own', async () => {
    const caseIds = [await ordered(), await ordered(), await ordered(), await ordered()];
    const batchIds = await Promise.all([begun(caseIds), begun(caseIds)]);
    await Promise.all(batchIds.map((batchId) => carryBatch(carryPort(ports.act), batchId).catch(() => undefined)));
    await sweep();
    const batches = await Promise.all(batchIds.map(batchOf));
    const members = batches.flatMap((batch) => batch.members.map(({ caseId }) => caseId));
    expect(members.toSorted()).toEqual(caseIds.toSorted());
    for (const caseId of caseIds) {
      const [payout] = (await fileOf(caseId)).payouts;
      const holder = batches.find(({ batchId }) => batchId === payout!.batchId);
      expect(holder?.members.map((member) => member.caseId)).toContain(caseId);
    }
    expect(batches.map(({ status, members: own }) => own.length === 0 || status === 'made')).toEqual([true, true]);
  });

  test('released by several at once is released once', async () => {
    const batchId = await made([await ordered()]);
    const batch = await batchOf(batchId);
    const raced = await Promise.all(Array.from({ length: 8 }, () => release(batch)));
    expect(raced.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    const trail = await auditTrail(own.store, aggregateName('batch', batchId));
    expect(trail.filter(({ event }) => event === 'batch.released')).toHaveLength(1);
  });

  test('released and dissolved at once is one of the two', async () => {
    for (let round = 0; round < 5; round += 1) {
      const caseIds = [await ordered()];
      const batch = await batchOf(await made(caseIds));
      const outcomes = await Promise.all([release(batch), dissolve(batch)]);
      expect(outcomes.toSorted()).toEqual(['saved', 'stale']);
      await sweep();
      const { status } = await batchOf(batch.batchId);
      expect(await statusesOf(caseIds)).toEqual([status === 'released' ? 'sent' : 'ordered']);
    }
  });
});

describe('promise 1: a withdrawal that meets a release', () => {
  /** The payment is out of the file and cancelled, or in it and sent: never both, and the batch's chain holds. */
  async function expectOneOfBoth(batchId: BatchId, caseId: CaseId, kinds: { withdrawn: string; released: string }) {
    await sweep();
    const now = await batchOf(batchId);
    const [status] = await statusesOf([caseId]);
    const isListed = now.members.some((member) => member.caseId === caseId);
    const isOut = kinds.withdrawn === 'done';
    expect([kinds.released, status, isListed]).toEqual(isOut ? ['stale', 'cancelled', false] : ['saved', 'sent', true]);
    expect(faultInChain(await auditTrail(own.store, aggregateName('batch', batchId)), now.audit)).toBeUndefined();
  }

  test('promise 1: that is written first takes the payment out of the file, and whoever releases must look again', async () => {
    const [caseId, other] = [await ordered(), await ordered()];
    const batch = await batchOf(await made([caseId, other]));
    const withdrawn = (await withdraw(caseId)).kind;
    const released = await release(batch);
    await expectOneOfBoth(batch.batchId, caseId, { withdrawn, released });
    expect(await release(await batchOf(batch.batchId))).toBe('saved');
    await sweep();
    expect(await statusesOf([caseId, other])).toEqual(['cancelled', 'sent']);
  });

  test('promise 1: that was decided first and is written later is refused', async () => {
    const [caseId, other] = [await ordered(), await ordered()];
    const batch = await batchOf(await made([caseId, other]));
    let released: string | undefined;
    const outcome = await actOnCase(ports.act, caseId, async (file, around) => {
      const decided = withdrawApplication(file, around);
      released ??= await release(batch);
      return decided;
    });
    expect(outcome).toMatchObject({ kind: 'refused', code: 'already-released' });
    await expectOneOfBoth(batch.batchId, caseId, { withdrawn: outcome.kind, released: released ?? '' });
  });

  test('promise 1: at the same moment is one of the two', async () => {
    for (let round = 0; round < 12; round += 1) {
      const [caseId, other] = [await ordered(), await ordered()];
      const batch = await batchOf(await made([caseId, other]));
      const [released, withdrawn] = await Promise.all([release(batch), withdraw(caseId)]);
      await expectOneOfBoth(batch.batchId, caseId, { withdrawn: withdrawn.kind, released });
    }
  });

  test('promise 1: while the batch is in the making leaves it without the payment', async () => {
    const caseIds = [await ordered(), await ordered()];
    const batchId = await begun(caseIds);
    const port = carryPort(ports.act);
    const withdrawing: CarryPort = {
      ...port,
      act: async (caseId, decide, ...more) => {
        const told = await port.act(caseId, decide, ...more);
        if (caseId === caseIds[0]) expect((await withdraw(caseId)).kind).toBe('done');
        return told;
      },
    };
    await carryBatch(withdrawing, batchId);
    expect(await batchOf(batchId)).toMatchObject({ status: 'made', totalFen: 100, members: [{ caseId: caseIds[1] }] });
    expect(await statusesOf(caseIds)).toEqual(['cancelled', 'batched']);
  });
});

describe('promise 1: a process that is killed between any two writes', () => {
  /** Its writes until the one that it does not live to see; `after`: that one was written, and its answer was lost. */
  function dying(port: CarryPort, lives: number, after: boolean): CarryPort {
    let left = lives;
    const die = async <T>(write: () => Promise<T>): Promise<T> => {
      if (left < 0) throw new Error('killed');
      left -= 1;
      if (left < 0 && !after) throw new Error('killed');
      const done = await write();
      if (left < 0) throw new Error('killed');
      return done;
    };
    return {
      ...port,
      act: (caseId, decide, ...more) => die(() => port.act(caseId, decide, ...more)),
      saveBatch: (batch, facts) => die(() => port.saveBatch(batch, facts)),
    };
  }

  const moments = [0, 1, 2, 3, 4].flatMap((lives) => [[lives, false] as const, [lives, true] as const]);

  test.each(moments)(
    'promise 1: making, after %i writes (answer lost: %s), is finished by the sweeper',
    async (lives, after) => {
      const caseIds = [await ordered(), await ordered(), await ordered()];
      const batchId = await begun(caseIds);
      const known = { batch: await batchOf(batchId), readings: await readingsOf(caseIds) };
      await carryBatch(dying(carryPort(ports.act), lives, after), batchId, known).catch(() => undefined);
      await sweep();
      expect(await batchOf(batchId)).toMatchObject({ status: 'made', totalFen: 300 });
      expect(await statusesOf(caseIds)).toEqual(['batched', 'batched', 'batched']);
      expect(await batchItems()).toEqual([]);
    },
  );

  test.each(moments)('promise 1: releasing, after %i writes (answer lost: %s)', async (lives, after) => {
    const caseIds = [await ordered(), await ordered(), await ordered()];
    const batchId = await made(caseIds);
    expect(await release(await batchOf(batchId))).toBe('saved');
    const known = { batch: await batchOf(batchId), readings: await readingsOf(caseIds) };
    await carryBatch(dying(carryPort(ports.act), lives, after), batchId, known).catch(() => undefined);
    for (const caseId of caseIds) expect(await withdraw(caseId)).toMatchObject({ code: 'already-released' });
    await sweep();
    expect(await statusesOf(caseIds)).toEqual(['sent', 'sent', 'sent']);
    expect(await batchItems()).toEqual([]);
  });

  test.each(moments)('promise 1: dissolving, after %i writes (answer lost: %s)', async (lives, after) => {
    const caseIds = [await ordered(), await ordered(), await ordered()];
    const batchId = await made(caseIds);
    expect(await dissolve(await batchOf(batchId))).toBe('saved');
    await carryBatch(dying(carryPort(ports.act), lives, after), batchId).catch(() => undefined);
    await sweep();
    expect(await statusesOf(caseIds)).toEqual(['ordered', 'ordered', 'ordered']);
    expect(await batchItems()).toEqual([]);
  });

  test('promise 1: whoever is late with an old reading puts no payment into a batch that was dissolved meanwhile', async () => {
    const caseIds = [await ordered(), await ordered()];
    const batchId = await begun(caseIds);
    const port = carryPort(ports.act);
    let isFirst = true;
    const late: CarryPort = {
      ...port,
      act: async (caseId, decide, ...more) => {
        if (isFirst) {
          isFirst = false;
          await carryBatch(port, batchId);
          expect(await dissolve(await batchOf(batchId))).toBe('saved');
          await carryBatch(port, batchId);
        }
        return port.act(caseId, decide, ...more);
      },
    };
    await carryBatch(late, batchId);
    expect(await statusesOf(caseIds)).toEqual(['ordered', 'ordered']);
    expect((await batchOf(batchId)).status).toBe('dissolved');
  });
});

describe('what was paid to an account before', () => {
  test('is told by account, household and beneficiary, without the account in the clear', async () => {
    const account = '6222999988887777';
    const mine = { household: 'history-1', beneficiary: 'history-person-1' };
    const before = await fileOf(await ordered({ ...mine, account: '6222111122223333' }));
    const about = (caseId: CaseId, household: string, beneficiary: string) =>
      fileOf(caseId).then((found) =>
        payeeHistory(own.store, {
          payout: found.payouts[0]!,
          householdId: sampleCase('x', { householdId: household }).householdId,
          beneficiaryId: personIdSchema.parse(beneficiary),
        }),
      );
    const first = await ordered({ ...mine, account });
    expect(await about(first, 'history-1', 'history-person-1')).toEqual({
      isOfAnotherHousehold: false,
      wasPaidBefore: false,
      isChanged: false,
    });
    const payouts = [{ ...before.payouts[0]!, status: 'paid' as const }];
    await saveChanges(own.store, before, changesTo(before.case, { payouts }), { funds: [] });
    expect(await about(first, 'history-1', 'history-person-1')).toMatchObject({
      isChanged: true,
      wasPaidBefore: false,
    });
    const other = await ordered({ household: 'history-2', account: `6222 9999 8888 7777` });
    expect(await about(other, 'history-2', 'someone')).toMatchObject({ isOfAnotherHousehold: true, isChanged: false });
    const text = JSON.stringify(await rawItems(own.client, own.tables.cases));
    for (const each of [account, '6222111122223333']) expect(text).not.toContain(each);
  });
});
