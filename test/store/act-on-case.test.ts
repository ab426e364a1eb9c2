import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actOnCase, awardsNothing, type CaseReading } from '../../functions/middleware/act-on-case.ts';
import { castVote } from '../../shared/cases/cast-vote.ts';
import { noAudit } from '../../shared/kernel/audit.ts';
import { fundIdSchema, randomId } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { loadAround } from '../../shared/store/around-store.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { getFund } from '../../shared/store/fund-store.ts';
import { putProgrammeVersion } from '../../shared/store/programme-store.ts';
import { putRelation } from '../../shared/store/register-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { saveStaffMember } from '../../shared/store/staff-store.ts';
import { begin, type Story } from '../support/case-story.ts';
import { emptyWorld, type World } from '../support/case-world.ts';
import { fundWith } from '../support/funded.ts';
import { notedOperations } from '../support/noted-operations.ts';
import { outboxPorts } from '../support/outbox-ports.ts';
import { fact } from '../support/sample-case.ts';
import { contentFor, monday, person, seedOf, smallStaff } from '../support/small-union.ts';
import { startStore, type TestStore } from '../support/store.ts';

const before = asInstant('2016-01-04T02:00:00.000Z');
const programme = seedOf('major-illness-relief');
const fundId = fundIdSchema.parse('municipal-federation');

let own: TestStore;
let ports: ReturnType<typeof outboxPorts>;
let act: (typeof ports)['act'];
let world: World;
beforeEach(async () => {
  world = emptyWorld();
  own = await startStore();
  ports = outboxPorts(own.store, monday);
  act = { ...ports.act, send: async () => {} };
  await putProgrammeVersion(own.store, programme, { proposedBy: 'system:test', approvedBy: 'system:test', at: before });
  for (const member of smallStaff())
    await saveStaffMember(own.store, { ...member, version: 0, audit: noAudit }, [
      { event: 'staff.added', by: 'system:test', at: before, details: {} },
    ]);
  await fundWith(own.store, fundId, yuan(5_000), before);
});
afterEach(() => own.stop());

/** A household's case that waits for its officer's approval, in the store. */
async function inApproval(household = 'household-1'): Promise<Story> {
  const answers = { ...contentFor(programme).answers, invoiceNumber: `bill of ${household}` };
  const story = begin(world, programme, { household, answers });
  for (const who of ['member-1', 'leader-1']) story.vote(who, 'recommend', { yuan: 2_000 });
  const { case: theCase, requests, votes, scheduled } = story.file();
  const changes = { case: theCase, requests, votes, scheduled, facts: [fact('application-changed')] };
  expect((await saveChanges(own.store, undefined, changes, { funds: [] })).kind).toBe('saved');
  return story;
}

const caseIdOf = (story: Story) => story.file().case.caseId;

async function readingOf(story: Story, withoutFunds = false): Promise<CaseReading> {
  const file = (await loadCaseFile(own.store, caseIdOf(story)))!;
  return { file, around: await loadAround(own.store, file, { now: monday, newId: randomId, withoutFunds }) };
}

const approve = (story: Story, reading?: CaseReading, awards = true) => {
  const ballot = story.ballot('officer-1', 'approve', { yuan: 2_000 });
  const options = { awards, reading };
  return actOnCase(act, caseIdOf(story), (file, around) => castVote(file, around, ballot), options);
};

describe('a command whose request has read the case a moment ago', () => {
  test('reads nothing of it again: what is left is the tally that the write stands on, and the write', async () => {
    const story = await inApproval();
    const reading = await readingOf(story);
    const operations = notedOperations(own.client);
    expect((await approve(story, reading)).kind).toBe('done');
    expect(operations()).toEqual(['GetItem householdId', 'TransactWriteItems caseId']);
    const after = await loadCaseFile(own.store, caseIdOf(story));
    expect(after).toMatchObject({ case: { status: 'on-notice' }, awards: [{ amountFen: yuan(2_000) }] });
    expect(await getFund(own.store, fundId)).toMatchObject({ reservedFen: yuan(2_000), availableFen: yuan(3_000) });
  });

  test('promise 4: decides anew on what lies there now where somebody was faster', async () => {
    const story = await inApproval();
    const reading = await readingOf(story);
    expect((await approve(story)).kind).toBe('done');
    expect(await approve(story, reading)).toMatchObject({ kind: 'refused', code: 'decided-before' });
    const after = await loadCaseFile(own.store, caseIdOf(story));
    expect(after?.votes.filter(({ personId }) => personId === 'officer-1')).toHaveLength(1);
    expect(await getFund(own.store, fundId)).toMatchObject({ reservedFen: yuan(2_000) });
  });

  test('promise 2: awards no money that has gone from the fund since it was read', async () => {
    const [story, ...others] = [await inApproval(), await inApproval('household-2'), await inApproval('household-3')];
    const reading = await readingOf(story);
    for (const other of others) expect((await approve(other)).kind).toBe('done');
    expect(await approve(story, reading)).toMatchObject({
      kind: 'refused',
      code: 'funds-short',
      params: { missingFen: yuan(1_000) },
    });
    expect(await getFund(own.store, fundId)).toMatchObject({ reservedFen: yuan(4_000), availableFen: yuan(1_000) });
  });

  test('promise 6: decides anew where that moment is long ago: who was tied to the applicant since may not', async () => {
    const story = await inApproval();
    const reading = await readingOf(story);
    const { beneficiaryId: personId } = story.file().case;
    const tie = { personId, otherId: person('officer-1'), kind: 'sibling' } as const;
    expect(await putRelation(own.store, tie, { by: 'office', at: before })).toEqual({ kind: 'saved' });
    ports.pass(10_000);
    expect(await approve(story, reading)).toMatchObject({ kind: 'refused', code: 'barred-by-interest' });
    expect((await loadCaseFile(own.store, caseIdOf(story)))?.votes).toHaveLength(2);
  });

  test('queues nothing that the sweeper would take for left behind while it is still being sent', async () => {
    const story = await inApproval();
    const reading = await readingOf(story);
    ports.pass(30_000);
    const acted = await approve(story, reading);
    const queued = acted.kind === 'done' ? (acted.changes.outbox ?? []) : [];
    expect(queued.length).toBeGreaterThan(0);
    for (const { createdAt } of queued) expect(createdAt).toBe(act.now());
  });

  test('that may award needs the funds with it: an error, not an empty till', async () => {
    const story = await inApproval();
    const reading = await readingOf(story, true);
    await expect(approve(story, reading)).rejects.toThrow('funds were not read');
    expect((await loadCaseFile(own.store, caseIdOf(story)))?.votes).toHaveLength(2);
  });

  test('takes no reading of another case', async () => {
    const [story, other] = [await inApproval(), await inApproval('household-2')];
    const reading = await readingOf(other);
    const cast = () => actOnCase(act, caseIdOf(story), () => ({ kind: 'not-due' }), { ...awardsNothing, reading });
    await expect(cast()).rejects.toThrow('another case');
  });
});
