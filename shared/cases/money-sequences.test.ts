import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { runsAndSeed } from '../../test/support/runs.ts';
import { contentFor, seedOf } from '../../test/support/small-union.ts';
import { isSettled, type PayoutStatus, payoutLifecycle } from '../disbursement/payout.ts';
import { faultInChain } from '../kernel/audit.ts';
import { actionsFrom, isEnd, type LifecycleTable } from '../kernel/lifecycle.ts';
import { yuan } from '../kernel/money.ts';
import { addHours, type Instant } from '../kernel/time.ts';
import { workingDaysAfter } from '../kernel/working-days.ts';
import { objectionLifecycle } from '../notice/objection.ts';
import { isPending } from './answer-objection.ts';
import type { CaseFile } from './case-file.ts';
import { type CaseAction, caseLifecycle, type CaseStatus, caseStatuses } from './case-lifecycle.ts';
import { openRequestOf } from './case-work.ts';
import { type Verdict, verdictsFor, votedPurposes } from './decision-request.ts';
import { mostForVote } from './vote-limits.ts';

/** Four cases of one household: two of them on different bills, until one is changed to name the other's. */
const beginAll = (world: World): Story[] => [
  begin(world, 'fire-damage'),
  begin(world, 'major-illness-relief'),
  begin(world, 'major-illness-relief', { answers: { ...illness.answers, invoiceNumber: 'A-2' } }),
  begin(world, 'start-up-funding'),
];
const illness = contentFor(seedOf('major-illness-relief'));
const people = ['member-1', 'deputy-1', 'leader-1', 'head-1', 'officer-1', 'officer-2', 'officer-3', 'vice-1'];

/** What somebody tries. `pick` chooses among those who could, `part` an amount, out of a thousand. */
type Attempt = { readonly at: number; readonly what: What; readonly pick: number; readonly part: number };
const whats = [
  'go-on',
  'answer',
  'answer-out-of-turn',
  'recuse',
  'edit',
  'resubmit',
  'withdraw',
  'reopen',
  'object',
  'batch',
  'send',
  'release',
  'silence',
  'confirm',
  'fail',
  'return',
  'undo',
  'propose',
  'decide-account',
  'become-related',
  'hours',
  'days',
] as const;
type What = (typeof whats)[number];
const often = Array.from({ length: 15 }, (): What => 'go-on');

const attempts = fc.array(
  fc.record({
    at: fc.nat(3),
    what: fc.constantFrom<What>(...often, ...whats),
    pick: fc.nat(999),
    part: fc.integer({ min: 1, max: 1_000 }),
  }),
  { minLength: 20, maxLength: 90, size: 'max' },
);

/** What each fund holds, in yuan: at times too little for three cases. */
const budgets = fc.integer({ min: 800, max: 8_000 });

const nth = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];

/** Among those who could answer, or whoever else tries; a sum up to what may be named, at times above it. */
function answer(story: Story, verdict: Verdict, { pick, part }: Attempt, who?: string): string {
  const file = story.file();
  const personId = who ?? nth(file.case.waiting?.people ?? [], pick);
  const purpose = purposeOf(story);
  if (purpose === undefined || personId === undefined) return 'nobody';
  const most = part > 980 ? file.case.mostFen : mostForVote(file, story.around().programme, purpose);
  const sum = part > 400 ? most : Math.max(1, Math.round((most * part) / 1_000));
  return story.vote(personId, verdict, { yuan: sum / 100, visited: '2016-10-10' });
}

const bringPapers = (story: Story) => story.bring('call-out-receipt', 'id-card', 'bank-card');

const purposeOf = (story: Story) => votedPurposes.find((each) => each === openRequestOf(story.file())?.purpose);

/** Does what the case waits for, mostly in favour of the applicant. */
function goOn(world: World, stories: readonly Story[], story: Story, attempt: Attempt): string {
  const { payouts } = story.file();
  const index = payouts.findIndex(({ status }) => status === 'ordered' || status === 'sent');
  if (index >= 0 && (story.status() === 'in-payment' || attempt.part > 700)) {
    if (payouts[index]!.status === 'sent') return story.confirm('finance-2', index);
    const told = story.release('finance-1', index);
    return told === 'papers-missing' ? bringPapers(story) : told;
  }
  if (payouts.some(({ status }) => status === 'failed')) {
    const { payee } = contentFor(story.around().programme);
    return story.file().case.proposedPayee === undefined ? story.propose(payee) : story.decideAccount('office-1', true);
  }
  const voted = purposeOf(story);
  const isUsual = attempt.pick < 900 === (voted !== 'objection-settlement');
  if (voted !== undefined) return answer(story, verdictsFor[voted][isUsual ? 0 : 1]!, attempt);
  const purpose = openRequestOf(story.file())?.purpose;
  if (purpose === 'correction') return story.resubmit(contentFor(story.around().programme));
  if (purpose === 'notice') return pass(world, stories, workingDaysAfter(world.now, 6));
  return 'nothing';
}

