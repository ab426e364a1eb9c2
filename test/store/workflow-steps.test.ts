import { SendTaskFailureCommand, SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkApplication } from '../../functions/intake/check-application.ts';
import { actOnCase } from '../../functions/middleware/act-on-case.ts';
import { waitFor } from '../../functions/middleware/request-task.ts';
import { sendItems } from '../../functions/middleware/send-outbox.ts';
import { seedHouseholds } from '../../functions/upkeep/seed-households.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { climb } from '../../functions/waits/climb-rung.ts';
import { close } from '../../functions/waits/close-case.ts';
import { runScheduled } from '../../functions/waits/run-scheduled.ts';
import { sweepOutbox } from '../../functions/waits/sweep-outbox.ts';
import type { OutboxItem } from '../../shared/cases/case-file.ts';
import { castVote } from '../../shared/cases/cast-vote.ts';
import { addPapers } from '../../shared/cases/change-application.ts';
import { submitApplication } from '../../shared/cases/submit-application.ts';
import { firstTrackingCode, spacedTrackingCode } from '../../shared/cases/tracking-code.ts';
import { withdrawApplication } from '../../shared/cases/withdraw-application.ts';
import { type CaseId, caseIdSchema, type PersonId, randomId } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { addMs, asInstant } from '../../shared/kernel/time.ts';
import { UndeliverableMail } from '../../shared/mail/mailer.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { nextCaseNumber } from '../../shared/store/case-counters-store.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { resolveLink } from '../../shared/store/link-store.ts';
import { deleteOutboxItems, outboxOlderThan, putOutboxItem } from '../../shared/store/outbox-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { peekSignIn } from '../../shared/store/session-store.ts';
import { type NotedStore, startNotedStore } from '../support/noted-store.ts';
import { houseSecret, outboxPorts } from '../support/outbox-ports.ts';
import { changesTo, sampleCase, scheduledVisit } from '../support/sample-case.ts';

const start = asInstant('2016-03-01T02:00:00.000Z');
const farOff = asInstant('2030-01-01T00:00:00.000Z');
const programme = seedProgrammes.find(({ id }) => id === 'major-illness-relief')!;
const fire = seedProgrammes.find(({ id }) => id === 'fire-damage')!;

let own: NotedStore;
let ports: ReturnType<typeof outboxPorts>;
beforeAll(async () => {
  own = await startNotedStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
});
afterAll(() => own.stop());
beforeEach(() => {
  ports = outboxPorts(own.store, start);
  ports.sfn.on(StartExecutionCommand).resolves({});
  ports.sfn.on(SendTaskSuccessCommand).resolves({});
  ports.sfn.on(SendTaskFailureCommand).resolves({});
});
afterEach(async () => {
  await deleteOutboxItems(own.store, await waiting());
});

const waiting = () => outboxOlderThan(own.store, farOff);
const fileOf = async (caseId: CaseId) => (await loadCaseFile(own.store, caseId))!;

/** A household's application for 15,000 yuan that it bore itself: 2,000 are suggested, which asks for no visit. */
async function submit(order: number, invoiceNumber: string, email = 'applicant-demo@home.example') {
  const { householdId, patch, members } = seedHouseholds[order - 1]!;
  const { name, idNumber, phone, personId: beneficiaryId } = members[0]!;
  const caseId = caseIdSchema.parse(randomId());
  const code = firstTrackingCode(houseSecret, caseId);
  const paper = (paperId: string) => ({
    paperId,
    fileId: `${caseId}-${paperId}`,
    objectKey: `cases/${caseId}/${paperId}`,
    contentType: 'image/jpeg' as const,
    sizeBytes: 1000,
    uploadedAt: start,
  });
  const changes = submitApplication(
    {
      caseId,
      caseNumber: await nextCaseNumber(own.store, programme.numberPrefix, 2016),
      programme,
      householdId,
      patchId: patch.patchId,
      beneficiaryId,
      standing: 'none',
      isOnRegister: true,
      trackingCodeHash: await own.store.keyRing.searchHash('tracking-code', code),
      applicant: { name, idNumber, phone, email, address: '盐场路', unit: '制盐一工区', householdSize: 1 },
      payee: { kind: 'self', holderName: name, bankName: '农商银行', accountNumber: '6200000000000000' },
      answers: {
        patientRelation: 'self',
        diagnosisClass: 'cancer',
        cause: 'illness',
        isThirdPartyLiable: false,
        hospital: '县医院',
        invoiceNumber,
        totalCostFen: yuan(40_000),
        paidByBasicFen: yuan(20_000),
        paidBySeriousFen: yuan(5_000),
        paidByMutualFen: 0,
        paidByOthersFen: 0,
      },
      papers: ['id-card', 'bank-card', 'diagnosis', 'invoice', 'insurance-settlement'].map(paper),
    },
    { now: start, newId: randomId },
  );
  const saved = await saveChanges(own.store, undefined, changes, { funds: [] });
  expect(saved.kind).toBe('saved');
  return { caseId, changes, code, name };
}

