import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { actOnCase } from '../../functions/middleware/act-on-case.ts';
import { sendItems } from '../../functions/middleware/send-outbox.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { outboxItemSchema } from '../../shared/cases/case-file.ts';
import { answerObjection } from '../../shared/cases/answer-objection.ts';
import { changed, workOn } from '../../shared/cases/case-work.ts';
import { objectionPath } from '../../shared/cases/objection-receipt.ts';
import { mostPendingObjections, raiseObjection } from '../../shared/cases/raise-objection.ts';
import { withdrawApplication } from '../../shared/cases/withdraw-application.ts';
import { type CaseId, objectionIdSchema, outboxIdSchema } from '../../shared/kernel/ids.ts';
import { addHours, localDateOf } from '../../shared/kernel/time.ts';
import { UndeliverableMail } from '../../shared/mail/mailer.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { houseSecret, outboxPorts } from '../support/outbox-ports.ts';
import { at, changesTo, sampleCase } from '../support/sample-case.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
let ports: ReturnType<typeof outboxPorts>;
beforeAll(async () => {
  own = await startStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at });
});
afterAll(() => own.stop());
beforeEach(() => {
  ports = outboxPorts(own.store, at);
});

const said = { objectorName: '郗拾贝', objectorContact: 'xi.shibei@home.example', grounds: '听说已由保险报销' };

async function onNotice(id: string): Promise<CaseId> {
  const noticeUntil = addHours(at, 120);
  const theCase = sampleCase(id, { status: 'on-notice', stageIndex: 3, noticeFrom: localDateOf(at), noticeUntil });
  await saveChanges(own.store, undefined, changesTo(theCase), { funds: [] });
  return theCase.caseId;
}
const object = (caseId: CaseId, id: string, over: Partial<typeof said> = {}) =>
  actOnCase(ports.act, caseId, (file, around) =>
    raiseObjection(file, around, { ...said, ...over, objectionId: objectionIdSchema.parse(id) }),
  );
const objectionsOf = async (caseId: CaseId) => (await loadCaseFile(own.store, caseId))!.objections;
const mailsToObjector = () => ports.mails.filter(({ to }) => to === said.objectorContact);

test('three presses at the same moment make one objection', async () => {
  const caseId = await onNotice('pressed');
  const told = await Promise.all([1, 2, 3].map(() => object(caseId, 'O-pressed')));
  expect(told.map((each) => ('code' in each ? each.code : each.kind)).toSorted()).toEqual([
    'done',
    'objected-before',
    'objected-before',
  ]);
  expect(await objectionsOf(caseId)).toHaveLength(1);
});

test('an answer is mailed to whoever objected, with the way to it and nothing else; no table holds the address', async () => {
  const caseId = await onNotice('mailed');
  await object(caseId, 'O-mailed');
  const answer = '与本案无关：另一位职工的事';
  await actOnCase(ports.act, caseId, (file, around) => {
    const work = workOn(file, around, 'office-1');
    const decidedBy = file.case.beneficiaryId;
    answerObjection(work, file.objections[0]!, 'reject', { answer, decidedBy });
    return changed(work);
  });
  const [mail, ...more] = mailsToObjector();
  expect(more).toEqual([]);
  const { case: it, objections } = (await loadCaseFile(own.store, caseId))!;
  expect(mail!.subject).toContain(`您的异议不予受理：${it.caseNumber}`);
  expect(mail!.text).toContain(`https://relief.example${objectionPath(houseSecret, it, objections[0]!.objectionId)}`);
  expect(mail!.text).not.toContain(answer);
  expect(mail!.text).not.toContain(said.grounds);
  expect(mail!.text).not.toContain(it.applicant.name);
  for (const table of Object.values(own.tables)) {
    const text = JSON.stringify(await rawItems(own.client, table));
    for (const secret of [...Object.values(said), answer]) expect(text).not.toContain(secret);
  }
});

test('whoever left a telephone number gets no mail, and the outbox keeps nothing for them', async () => {
  const caseId = await onNotice('by-phone');
  await object(caseId, 'O-phone', { objectorContact: '0000-2100999' });
  await actOnCase(ports.act, caseId, withdrawApplication);
  expect(await objectionsOf(caseId)).toMatchObject([{ status: 'overtaken' }]);
  expect(mailsToObjector()).toEqual([]);
  const left = (await rawItems(own.client, own.tables.transient)).filter((item) =>
    JSON.stringify(item).includes('objection-overtaken'),
  );
  expect(left).toEqual([]);
});

test('an address that takes no mail is not tried for ever', async () => {
  const caseId = await onNotice('refused-mail');
  await object(caseId, 'O-refused');
  ports.failMails(new UndeliverableMail('no such mailbox'));
  const item = outboxItemSchema.parse({
    kind: 'mail',
    outboxId: outboxIdSchema.parse('mail-refused'),
    createdAt: at,
    caseId,
    template: 'objection-overtaken',
    to: { objection: objectionIdSchema.parse('O-refused') },
  });
  expect(await sendItems(ports.outbox, [item])).toEqual({ left: 0 });
});

test('as many as may wait are answered in the one write that ends the case', async () => {
  const caseId = await onNotice('many');
  for (let index = 0; index < mostPendingObjections; index += 1) {
    expect((await object(caseId, `O-many-${index}`)).kind).toBe('done');
  }
  expect(await object(caseId, 'O-one-too-many')).toMatchObject({ code: 'objections-many' });
  expect((await actOnCase(ports.act, caseId, withdrawApplication)).kind).toBe('done');
  expect(new Set((await objectionsOf(caseId)).map(({ status }) => status))).toEqual(new Set(['overtaken']));
  expect(mailsToObjector()).toHaveLength(mostPendingObjections);
});
