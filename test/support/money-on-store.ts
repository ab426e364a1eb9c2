import { SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { type Acted, actOnCase, type CaseReading } from '../../functions/middleware/act-on-case.ts';
import { carryBankResult, resultPort } from '../../functions/middleware/carry-bank-result.ts';
import { carryBatch, carryPort } from '../../functions/middleware/carry-batch.ts';
import { sweepOutbox } from '../../functions/waits/sweep-outbox.ts';
import type { Around, CaseFile, Decided, OutboxItem } from '../../shared/cases/case-file.ts';
import { castVote } from '../../shared/cases/cast-vote.ts';
import { decideAccount, proposeAccount } from '../../shared/cases/change-account.ts';
import { confirmPayout, failPayout, returnPayout, undoSettlement } from '../../shared/cases/settle-payout.ts';
import { withdrawApplication } from '../../shared/cases/withdraw-application.ts';
import type { Settlement } from '../../shared/disbursement/bank-result/bank-result.ts';
import { applyResult, beginResult } from '../../shared/disbursement/bank-result/decide-result.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import { type BatchDecided, beginBatch, dissolveBatch, releaseBatch } from '../../shared/disbursement/decide-batch.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import { noAudit } from '../../shared/kernel/audit.ts';
import {
  type BankResultId,
  bankResultIdSchema,
  type BatchId,
  batchIdSchema,
  type CaseId,
  outboxIdSchema,
  randomId,
} from '../../shared/kernel/ids.ts';
import { asInstant, localDateOf } from '../../shared/kernel/time.ts';
import { loadAround } from '../../shared/store/around-store.ts';
import { getBankResult, saveBankResult } from '../../shared/store/bank-result-store.ts';
import { getBatch, nextBatchNumber, saveBatch } from '../../shared/store/batch-store.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { saveStaffMember } from '../../shared/store/staff-store.ts';
import { begin, sealedFile, type Story } from './case-story.ts';
import { emptyWorld, type World } from './case-world.ts';
import { type Death, dyingClient } from './dying-client.ts';
import { outboxPorts } from './outbox-ports.ts';
import { decideOnRecovery, isOnRecovery, nextOnRecovery, recoveryWhats } from './recovery-attempts.ts';
import { contentFor, person, seedOf, smallStaff } from './small-union.ts';
import { startStore } from './store.ts';
import { storeWorld } from './stored-world.ts';

const whats = [
  ...(['go-on', 'go-on', 'go-on', 'go-on', 'go-on', 'go-on', 'go-on', 'go-on'] as const),
  ...(['begin', 'begin', 'begin', 'release', 'release', 'release', 'dissolve', 'carry'] as const),
  ...(['confirm', 'fail', 'return', 'undo', 'result', 'result', 'result-again', 'account'] as const),
  ...(['withdraw', 'approve', 'decline', 'sweep'] as const),
  ...recoveryWhats,
];
type Try = { readonly what: (typeof whats)[number]; readonly at: number; readonly pick: number };
/** What one or two people try at one moment, on a process that may die meanwhile; `again`: whoever heard nothing tries again. */
export type Step = { readonly tries: readonly Try[]; readonly death: Death; readonly again: boolean };

const tries = fc.record({ what: fc.constantFrom(...whats), at: fc.nat(3), pick: fc.nat(999) });
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    tries: fc.array(tries, { minLength: 1, maxLength: 2 }),
    death: fc.record({ nth: fc.nat(5), after: fc.boolean() }),
    again: fc.boolean(),
  }),
  { minLength: 12, maxLength: 24, size: 'max' },
);

const illness = contentFor(seedOf('major-illness-relief'));

/** Three cases with ordered payments, one of them by shares, and one that waits for its last approval. */
function casesOf(world: World): Story[] {
  const vote = (story: Story, verdict: 'recommend' | 'approve', ...who: string[]) => {
    for (const each of who) expect(story.vote(each, verdict, { yuan: 2_000, visited: '2016-10-10' })).toBe('done');
  };
  const ill = (number: number) => {
    const answers = { ...illness.answers, invoiceNumber: `B-${number}` };
    const story = begin(world, 'major-illness-relief', { household: `household-${number}`, answers });
    vote(story, 'recommend', 'member-1', 'leader-1');
    return story;
  };
  const [one, two, three] = [ill(1), ill(2), ill(3)];
  for (const story of [one, two]) vote(story, 'approve', 'officer-1');
  one.until(one.file().case.noticeUntil!);
  two.until(one.file().case.noticeUntil!);
  const fire = begin(world, 'fire-damage', { household: 'household-4' });
  vote(fire, 'approve', 'officer-2', 'officer-3');
  return [one, two, fire, three];
}

export type MoneyOnStore = Awaited<ReturnType<typeof moneyOnStore>>;