async function inReview(order: number, token = 'token-1') {
  const submitted = await submit(order, `bill-${randomId()}`);
  await sendItems(ports.outbox, submitted.changes.outbox!);
  expect(await checkApplication(ports.act, submitted)).toMatchObject({ next: 'review' });
  const deps = { act: ports.act, sfn: ports.client };
  expect(await waitFor(deps, 'review', { caseId: submitted.caseId, taskToken: token })).toEqual({ kind: 'waiting' });
  const request = (await fileOf(submitted.caseId)).requests.find(({ status }) => status === 'open')!;
  return { ...submitted, request };
}

const recommend = (caseId: CaseId, personId: PersonId, requestId: string, act = ports.act) =>
  actOnCase(act, caseId, (file, around) =>
    castVote(file, around, {
      personId,
      requestId: file.requests.find((each) => each.requestId === requestId)!.requestId,
      contentVersion: file.case.contentVersion,
      verdict: 'recommend',
      amountFen: yuan(2_000),
      note: '情况属实',
      missing: [],
    }),
  );

async function reviewed(order: number) {
  const review = await inReview(order);
  for (const { personId } of review.request.seats.filter(({ askedAt }) => askedAt !== undefined)) {
    expect(await recommend(review.caseId, personId, review.request.requestId)).toMatchObject({ kind: 'done' });
  }
  return review;
}

const wakesOf = async (caseId: CaseId) =>
  (await waiting()).filter((item) => item.kind === 'wake' && item.caseId === caseId);

describe('an application that was submitted', () => {
  test('starts one execution named after the case, and mails the tracking code to its applicant', async () => {
    const { caseId, changes, code, name } = await submit(2, 'bill-start');
    await sendItems(ports.outbox, changes.outbox!);
    expect(ports.started()).toMatchObject([{ name: caseId, input: JSON.stringify({ caseId }) }]);
    expect(ports.mails).toHaveLength(1);
    expect(ports.mails[0]!.to).toBe('applicant-demo@home.example');
    expect(ports.mails[0]!.text).toContain(spacedTrackingCode(code));
    expect(ports.mails[0]!.text).toContain(name);
    expect(await waiting()).toEqual([]);
  });

  test('counts as started where an execution of that name exists', async () => {
    const { changes } = await submit(2, 'bill-started-before');
    ports.sfn.on(StartExecutionCommand).rejects(Object.assign(new Error('exists'), { name: 'ExecutionAlreadyExists' }));
    await sendItems(ports.outbox, changes.outbox!);
    expect(await waiting()).toEqual([]);
  });

  test('is sent by the sweeper where the process died, but only once it is twenty seconds old', async () => {
    const { caseId, changes } = await submit(2, 'bill-left');
    const lines: string[] = [];
    const early = await sweepOutbox(ports.outbox, (line) => lines.push(line));
    expect(early).toMatchObject({ count: 0, nextAt: addMs(changes.outbox![0]!.createdAt, 20_000) });
    expect(ports.started()).toEqual([]);
    ports.pass(21_000);
    expect(await sweepOutbox(ports.outbox, (line) => lines.push(line))).toEqual({ count: 2, outcome: '0 left' });
    expect(ports.started()).toMatchObject([{ name: caseId }]);
    expect(lines.map((line) => JSON.parse(line).OutboxBacklog)).toEqual([0, 0]);
    expect(await sweepOutbox(ports.outbox, () => undefined)).toMatchObject({ count: 0, nextAt: null });
  });

  test('is refused at intake where another case has the same bill, and the step may be repeated', async () => {
    const first = await submit(6, 'bill-twice');
    const second = await submit(12, 'bill twice');
    expect(await checkApplication(ports.act, first)).toMatchObject({ next: 'review' });
    expect(await checkApplication(ports.act, first)).toMatchObject({ next: 'review' });
    expect(await checkApplication(ports.act, second)).toMatchObject({ next: 'end' });
    expect((await fileOf(second.caseId)).case.status).toBe('refused');
    expect(await close(ports.act, second)).toMatchObject({ next: 'end' });
  });
});