/** Time passes for every case; each is told on its own what happened to it meanwhile. */
function pass(world: World, stories: readonly Story[], to: Instant): string {
  const from = world.now;
  for (const story of stories) {
    world.now = from;
    story.until(to);
    if (story.sweep()) expect(story.sweep()).toBe(false);
  }
  return 'done';
}

function attemptIn(world: World, stories: readonly Story[], attempt: Attempt): string {
  const { what, pick, part } = attempt;
  const story = stories[attempt.at]!;
  const content = contentFor(story.around().programme);
  const otherAccount = { ...content.payee, accountNumber: `62220000${part}` };
  const voted = purposeOf(story);
  const anyPayout = Math.max(0, story.file().payouts.length - 1 - (pick % 3));
  const hasPayout = story.file().payouts.length > 0;
  switch (what) {
    case 'go-on':
      return goOn(world, stories, story, attempt);
    case 'answer':
      return voted === undefined ? 'nobody' : answer(story, nth(verdictsFor[voted], part)!, attempt);
    case 'answer-out-of-turn':
      return voted === undefined ? 'nobody' : answer(story, verdictsFor[voted][0]!, attempt, nth(people, pick));
    case 'recuse':
      return voted === undefined ? 'nobody' : answer(story, 'recuse', attempt);
    case 'edit':
      return story.edit({ ...content, payee: otherAccount });
    case 'resubmit':
      return story.resubmit({ ...content, payee: otherAccount });
    case 'withdraw':
      return part > 600 ? story.withdraw() : 'thought better of it';
    case 'reopen':
      return story.reopen();
    case 'object':
      return story.object();
    case 'release':
      return hasPayout ? story.release('finance-2', anyPayout) : 'nothing';
    case 'batch':
      return hasPayout ? story.batch('finance-2', anyPayout) : 'nothing';
    case 'send':
      return hasPayout ? story.send('finance-1', anyPayout) : 'nothing';
    case 'silence':
      return hasPayout ? story.silence('finance-1', anyPayout) : 'nothing';
    case 'confirm':
      return hasPayout ? story.confirm('finance-1', anyPayout) : 'nothing';
    case 'fail':
      return hasPayout ? story.fail('finance-1', anyPayout) : 'nothing';
    case 'return':
      return hasPayout ? story.return('finance-1', anyPayout) : 'nothing';
    case 'undo':
      return hasPayout ? story.undo('finance-3', anyPayout) : 'nothing';
    case 'propose':
      return story.propose(otherAccount);
    case 'decide-account':
      return story.decideAccount('office-1', part > 300, '户名不符');
    case 'become-related':
      if (part > 900) world.ties.set(nth(people, pick)!, 'same-household');
      return 'done';
    case 'hours':
      return pass(world, stories, addHours(world.now, 1 + (pick % 48)));
    case 'days':
      return pass(world, stories, workingDaysAfter(world.now, 1 + (pick % 12)));
    default:
      return what satisfies never;
  }
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);

/** The money of a fund is where the cases say it is, and there is as much of it as on the first day. */
function checkFunds(world: World, fundedFen: number): void {
  const files = [...world.files.values()];
  for (const fund of world.funds) {
    const ofFund = (items: readonly { fundId: string; amountFen: number }[]) =>
      total(items.filter(({ fundId }) => fundId === fund.fundId).map(({ amountFen }) => amountFen));
    const paid = ofFund(files.flatMap(({ payouts }) => payouts.filter(({ status }) => status === 'paid')));
    const awards = files.flatMap((file) => file.awards.filter(({ status }) => status !== 'released'));
    const awarded = ofFund(awards.flatMap(({ shares }) => shares));
    expect(fund).toMatchObject({ fundedFen, paidFen: paid, reservedFen: awarded - paid });
    expect(fund.availableFen + fund.reservedFen + fund.paidFen).toBe(fundedFen);
    expect(Math.min(fund.availableFen, fund.reservedFen, fund.paidFen)).toBeGreaterThanOrEqual(0);
  }
}