export async function moneyOnStore() {
  const own = await startStore();
  const world = emptyWorld();
  const stories = casesOf(world);
  await storeWorld(own.store, world);
  for (const member of smallStaff())
    await saveStaffMember(own.store, { ...member, version: 0, audit: noAudit }, [
      { event: 'staff.added', by: 'system:test', at: world.now, details: {} },
    ]);
  // Nobody need wait for another here.
  const store = { ...own.store, pause: async () => {} };
  const ports = outboxPorts(store, world.now);
  ports.sfn.on(StartExecutionCommand).resolves({});
  ports.sfn.on(SendTaskSuccessCommand).resolves({});
  const caseIds = stories.map((story) => story.file().case.caseId);
  const batchIds = new Set<BatchId>();
  const resultIds = new Set<BankResultId>();
  const released = new Map<BatchId, string>();
  const files = () => Promise.all(caseIds.map(async (caseId) => (await loadCaseFile(store, caseId))!));
  const batches = async () =>
    (await Promise.all([...batchIds].map((batchId) => getBatch(store, batchId)))).filter(
      (batch) => batch !== undefined,
    );

  /** As `checkBank` in memory, of what lies in the tables. */
  const checkBank = async () => {
    const [now, all] = [await batches(), await files()];
    const payouts = new Map(all.flatMap((file) => file.payouts.map((payout) => [payout.payoutId, payout] as const)));
    const effects = new Set<string>();
    for (const { batchId, status, members, madeBy, releasedBy } of now) {
      if (status !== 'released') continue;
      expect(releasedBy).not.toBe(madeBy);
      const listed = JSON.stringify(members);
      expect(released.get(batchId) ?? listed).toBe(listed);
      released.set(batchId, listed);
      for (const { payoutId } of members) {
        const payout = payouts.get(payoutId)!;
        if (payout.failureReason !== undefined) continue;
        const share = `${payout.awardId} ${payout.fundId}`;
        expect(effects).not.toContain(share);
        effects.add(share);
        expect(['batched', 'sent', 'unknown', 'paid']).toContain(payout.status);
      }
    }
  };

  return {
    store,
    ports,
    stories,
    caseIds,
    batchIds,
    resultIds,
    files,
    batches,
    checkBank,
    process: dyingClient(own.client),
    /** What every payment, batch and result has come to. */
    statuses: async (): Promise<string[]> => {
      const results = await Promise.all([...resultIds].map((resultId) => getBankResult(store, resultId)));
      return [
        ...(await files()).flatMap(({ payouts }) => payouts.map(({ status }) => `payout ${status}`)),
        ...(await files()).flatMap(({ recoveries }) => recoveries.map(({ status }) => `recovery ${status}`)),
        ...(await batches()).map(({ status }) => `batch ${status}`),
        ...results.map((result) => `result ${result?.status}`),
      ];
    },
    /** The sweeper finds everything that dead processes left. */
    finish: async (): Promise<void> => {
      for (let sweeps = 0; sweeps < 5; sweeps += 1) {
        ports.pass(60_000);
        await sweepOutbox(ports.outbox, () => {});
      }
    },
    stop: () => own.stop(),
  };
}

/** Whether everything that was decided on batches and results has come to its payments. */
export const carriesNothing = async ({ store }: MoneyOnStore): Promise<boolean> =>
  (await outboxOlderThan(store, asInstant('2099-01-01T00:00:00.000Z'))).every(
    ({ kind }) => kind !== 'batch' && kind !== 'bank-result',
  );

/** Does a step; what each try was told, or `killed`. */
export async function tryStep(scene: MoneyOnStore, { tries: all, death, again }: Step): Promise<string[]> {
  const told: string[] = [];
  // What dies is waited for: nothing of it goes on when the next process starts.
  const act = async () => {
    const outcomes = await Promise.allSettled(
      all.map(async (each) => told.push(`${each.what}: ${await attempt(scene, each)}`)),
    );
    for (const each of outcomes) if (each.status === 'rejected') throw each.reason;
  };
  const outcome = await scene.process.live(death, act);
  if (outcome === 'killed' && again) await scene.process.live({ nth: 0, after: false }, act);
  return [...told, outcome];
}

const nth = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];
const someOf = <T>(items: readonly T[], pick: number): T[] =>
  items.filter((_, index) => ((pick >> (index % 8)) & 1) === 0);