describe('a step that waits for people', () => {
  test('asks each seat by a mail with a link of their own, and tells the token to nobody', async () => {
    const { request } = await inReview(3, 'a-secret-task-token');
    const asked = ports.mails.filter(({ text }) => text.includes('https://relief.example/d/'));
    const links = asked.map(({ text }) => /\/d\/([\w-]+)/.exec(text)![1]!);
    expect(links.length).toBe(request.seats.filter(({ askedAt }) => askedAt !== undefined).length);
    expect(new Set(links).size).toBe(links.length);
    for (const link of links) {
      expect(await resolveLink(own.store, link, start)).toMatchObject({ kind: 'valid', requestId: request.requestId });
    }
    expect(JSON.stringify(ports.mails)).not.toContain('a-secret-task-token');
  });

  test('is woken by its own token although a call with an older one came late', async () => {
    const { caseId, request } = await inReview(4, 'token-old');
    const deps = { act: ports.act, sfn: ports.client };
    for (const taskToken of ['token-new', 'token-old']) await waitFor(deps, 'review', { caseId, taskToken });
    ports.sfn
      .on(SendTaskSuccessCommand, { taskToken: 'token-old' })
      .rejects(Object.assign(new Error('gone'), { name: 'TaskTimedOut' }));
    for (const { personId } of request.seats.filter(({ askedAt }) => askedAt !== undefined)) {
      await recommend(caseId, personId, request.requestId);
    }
    expect(ports.woken().at(-1)).toMatchObject({ token: 'token-new', route: { next: 'approval' } });
    await waitFor(deps, 'approval', { caseId, taskToken: 'token-of-approval' });
    expect(JSON.stringify((await fileOf(caseId)).requests.find(({ status }) => status === 'consumed'))).not.toContain(
      'token-',
    );
  });

  test('takes a new token after a time-out, and a later answer goes to the new one', async () => {
    const { caseId, request } = await inReview(4);
    expect(await climb(ports.act, { caseId })).toMatchObject({ next: 'review' });
    await waitFor({ act: ports.act, sfn: ports.client }, 'review', { caseId, taskToken: 'token-2' });
    for (const { personId } of request.seats.filter(({ askedAt }) => askedAt !== undefined)) {
      await recommend(caseId, personId, request.requestId);
    }
    expect(ports.woken()).toMatchObject([{ token: 'token-2', route: { next: 'approval' } }]);
  });

  test('is completed at once where the case has gone on meanwhile', async () => {
    const { caseId } = await reviewed(5);
    const before = ports.woken().length;
    const late = { caseId, taskToken: 'token-late' };
    expect(await waitFor({ act: ports.act, sfn: ports.client }, 'review', late)).toEqual({ kind: 'went-on' });
    expect(ports.woken().slice(before)).toMatchObject([{ token: 'token-late', route: { next: 'approval' } }]);
  });

  test('that goes on by itself succeeds where the case went there, and is told of any other way by a failure', async () => {
    const deps = { act: ports.act, sfn: ports.client };
    const { caseId, request } = await inReview(8);
    await waitFor(deps, 'review', { caseId, taskToken: 'token-2', onward: 'approval' });
    const asked = request.seats.filter(({ askedAt }) => askedAt !== undefined);
    for (const { personId } of asked) await recommend(caseId, personId, request.requestId);
    expect(ports.woken()).toMatchObject([{ token: 'token-2', route: { next: 'approval' } }]);
    expect(ports.turned()).toEqual([]);

    await waitFor(deps, 'approval', { caseId, taskToken: 'token-3', onward: 'notice' });
    await actOnCase(ports.act, caseId, (file, around) => withdrawApplication(file, around));
    expect(ports.turned()).toMatchObject([{ token: 'token-3', error: 'Elsewhere', route: { next: 'end' } }]);
    await waitFor(deps, 'notice', { caseId, taskToken: 'token-4', onward: 'disbursement' });
    expect(ports.turned().slice(1)).toMatchObject([{ token: 'token-4', error: 'Elsewhere', route: { next: 'end' } }]);
  });
});