const isOneOf = (status: PayoutStatus, ...statuses: PayoutStatus[]): boolean => statuses.includes(status);

/** No share of an award is paid, or can come to be paid, twice; and by no one hand; nor the whole before its papers. */
function checkPayouts({ case: { papers, programmeId }, awards, payouts, votes }: CaseFile): void {
  for (const award of awards) {
    const ofAward = payouts.filter(({ awardId }) => awardId === award.awardId);
    const alive = ofAward.filter(({ status }) =>
      isOneOf(status, 'ordered', 'batched', 'sent', 'unknown', 'failed', 'returned', 'paid'),
    );
    expect(new Set(alive.map(({ fundId }) => fundId)).size).toBe(alive.length);
    expect(total(alive.map(({ amountFen }) => amountFen))).toBeLessThanOrEqual(award.amountFen);
    expect(total(award.shares.map(({ amountFen }) => amountFen))).toBe(award.amountFen);
    if (award.status === 'paid') expect(ofAward.filter(({ status }) => !isSettled({ status }))).toEqual([]);
    if (award.status === 'released') expect(alive).toEqual([]);
    expect(new Set(award.signedBy).size).toBe(award.signedBy.length);
  }
  const lacks = ['call-out-receipt', 'id-card', 'bank-card'].filter(
    (id) => !papers.some((each) => each.paperId === id),
  );
  const whole = awards.filter(({ kind }) => kind === 'whole').map(({ awardId }) => awardId);
  const isFire = programmeId === seedOf('fire-damage').id;
  for (const { awardId, status } of isFire ? payouts : []) {
    if (whole.includes(awardId) && isOneOf(status, 'batched', 'sent', 'paid')) expect(lacks).toEqual([]);
  }
  for (const { status, batchedBy, settledBy } of payouts) {
    if (status === 'paid') expect(settledBy).not.toBe(batchedBy);
    if (status === 'paid') expect(votes.map(({ personId }) => personId)).not.toContain(settledBy);
  }
}

/** Against its household's cap a case counts for what it was given, an end that owes some of it back or none. */
function checkCap(world: World, { case: { caseId }, awards }: CaseFile): void {
  const given = total(awards.filter((award) => award.status !== 'released').map(({ amountFen }) => amountFen));
  const parts = [...world.tallies.values()].flat().filter((part) => part.caseId === caseId);
  expect(parts.map(({ amountFen }) => amountFen)).toEqual(given === 0 ? [] : [given]);
}

const isOver = (status: CaseStatus): boolean =>
  status === 'lapsed' || status === 'paid' || isEnd(caseLifecycle, status);

/** Nobody decides at two stages of a case, or at two levels. */
function checkFourEyes({ votes, requests }: CaseFile): void {
  const levels = new Map<string, string>();
  for (const { personId, purpose, requestId, verdict } of votes) {
    if (verdict === 'recuse' || purpose === 'objection-admission') continue;
    const { levelIndex } = requests.find((request) => request.requestId === requestId)!;
    const level = `${purpose} ${levelIndex}`;
    expect(levels.get(personId) ?? level).toBe(level);
    levels.set(personId, level);
  }
}

/** Its last payment came back. Visits are due once all was paid. */
const isPaidAgain = ({ case: { status }, scheduled }: CaseFile): boolean =>
  status === 'in-payment' && scheduled.some(({ kind }) => kind === 'visit');

/** An ended case holds nothing but what is with the bank; one that goes on waits for somebody. No objection is left without answer. */
function checkEnd({ case: { status, closedAt }, requests, awards, payouts, objections }: CaseFile): void {
  if (status !== 'under-objection') expect(objections.filter(isPending)).toEqual([]);
  expect(closedAt !== undefined).toBe(isOver(status));
  expect(requests.filter((each) => each.status === 'open')).toHaveLength(closedAt === undefined ? 1 : 0);
  if (closedAt === undefined) return;
  const shares = awards.filter((award) => award.status !== 'released').flatMap((award) => award.shares);
  const sumOf = (...statuses: PayoutStatus[]) =>
    total(payouts.filter((each) => isOneOf(each.status, ...statuses)).map(({ amountFen }) => amountFen));
  expect(total(shares.map(({ amountFen }) => amountFen)) - sumOf('paid')).toBe(sumOf('sent', 'unknown'));
  expect(sumOf('ordered', 'batched', 'failed', 'returned')).toBe(0);
  if (status === 'withdrawn') expect(sumOf('sent', 'unknown', 'paid')).toBe(0);
}

