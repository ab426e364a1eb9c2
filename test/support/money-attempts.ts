import * as fc from 'fast-check';
import { expect } from 'vitest';
import { openRequestOf } from '../../shared/cases/case-work.ts';
import { type Verdict, verdictsFor, votedPurposes } from '../../shared/cases/decision-request.ts';
import { mostForVote } from '../../shared/cases/vote-limits.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import { addHours, type Instant } from '../../shared/kernel/time.ts';
import { workingDaysAfter } from '../../shared/kernel/working-days.ts';
import { bankWhats, isOnBank, tryOnBank } from './bank-attempts.ts';
import type { Story } from './case-story.ts';
import type { World } from './case-world.ts';
import { fundWhats, isOnFund, tryOnFunds } from './fund-attempts.ts';
import { type Chance, nth, payoutsOf, type Scene } from './money-scene.ts';
import {
  decideOnRecovery,
  isOnRecovery,
  nextOnRecovery,
  type RecoveryTry,
  recoveryWhats,
} from './recovery-attempts.ts';
import { contentFor } from './small-union.ts';

const people = ['member-1', 'deputy-1', 'leader-1', 'head-1', 'officer-1', 'officer-2', 'officer-3', 'vice-1'];

/** What somebody tries on one of the cases. */
export type Attempt = Chance & { readonly at: number; readonly what: What };
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
  ...bankWhats,
  ...fundWhats,
  ...recoveryWhats,
  'become-related',
  'hours',
  'days',
] as const;
type What = (typeof whats)[number];
const often = Array.from({ length: 24 }, (): What => 'go-on');

export const attempts = fc.array(
  fc.record({
    at: fc.nat(3),
    what: fc.constantFrom<What>(...often, ...whats),
    pick: fc.nat(999),
    part: fc.integer({ min: 1, max: 1_000 }),
  }),
  { minLength: 20, maxLength: 90, size: 'max' },
);

/** What each fund holds, in yuan: at times too little for three cases. */
export const budgets = fc.integer({ min: 800, max: 8_000 });

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
async function goOn(scene: Scene, story: Story, attempt: Attempt): Promise<string> {
  const { world, stories } = scene;
  const { payouts } = story.file();
  const isUnderWay = ({ status }: Payout) => status === 'ordered' || status === 'batched' || status === 'sent';
  if (payouts.some(isUnderWay) && (story.status() === 'in-payment' || attempt.part > 700)) {
    return payOn(scene, story, attempt, payouts.findIndex(isUnderWay));
  }
  if (payouts.some(({ status }) => status === 'failed' || status === 'returned')) {
    const { payee } = contentFor(story.around().programme);
    return story.file().case.proposedPayee === undefined ? story.propose(payee) : story.decideAccount('office-1', true);
  }
  const voted = purposeOf(story);
  const isUsual = voted === 'objection-settlement' ? attempt.pick % 2 === 0 : attempt.pick < 900;
  if (voted !== undefined) return answer(story, verdictsFor[voted][isUsual ? 0 : 1]!, attempt);
  const purpose = openRequestOf(story.file())?.purpose;
  if (purpose === 'correction') return story.resubmit(contentFor(story.around().programme));
  if (purpose === 'notice') return pass(world, stories, workingDaysAfter(world.now, 6));
  const next = nextOnRecovery(story.file(), attempt.part);
  return next === undefined ? 'nothing' : tryOnRecovery(scene, story, next, attempt);
}

/** Now and then by a reference that another payment or repayment carries. */
function tryOnRecovery(
  { world }: Scene,
  story: Story,
  { what, who }: Pick<RecoveryTry, 'what' | 'who'>,
  { pick, part }: Chance,
): string {
  const reference = part % 4 === 1 ? 'SAME' : `BACK-${world.newId()}`;
  const decide = decideOnRecovery(story.file(), { what, who, pick, part, reference });
  return decide === undefined ? 'nothing' : story.act(decide);
}

/** The next step of a payment: into a batch, alone or with all that wait; to the bank; confirmed. */
async function payOn(scene: Scene, story: Story, { part }: Attempt, index: number): Promise<string> {
  const { world, finance } = scene;
  const payout = story.file().payouts[index]!;
  if (payout.status === 'sent') return story.confirm('finance-2', index);
  const batch = world.batches.get(payout.batchId ?? '');
  if (payout.status === 'batched' && batch !== undefined) {
    if (batch.status === 'made') {
      finance.release(batch, batch.madeBy === 'finance-1' ? 'finance-2' : 'finance-1');
      // The bank is told; the payment's own record does not say so yet.
      if (part % 3 === 0) story.withdraw();
    }
    return finance.carry(batch.batchId);
  }
  if (part > 500) {
    const begun = finance.begin('finance-1', payoutsOf(scene, ['ordered']));
    const told = begun === undefined ? 'nothing' : await finance.carry(begun.batchId);
    // What may not enter it waits for its papers.
    return story.file().payouts[index]!.status === 'ordered' ? bringPapers(story) : told;
  }
  const told = story.release('finance-1', index);
  return told === 'papers-missing' ? bringPapers(story) : told;
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

export async function attemptIn(scene: Scene, attempt: Attempt): Promise<string> {
  const { world, stories } = scene;
  const { what, pick, part } = attempt;
  const story = stories[attempt.at]!;
  const content = contentFor(story.around().programme);
  const otherAccount = { ...content.payee, accountNumber: `62220000${part}` };
  const voted = purposeOf(story);
  const anyPayout = Math.max(0, story.file().payouts.length - 1 - (pick % 3));
  const hasPayout = story.file().payouts.length > 0;
  if (isOnBank(what)) return tryOnBank(scene, what, attempt);
  if (isOnFund(what)) return tryOnFunds(scene, what, attempt);
  if (isOnRecovery(what)) {
    const who = nth(['finance-1', 'finance-2', 'office-1', 'officer-1'], pick)!;
    return tryOnRecovery(scene, story, { what, who }, attempt);
  }
  switch (what) {
    case 'go-on':
      return goOn(scene, story, attempt);
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