describe('an execution that has run for three hundred days', () => {
  const dayMs = 86_400_000;
  const deps = () => ({ act: ports.act, sfn: ports.client });
  const next = { taskToken: 'token-2', onward: 'approval' } as const;
  const secondExecutions = (caseId: CaseId) => ports.started().filter(({ name }) => name?.startsWith(`${caseId}-`));

  test('hands the case over to another one when it comes to wait again, ends, and the answer reaches the other', async () => {
    const { caseId, request } = await inReview(8);
    ports.pass(299 * dayMs);
    await climb(ports.act, { caseId });
    expect(await waitFor(deps(), 'review', { caseId, ...next })).toEqual({ kind: 'waiting' });
    expect(secondExecutions(caseId)).toEqual([]);

    ports.pass(dayMs);
    expect(await waitFor(deps(), 'review', { caseId, ...next, taskToken: 'token-3' })).toEqual({ kind: 'went-on' });
    expect(secondExecutions(caseId)).toEqual([
      { name: `${caseId}-2016-12-26`, input: JSON.stringify({ caseId }), stateMachineArn: expect.any(String) },
    ]);
    expect(ports.turned()).toMatchObject([{ token: 'token-3', error: 'Elsewhere', route: { next: 'end' } }]);
    await close(ports.act, { caseId });

    expect(await checkApplication(ports.act, { caseId })).toMatchObject({ next: 'review' });
    expect(await waitFor(deps(), 'review', { caseId, ...next, taskToken: 'token-4' })).toEqual({ kind: 'waiting' });
    for (const { personId } of request.seats.filter(({ askedAt }) => askedAt !== undefined)) {
      await recommend(caseId, personId, request.requestId);
    }
    expect(ports.woken().at(-1)).toMatchObject({ token: 'token-4', route: { next: 'approval' } });
    expect(secondExecutions(caseId)).toHaveLength(1);
  });

  test('leaves a decision that nobody could be told of yet to the sweeper and the other one', async () => {
    const { caseId, request } = await inReview(11);
    ports.pass(300 * dayMs);
    await waitFor(deps(), 'review', { caseId, ...next, taskToken: 'token-3' });
    await waitFor(deps(), 'review', { caseId, ...next, taskToken: 'token-4' });
    ports.sfn.on(SendTaskSuccessCommand).rejects(Object.assign(new Error('no'), { name: 'InternalServerError' }));
    for (const { personId } of request.seats.filter(({ askedAt }) => askedAt !== undefined)) {
      await recommend(caseId, personId, request.requestId);
    }
    await close(ports.act, { caseId });
    ports.sfn.on(SendTaskSuccessCommand).resolves({});
    const before = ports.woken().length;
    ports.pass(21_000);
    await sweepOutbox(ports.outbox, () => undefined);
    expect(ports.woken().slice(before)).toMatchObject([{ token: 'token-4', route: { next: 'approval' } }]);
  });

  test('hands it over once, however often its step is called', async () => {
    const { caseId } = await inReview(9);
    ports.pass(300 * dayMs);
    const kinds = await Promise.all(
      ['token-3', 'token-3', 'token-4'].map((taskToken) => waitFor(deps(), 'review', { caseId, ...next, taskToken })),
    );
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['waiting', 'waiting', 'went-on']);
    expect(secondExecutions(caseId)).toHaveLength(1);
  });

  test('ends with a case that has ended, and nothing follows it', async () => {
    const { caseId } = await inReview(10);
    await actOnCase(ports.act, caseId, (file, around) => withdrawApplication(file, around));
    ports.pass(300 * dayMs);
    expect(await waitFor(deps(), 'review', { caseId, ...next })).toEqual({ kind: 'went-on' });
    expect(secondExecutions(caseId)).toEqual([]);
  });
});

describe('a decision', () => {
  test('wakes the workflow at once and stays queued until the workflow has come past it', async () => {
    const { caseId } = await reviewed(6);
    expect(ports.woken()).toMatchObject([{ token: 'token-1', route: { next: 'approval' } }]);
    expect(await wakesOf(caseId)).toHaveLength(1);
    await waitFor({ act: ports.act, sfn: ports.client }, 'approval', { caseId, taskToken: 'token-3' });
    expect(await wakesOf(caseId)).toEqual([]);
  });

  test('is kept where its token was overtaken, and where Step Functions is out of order', async () => {
    for (const name of ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken', 'InternalServerError']) {
      ports.sfn.on(SendTaskSuccessCommand).rejects(Object.assign(new Error('no'), { name }));
      const { caseId } = await reviewed(9);
      expect(await wakesOf(caseId), name).toHaveLength(1);
      expect(await climb(ports.act, { caseId })).toMatchObject({ next: 'approval' });
      expect(await wakesOf(caseId), name).toEqual([]);
      await actOnCase(ports.act, caseId, (file, around) => withdrawApplication(file, around));
    }
  });
});