async function attempt(scene: MoneyOnStore, { what, at, pick }: Try): Promise<string> {
  const { ports, stories, caseIds } = scene;
  const caseId = caseIds[at]!;
  const act = async (id: CaseId, decide: (file: CaseFile, around: Around) => Decided): Promise<string> => {
    const acted: Acted = await actOnCase(ports.act, id, decide);
    return acted.kind === 'refused' ? acted.code : acted.kind;
  };
  const now = ports.outbox.now();
  const finance = person(pick % 2 === 0 ? 'finance-1' : 'finance-2');
  const payouts = (await scene.files()).flatMap((file) => file.payouts);
  const payout = nth(payouts, pick);
  const batch = nth((await scene.batches()).toReversed(), pick % 3);
  const by = (one: Payout) => ({ personId: finance, payoutId: one.payoutId });
  if (isOnRecovery(what)) {
    const decide = decideOnRecovery((await scene.files())[at]!, { what, who: finance, ...chanceOf(pick) });
    return decide === undefined ? 'nothing' : act(caseId, decide);
  }
  switch (what) {
    case 'go-on':
      return goOn(scene, payouts, pick);
    case 'begin':
      return beginOne(
        scene,
        someOf(
          payouts.filter(({ status }) => status === 'ordered'),
          pick,
        ),
        finance,
      );
    case 'carry':
      return batch === undefined ? 'nothing' : carryBatch(carryPort(ports.act), batch.batchId);
    case 'release': {
      if (batch === undefined) return 'nothing';
      const { version: seenVersion } = batch;
      const released = releaseBatch(batch, { personId: finance, seenVersion, file: sealedFile, at: now });
      return keepBatch(scene, batch, released, 'release');
    }
    case 'dissolve':
      return batch === undefined ? 'nothing' : keepBatch(scene, batch, dissolveBatch(batch, finance, now), 'dissolve');
    case 'confirm': {
      if (payout === undefined) return 'nothing';
      const confirmed = { ...by(payout), bankReference: `YH-${payout.payoutId}`, paidOn: localDateOf(now) };
      return act(payout.caseId, (file, around) => confirmPayout(file, around, confirmed));
    }
    case 'fail':
    case 'return':
    case 'undo': {
      if (payout === undefined) return 'nothing';
      const decide = { fail: failPayout, return: returnPayout, undo: undoSettlement }[what];
      return act(payout.caseId, (file, around) => decide(file, around, { ...by(payout), reason: '账号有误' }));
    }
    case 'result': {
      const known = payouts.filter(({ status }) => status === 'sent' || status === 'unknown' || status === 'paid');
      return applyFile(
        scene,
        someOf(known, pick).map((one, index) => rowOf(one, index, pick, localDateOf(now))),
        finance,
      );
    }
    case 'result-again': {
      const resultId = nth([...scene.resultIds].toReversed(), pick % 3);
      return resultId === undefined ? 'nothing' : carryBankResult(resultPort(ports.act), resultId);
    }
    case 'account': {
      const payee = { ...illness.payee, accountNumber: `6222000${pick}` };
      const asked = await act(caseId, (file, around) => proposeAccount(file, around, payee));
      if (asked !== 'done') return asked;
      const decision = { personId: person('office-1'), approves: true, note: '' };
      return act(caseId, (file, around) => decideAccount(file, around, decision));
    }
    case 'withdraw':
      return act(caseId, withdrawApplication);
    case 'approve': {
      const ballot = stories[3]!.ballot('officer-1', 'approve', { yuan: 2_000 });
      return act(caseIds[3]!, (file, around) => castVote(file, around, ballot));
    }
    case 'decline': {
      const ballot = stories[2]!.ballot('member-1', 'decline');
      return act(caseIds[2]!, (file, around) => castVote(file, around, ballot));
    }
    case 'sweep':
      ports.pass(60_000);
      await sweepOutbox(ports.outbox, () => {});
      return 'done';
    default:
      return what satisfies never;
  }
}

/** An amount for what was picked, and a reference, at times of another repayment. */
const chanceOf = (pick: number) => ({ pick, part: (pick * 7) % 1_000, reference: `BACK-${pick % 200}` });

/** The next step of the first payment that is under way, or of what is to be paid back, by those who may. */
async function goOn(scene: MoneyOnStore, payouts: readonly Payout[], pick: number): Promise<string> {
  const { ports, store } = scene;
  for (const file of pick % 2 === 0 ? await scene.files() : []) {
    const next = nextOnRecovery(file, pick);
    const decide = next && decideOnRecovery(file, { ...next, ...chanceOf(pick) });
    if (decide !== undefined) return (await actOnCase(ports.act, file.case.caseId, decide)).kind;
  }
  const now = ports.outbox.now();
  const sent = payouts.find(({ status }) => status === 'sent');
  if (sent !== undefined) {
    const personId = person(sent.batchedBy === 'finance-1' ? 'finance-2' : 'finance-1');
    const { payoutId } = sent;
    const confirmed = { personId, payoutId, bankReference: `YH-${payoutId}`, paidOn: localDateOf(now) };
    return (await actOnCase(ports.act, sent.caseId, (file, around) => confirmPayout(file, around, confirmed))).kind;
  }
  const batchId = payouts.find(({ status }) => status === 'batched')?.batchId;
  const batch = batchId === undefined ? undefined : await getBatch(store, batchId);
  if (batch?.status === 'made') {
    const personId = person(batch.madeBy === 'finance-1' ? 'finance-2' : 'finance-1');
    const released = releaseBatch(batch, { personId, seenVersion: batch.version, file: sealedFile, at: now });
    return keepBatch(scene, batch, released, 'release');
  }
  if (batch !== undefined) return carryBatch(carryPort(ports.act), batch.batchId);
  const ordered = payouts.filter(({ status }) => status === 'ordered');
  return beginOne(scene, ordered, person('finance-1'));
}

