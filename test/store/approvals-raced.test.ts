import { afterEach, beforeEach, expect, test } from 'vitest';
import { actOnCase } from '../../functions/middleware/act-on-case.ts';
import { castVote } from '../../shared/cases/cast-vote.ts';
import { aggregateName, faultInChain, noAudit } from '../../shared/kernel/audit.ts';
import { fundIdSchema } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { getFund } from '../../shared/store/fund-store.ts';
import { auditTrail, ledgerOfFund } from '../../shared/store/journal-store.ts';
import { putProgrammeVersion } from '../../shared/store/programme-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { saveStaffMember } from '../../shared/store/staff-store.ts';
import { begin, type Story } from '../support/case-story.ts';
import { emptyWorld, type World } from '../support/case-world.ts';
import { refuseOverlapping } from '../support/conflicting.ts';
import { fundWith } from '../support/funded.ts';
import { outboxPorts } from '../support/outbox-ports.ts';
import { fact } from '../support/sample-case.ts';
import { contentFor, monday, seedOf, smallStaff } from '../support/small-union.ts';
import { startStore, type TestStore } from '../support/store.ts';

const before = asInstant('2016-01-04T02:00:00.000Z');
const programme = seedOf('major-illness-relief');
const [cases, places, each] = [64, 10, 2_000];
const fundId = fundIdSchema.parse('municipal-federation');

let own: TestStore;
beforeEach(async () => {
  own = await startStore();
  await putProgrammeVersion(own.store, programme, { proposedBy: 'system:test', approvedBy: 'system:test', at: before });
  for (const member of smallStaff())
    await saveStaffMember(own.store, { ...member, version: 0, audit: noAudit }, [
      { event: 'staff.added', by: 'system:test', at: before, details: {} },
    ]);
  // For ten of them, and five yuan more.
  await fundWith(own.store, fundId, yuan(places * each + 5), before);
});
afterEach(() => own.stop());

/** A household's case that waits for its one officer's approval. */
function atItsLastLevel(world: World, number: number): Story {
  const { answers } = contentFor(programme);
  const story = begin(world, programme, {
    household: `household-${number}`,
    answers: { ...answers, invoiceNumber: `A-${number}` },
  });
  for (const who of ['member-1', 'leader-1']) story.vote(who, 'recommend', { yuan: each });
  expect(story.status()).toBe('in-approval');
  return story;
}

const stored = async (story: Story): Promise<Story> => {
  const { case: theCase, requests, votes, scheduled } = story.file();
  const changes = { case: theCase, requests, votes, scheduled, facts: [fact('application-changed')] };
  const saved = await saveChanges(own.store, undefined, changes, { funds: [] });
  expect(saved.kind).toBe('saved');
  return story;
};

/** All approve at one moment; `prepare` runs when everything is in the store. */
async function race(prepare: () => void = () => undefined): Promise<void> {
  const world = emptyWorld();
  const stories: Story[] = [];
  for (let number = 1; number <= cases; number += 1) stories.push(await stored(atItsLastLevel(world, number)));
  const ports = outboxPorts(own.store, monday);
  // What follows an approval is another promise's: here the fund alone is fought for, by callers that do wait.
  const act = { ...ports.act, send: async () => {}, pause: own.store.pause };
  const approve = (story: Story, index: number) => {
    const chosen = index % 2 === 0 ? {} : { shares: [{ fundId, amountFen: yuan(each) }] };
    const ballot = story.ballot('officer-1', 'approve', { yuan: each, ...chosen });
    return actOnCase(act, story.file().case.caseId, (file, around) => castVote(file, around, ballot), { awards: true });
  };

  prepare();
  // Nobody ends as busy or out of date: that would be thrown here.
  const outcomes = await Promise.all(stories.map(approve));

  expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(places);
  const refused = outcomes.flatMap((outcome, index) => (outcome.kind === 'done' ? [] : [{ outcome, index }]));
  for (const { outcome, index } of refused) {
    const told = index % 2 === 0 ? { missingFen: yuan(each - 5) } : { leftFen: yuan(5), missingFen: yuan(each - 5) };
    expect(outcome).toMatchObject({ kind: 'refused', code: 'funds-short', params: told });
  }
  const fund = await getFund(own.store, fundId);
  expect(fund).toMatchObject({
    ...{ fundedFen: yuan(places * each + 5), availableFen: yuan(5) },
    ...{ reservedFen: yuan(places * each), paidFen: 0 },
  });
  const entries = await ledgerOfFund(own.store, fundId);
  expect(entries.filter(({ kind }) => kind === 'reserve')).toHaveLength(places);
  expect(faultInChain(await auditTrail(own.store, aggregateName('fund', fundId)), fund!.audit)).toBeUndefined();
  const files = await Promise.all(stories.map((story) => loadCaseFile(own.store, story.file().case.caseId)));
  expect(files.map((file) => file?.awards.length)).toEqual(
    outcomes.map((outcome) => (outcome.kind === 'done' ? 1 : 0)),
  );
  // Those that were refused wait for an approval as before.
  expect(files.filter((file) => file?.case.status === 'in-approval')).toHaveLength(cases - places);
}

test('promise 2: 64 approvals raced for 10 places: exactly 10', () => race(), 120_000);

test('promise 2: 64 approvals raced for 10 places: exactly 10, where the database refuses transactions that meet', async () => {
  let refused = () => 0;
  await race(() => ({ refused } = refuseOverlapping(own.client)));
  expect(refused()).toBeGreaterThan(cases);
}, 120_000);