/** All orders of two rows of steps, each row in its own order. */
const orders = (left: readonly string[], right: readonly string[]): string[][] => {
  const [first, ...rest] = left;
  const [other, ...others] = right;
  if (first === undefined || other === undefined) return [[...left, ...right]];
  return [
    ...orders(rest, right).map((tail) => [first, ...tail]),
    ...orders(left, others).map((tail) => [other, ...tail]),
  ];
};
const races = orders(['vote', 'send'], ['time-out', 'read', 'store']).flatMap((steps) => [
  [steps.join(', '), steps] as const,
  [`${steps.join(', ')}; killed before sending`, steps.filter((step) => step !== 'send')] as const,
]);

/**
 * What Step Functions does around the one wait: a token is good until it is answered or times out, then the catch reads the case and
 * waits anew with another token, or goes where the case has gone.
 */
function workflowAround(caseId: CaseId) {
  let token: string | undefined = 'token-1';
  let waits = 1;
  const left: string[] = [];
  let read: string | undefined;
  const leave = (next: string) => {
    token = undefined;
    left.push(next);
  };
  ports.sfn.on(SendTaskSuccessCommand).callsFake(({ taskToken, output }) => {
    if (taskToken !== token) throw Object.assign(new Error('no'), { name: 'TaskTimedOut' });
    leave(JSON.parse(output).next);
    return {};
  });
  const steps = {
    'time-out': async () => {
      if (token !== undefined) [token, read] = [undefined, 'asked'];
    },
    read: async () => {
      if (read === 'asked') read = (await climb(ports.act, { caseId })).next;
    },
    store: async () => {
      if (read === undefined) return;
      if (read === 'review') {
        waits += 1;
        token = `token-${waits}`;
        await waitFor({ act: ports.act, sfn: ports.client }, 'review', { caseId, taskToken: token });
      } else leave(read);
      read = undefined;
    },
  };
  return { steps, left };
}

describe('promise 5: a recorded decision reaches the workflow', () => {
  test.each(races)('once: %s', async (_how, steps) => {
    const { caseId, request } = await inReview(10);
    const [first, second] = request.seats.filter(({ askedAt }) => askedAt !== undefined);
    await recommend(caseId, first!.personId, request.requestId);
    const workflow = workflowAround(caseId);
    let queued: readonly OutboxItem[] = [];
    const commitOnly = {
      ...ports.act,
      send: async (items: readonly OutboxItem[]) => ((queued = items), { left: items.length }),
    };
    const all: Record<string, () => Promise<unknown>> = {
      ...workflow.steps,
      vote: () => recommend(caseId, second!.personId, request.requestId, commitOnly),
      send: () => sendItems(ports.outbox, queued),
    };
    for (const step of steps) await all[step]!();

    // The sweeper comes, and the time-outs of every further wait: nothing of it may be needed twice.
    for (let turn = 0; turn < 2; turn += 1) {
      ports.pass(60_000);
      await sweepOutbox(ports.outbox, () => undefined);
      for (const step of ['time-out', 'read', 'store'] as const) await workflow.steps[step]();
    }
    expect(workflow.left).toEqual(['approval']);
    await waitFor({ act: ports.act, sfn: ports.client }, 'approval', { caseId, taskToken: 'token-of-approval' });
    const file = await fileOf(caseId);
    expect(file.requests.find(({ requestId }) => requestId === request.requestId)).toMatchObject({
      status: 'consumed',
      outcome: 'recommend',
    });
    expect(file.requests.filter(({ purpose }) => purpose === 'approval')).toHaveLength(1);
    expect(file.votes).toHaveLength(2);
    expect(await wakesOf(caseId)).toEqual([]);
    await actOnCase(ports.act, caseId, (each, around) => withdrawApplication(each, around));
  });
});