/** Each thing is due once; of a case that came to nothing, only what is with the bank still is. */
function checkSchedule(file: CaseFile): void {
  const { scheduled, payouts } = file;
  const { status, closedAt } = file.case;
  expect(new Set(scheduled.map(({ itemId }) => itemId)).size).toBe(scheduled.length);
  for (const item of scheduled.filter((each) => each.status === 'waiting')) {
    if (item.kind === 'visit') expect(status === 'paid' || isPaidAgain(file)).toBe(true);
    if (item.kind === 'chain') expect(closedAt).toBeUndefined();
    if (item.kind === 'paper') expect(closedAt === undefined || status === 'paid').toBe(true);
    if (item.kind === 'advance-payment') {
      const left = payouts.filter(({ awardId }) => awardId === item.awardId);
      expect(left.some((payout) => !isSettled(payout))).toBe(true);
    }
  }
}

/** Every move that the audit trail tells is one of the lifecycle's, each from where the last one led; and no link of it is broken. */
function checkTrail(world: World, file: CaseFile): void {
  const events = world.audit.get(file.case.caseId)!;
  expect(faultInChain(events, file.case.audit)).toBeUndefined();
  let status: CaseStatus = 'submitted';
  for (const { event, details } of events) {
    const action = actions.find((each) => event === `case-${each}`);
    if (action === undefined) continue;
    expect(details).toEqual({ from: status, to: caseLifecycle[status][action] });
    status = caseLifecycle[status][action]!;
  }
  expect(file.case.status).toBe(status);
}

const actions: CaseAction[] = [...new Set(caseStatuses.flatMap((status) => actionsFrom(caseLifecycle, status)))];

/** Where a lifecycle leads to from a status, in any number of steps: one write may take several. */
function reachable<Status extends string, Action extends string>(
  table: LifecycleTable<Status, Action>,
  from: Status,
): Set<Status> {
  const found = new Set([from]);
  for (const status of found) for (const action of actionsFrom(table, status)) found.add(table[status][action]!);
  return found;
}

function checkMoves(before: CaseFile, after: CaseFile): void {
  if (after === before) return;
  expect(after.case.version).toBeGreaterThan(before.case.version);
  for (const { payoutId, status } of before.payouts) {
    const now = after.payouts.find((each) => each.payoutId === payoutId)!.status;
    expect(reachable(payoutLifecycle, status)).toContain(now);
  }
  for (const { objectionId, status } of before.objections) {
    const now = after.objections.find((each) => each.objectionId === objectionId)!.status;
    expect(reachable(objectionLifecycle, status)).toContain(now);
  }
}

test('promise 2: whatever anybody tries in whatever order, no fen is lost, invented or paid twice (promise 20: or released twice)', () => {
  const chosen = runsAndSeed(enough);
  const seen = new Set<string>();
  fc.assert(
    fc.property(budgets, attempts, (fundedYuan, sequence) => {
      const world = emptyWorld(Object.fromEntries(emptyWorld().funds.map(({ fundId }) => [fundId, fundedYuan])));
      const stories = beginAll(world);
      for (const attempt of sequence) {
        const before = stories.map((story) => story.file());
        const told = attemptIn(world, stories, attempt);
        seen.add(`${attempt.what === 'go-on' ? 'answer' : attempt.what}: ${told}`);
        checkFunds(world, yuan(fundedYuan));
        stories.forEach((story, index) => {
          const file = story.file();
          if (file === before[index]) return;
          checkMoves(before[index]!, file);
          checkPayouts(file);
          checkEnd(file);
          checkCap(world, file);
          checkFourEyes(file);
          checkSchedule(file);
          for (const { kind, status } of file.scheduled) seen.add(`${kind} ${status}`);
          seen.add(file.case.status);
          for (const { status } of file.payouts) seen.add(`payout ${status}`);
          for (const { status } of file.objections) seen.add(`objection ${status}`);
        });
      }
      for (const file of world.files.values()) checkTrail(world, file);
    }),
    chosen,
  );
  if (chosen.numRuns >= enough) expect(mustBeSeen.filter((what) => !seen.has(what))).toEqual([]);
}, 3_600_000);

/** So many histories come to all of this; without it the property would say little. */
const enough = 300;
const mustBeSeen = [
  'paid',
  'withdrawn',
  'returned',
  'on-notice',
  'payout batched',
  'payout sent',
  'payout returned',
  'payout cancelled',
  'paper done',
  'paper cancelled',
  'advance-payment done',
  'advance-payment cancelled',
  'chain waiting',
  'visit waiting',
];