async function beginOne(scene: MoneyOnStore, payouts: readonly Payout[], personId: Batch['madeBy']): Promise<string> {
  const batchId = batchIdSchema.parse(randomId());
  const members = payouts.map(({ caseId, payoutId, fundId, amountFen }) => ({
    ...{ caseId, payoutId, fundId, amountFen, payeeDigest: 'digest', isIn: false },
  }));
  const batchNumber = await nextBatchNumber(scene.store, 2016);
  const begun = beginBatch({
    ...{ batchId, batchNumber, profileId: 'generic-csv', members, answers: [] },
    ...{ personId, at: scene.ports.outbox.now() },
  });
  scene.batchIds.add(batchId);
  return keepBatch(scene, { batchId }, begun, 'begin');
}

async function keepBatch(
  scene: MoneyOnStore,
  { batchId }: Pick<Batch, 'batchId'>,
  decided: BatchDecided,
  what: string,
): Promise<string> {
  if (decided.kind === 'refused') return decided.code;
  const { store, ports } = scene;
  const item: OutboxItem = {
    ...{ kind: 'batch', outboxId: outboxIdSchema.parse(`batch-${batchId}-${what}`), createdAt: ports.outbox.now() },
    batchId,
  };
  const readings = await checked(scene, decided.batch.members);
  const saved = await saveBatch(store, decided.batch, decided.facts, [item]);
  if (saved.kind === 'stale') return saved.kind;
  return carryBatch(carryPort(ports.act), batchId, { batch: saved.batch, readings });
}

/** The cases as a request checks them before it writes a header, and carries it on what it knows. */
async function checked({ store, ports }: MoneyOnStore, of: readonly { caseId: CaseId }[]): Promise<CaseReading[]> {
  const read = await Promise.all(
    [...new Set(of.map(({ caseId }) => caseId))].map(async (caseId) => {
      const file = await loadCaseFile(store, caseId);
      return file && { file, around: await loadAround(store, file, { now: ports.outbox.now(), newId: randomId }) };
    }),
  );
  return read.filter((each) => each !== undefined);
}

/** What a bank says of a payment, true or not. */
function rowOf(
  { caseId, payoutId, amountFen, status }: Payout,
  index: number,
  pick: number,
  paidOn: NonNullable<Settlement['paidOn']>,
): Settlement {
  const row = { line: index + 2, caseId, payoutId, amountFen };
  if ((pick + index) % 4 === 3) return { ...row, action: status === 'paid' ? 'return' : 'fail', reason: '账号有误' };
  return { ...row, action: 'confirm', bankReference: `BANK-${payoutId}`, paidOn };
}

async function applyFile(scene: MoneyOnStore, rows: readonly Settlement[], personId: Batch['madeBy']): Promise<string> {
  if (rows.length === 0) return 'nothing';
  const { store, ports, resultIds } = scene;
  const resultId = bankResultIdSchema.parse(`R${randomId()}`);
  const at = ports.outbox.now();
  const { result, facts } = beginResult({
    ...{ resultId, format: 'generic-csv', objectKey: `results/${resultId}`, sizeBytes: 1, rows: rows.length },
    ...{ batchId: undefined, personId, at },
  });
  await saveBankResult(store, result, facts, []);
  resultIds.add(resultId);
  const kept = await getBankResult(store, resultId);
  const matched = { settle: rows, already: [], problems: [] };
  const applied = applyResult(kept!, { personId, seenVersion: kept!.version, matched, at });
  if (applied.kind === 'refused') return applied.code;
  const item: OutboxItem = {
    ...{ kind: 'bank-result', outboxId: outboxIdSchema.parse(`result-${resultId}`), createdAt: at },
    resultId,
  };
  const readings = await checked(scene, rows);
  const saved = await saveBankResult(store, applied.result, applied.facts, [item]);
  if (saved.kind === 'stale') return saved.kind;
  return carryBankResult(resultPort(ports.act), resultId, { result: saved.result, readings });
}