/** A fire for which nothing but photographs is at hand, let in by intake. */
async function fireLetIn(order: number, incidentNumber: string) {
  const { householdId, patch, members } = seedHouseholds[order - 1]!;
  const { name, idNumber, phone, personId: beneficiaryId } = members[0]!;
  const caseId = caseIdSchema.parse(randomId());
  const photograph = (fileId: string) => ({
    paperId: 'photographs',
    fileId,
    objectKey: `cases/${caseId}/${fileId}`,
    contentType: 'image/jpeg' as const,
    sizeBytes: 1000,
    uploadedAt: start,
  });
  const changes = submitApplication(
    {
      caseId,
      caseNumber: await nextCaseNumber(own.store, fire.numberPrefix, 2016),
      programme: fire,
      householdId,
      patchId: patch.patchId,
      beneficiaryId,
      standing: 'none',
      isOnRegister: true,
      trackingCodeHash: 'hash',
      applicant: {
        name,
        idNumber,
        phone,
        email: 'applicant-demo@home.example',
        address: '盐场路',
        unit: '制盐一工区',
        householdSize: 1,
      },
      payee: { kind: 'self', holderName: name, bankName: '农商银行', accountNumber: '6200000000000000' },
      answers: {
        incidentDate: '2016-02-29',
        incidentPlace: '盐场路',
        incidentNumber,
        burnt: 'home',
        damage: [{ item: '家具', estimateFen: yuan(9_000) }],
      },
      papers: [photograph('one'), photograph('two')],
    },
    { now: start, newId: randomId },
  );
  expect(await saveChanges(own.store, undefined, changes, { funds: [] })).toMatchObject({ kind: 'saved' });
  expect(await checkApplication(ports.act, { caseId })).toMatchObject({ next: 'advance' });
  return { caseId, file: await fileOf(caseId) };
}

describe('the hourly run over what is due', () => {
  const mailsAbout = (caseNumber: string, words: string) =>
    ports.mails.filter(({ subject }) => subject.includes(caseNumber) && subject.startsWith(words));
  const day = 86_400_000;

  test('reminds the applicant once, hands over to the office once, and rings the alarm', async () => {
    const { caseId, file } = await fireLetIn(1, 'run-1');
    const { caseNumber } = file.case;
    const lines: string[] = [];
    const act = { ...ports.act, report: (line: string) => void lines.push(line) };
    const [first] = file.scheduled.flatMap(({ rungs }) => rungs.map(({ at }) => at)).toSorted();
    expect(await runScheduled(act)).toMatchObject({ count: 0, nextAt: first });
    expect(mailsAbout(caseNumber, '提醒，请补交材料')).toHaveLength(0);
    ports.pass(6 * day);
    await runScheduled(act);
    await runScheduled(act);
    expect(mailsAbout(caseNumber, '提醒，请补交材料')).toHaveLength(1);
    ports.pass(2 * day);
    await runScheduled(act);
    await runScheduled(act);
    expect(mailsAbout(caseNumber, '提醒，请补交材料')).toHaveLength(1);
    expect(mailsAbout(caseNumber, '补交材料已过期限').map(({ to }) => to)).toEqual(['applicant-demo@home.example']);
    const [handed] = mailsAbout(caseNumber, '到期事项已逾期');
    expect(handed!.text).toContain(`https://relief.example/office/cases/${caseId}`);
    expect(lines.filter((line) => JSON.parse(line).OverdueCases === 1)).toHaveLength(3);
    expect((await fileOf(caseId)).case.status).toBe('in-advance');
  });

  test('goes on where one item cannot be climbed, and fails at its end so that somebody looks', async () => {
    const { file } = await fireLetIn(7, 'run-2');
    const gone = scheduledVisit('gone', { rungs: [{ rung: 'overdue', at: start }], dueAt: start });
    const programmeGone = sampleCase('gone', { programmeId: 'gone', patchId: file.case.patchId });
    await saveChanges(own.store, undefined, changesTo(programmeGone, { scheduled: [gone] }), { funds: [] });
    ports.pass(8 * day);
    await expect(runScheduled(ports.act)).rejects.toThrow('could not be climbed');
    expect(mailsAbout(file.case.caseNumber, '补交材料已过期限')).toHaveLength(1);
  });

  test('a reminder that is sent late is not sent once the paper is there', async () => {
    const { caseId, file } = await fireLetIn(8, 'run-3');
    ports.failMails(new Error('out of order'));
    ports.pass(6 * day);
    await runScheduled(ports.act).catch(() => undefined);
    const files = ['id-card', 'bank-card', 'call-out-receipt'].map((paperId) => ({
      ...file.case.papers[0]!,
      paperId,
      fileId: paperId,
    }));
    await actOnCase(ports.act, caseId, (now, around) => addPapers(now, around, files));
    ports.failMails(undefined);
    ports.pass(21_000);
    await sweepOutbox(ports.outbox, () => undefined);
    expect(mailsAbout(file.case.caseNumber, '提醒，请补交材料')).toEqual([]);
    expect((await waiting()).filter((item) => item.kind === 'mail' && item.caseId === caseId)).toEqual([]);
  });
});

describe('a mail', () => {
  const queued = (over: Partial<Extract<OutboxItem, { kind: 'mail' }>>): OutboxItem =>
    ({ kind: 'mail', outboxId: `mail-${randomId()}`, createdAt: start, ...over }) as OutboxItem;

  test('to sign in carries a link that works once, and its token lies in no item', async () => {
    const item = queued({ template: 'sign-in', to: { person: 'wen-zhuxi' as PersonId } });
    await putOutboxItem(own.store, item);
    expect(await sendItems(ports.outbox, [item])).toEqual({ left: 0 });
    const token = /\/sign-in\/([\w-]+)/.exec(ports.mails[0]!.text)![1]!;
    expect(await peekSignIn(own.store, token, start)).toBe('wen-zhuxi');
    expect(await peekSignIn(own.store, token, addMs(start, 16 * 60_000))).toBeUndefined();
    expect(await waiting()).toEqual([]);
  });

  test('is one of several that a dead process left of a case: all are sent from one reading of it', async () => {
    const submitted = await submit(12, 'bill-one-reading');
    await sendItems(ports.outbox, submitted.changes.outbox!);
    await checkApplication(ports.act, submitted);
    const dying = { act: { ...ports.act, send: async () => {} }, sfn: ports.client };
    await waitFor(dying, 'review', { caseId: submitted.caseId, taskToken: 'token-1' });
    const before = ports.mails.length;
    ports.pass(21_000);
    own.operations();
    expect(await sweepOutbox(ports.outbox, () => undefined)).toEqual({ count: 2, outcome: '0 left' });
    expect(own.operations().filter((name) => name === 'Query caseId')).toHaveLength(1);
    expect(new Set(ports.mails.slice(before).map(({ to }) => to)).size).toBe(2);
  });

  test('is not sent to a seat whose request has been answered', async () => {
    const { caseId, request } = await reviewed(10);
    const { personId } = request.seats[0]!;
    const before = ports.mails.length;
    const to = { person: personId };
    const item = queued({ template: 'reminder', to, caseId, requestId: request.requestId, generation: 1 });
    expect(await sendItems(ports.outbox, [item])).toEqual({ left: 0 });
    expect(ports.mails).toHaveLength(before);
  });

  test('that an applicant’s address refuses for good is given up; one to the staff stays', async () => {
    const { changes } = await submit(11, 'bill-bad-address');
    ports.failMails(new UndeliverableMail('no'));
    await sendItems(ports.outbox, changes.outbox!);
    expect(await waiting()).toEqual([]);
    const item = queued({ template: 'sign-in', to: { person: 'wen-zhuxi' as PersonId } });
    await putOutboxItem(own.store, item);
    expect(await sendItems(ports.outbox, [item])).toEqual({ left: 1 });
    expect(await waiting()).toHaveLength(1);
  });

  test('stays where the mail server is out of order, with the same message id at the next try', async () => {
    const item = queued({ template: 'address-change', to: { person: 'zhuang-caiwei' as PersonId } });
    await putOutboxItem(own.store, item);
    ports.failMails(new Error('out of order'));
    expect(await sendItems(ports.outbox, [item])).toEqual({ left: 1 });
    ports.failMails(undefined);
    expect(await sendItems(ports.outbox, [item])).toEqual({ left: 0 });
    expect(ports.mails).toMatchObject([{ messageId: `<${item.outboxId}@union.example>` }]);
  });

  test('goes to nobody where the applicant gave no address', async () => {
    const { changes } = await submit(8, 'bill-no-address', '');
    await sendItems(ports.outbox, changes.outbox!);
    expect(ports.mails).toEqual([]);
    expect(await waiting()).toEqual([]);
  });
});
