import * as fc from 'fast-check';
import { expect } from 'vitest';
import { openRequestOf } from '../../shared/cases/case-work.ts';
import { type Verdict, verdictsFor, votedPurposes } from '../../shared/cases/decision-request.ts';
import { mostForVote } from '../../shared/cases/vote-limits.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import type { Settlement } from '../../shared/disbursement/bank-result/bank-result.ts';
import type { Proposal, Wanted } from '../../shared/funds/proposal.ts';
import { type FundId, proposalIdSchema } from '../../shared/kernel/ids.ts';
import { fen } from '../../shared/kernel/money.ts';
import { addHours, type Instant, localDateOf } from '../../shared/kernel/time.ts';
import { workingDaysAfter } from '../../shared/kernel/working-days.ts';
import { begin, type Story } from './case-story.ts';
import type { World } from './case-world.ts';
import { type FinanceDesk, financeDesk, type Life, longLife } from './finance-desk.ts';
import { contentFor, seedOf } from './small-union.ts';
import { type TreasuryDesk, treasuryDesk } from './treasury-desk.ts';

/** Four cases of one household: two of them on different bills, until one is changed to name the other's. */
const storiesOf = (world: World): Story[] => [
  begin(world, 'fire-damage'),
  begin(world, 'major-illness-relief'),
  begin(world, 'major-illness-relief', { answers: { ...illness.answers, invoiceNumber: 'A-2' } }),
  begin(world, 'start-up-funding'),
];

/** A union in which anybody may try anything. */
export type Scene = {
  readonly world: World;
  readonly stories: readonly Story[];
  readonly finance: FinanceDesk;
  readonly treasury: TreasuryDesk;
};
export function beginScene(world: World): Scene {
  const stories = storiesOf(world);
  return { world, stories, finance: financeDesk(world, stories), treasury: treasuryDesk(world) };
}

const illness = contentFor(seedOf('major-illness-relief'));
const people = ['member-1', 'deputy-1', 'leader-1', 'head-1', 'officer-1', 'officer-2', 'officer-3', 'vice-1'];

/** What somebody tries. `pick` chooses among those who could, `part` an amount, out of a thousand. */
export type Attempt = { readonly at: number; readonly what: What; readonly pick: number; readonly part: number };
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
  'begin-batch',
  'begin-batch',
  'carry-batch',
  'release-batch',
  'release-batch',
  'dissolve-batch',
  'bank-result',
  'bank-result',
  'result-again',
  'carry-result',
  'propose-money',
  'settle-money',
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
  return 'nothing';
}

/** The next step of a payment: into a batch, alone or with all that wait; to the bank; confirmed. */
async function payOn(scene: Scene, story: Story, { part }: Attempt, index: number): Promise<string> {
  const { world, finance } = scene;
  const payout = story.file().payouts[index]!;
  if (payout.status === 'sent') return story.confirm('finance-2', index);
  const batch = world.batches.get(payout.batchId ?? '');
  if (payout.status === 'batched' && batch !== undefined) {
    if (batch.status === 'made') finance.release(batch, batch.madeBy === 'finance-1' ? 'finance-2' : 'finance-1');
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

const payoutsOf = ({ stories }: Scene, statuses: readonly Payout['status'][]): Payout[] =>
  stories.flatMap((story) => story.file().payouts.filter(({ status }) => statuses.includes(status)));

/** Not all, and not always the same. */
const someOf = <T>(items: readonly T[], pick: number): T[] =>
  items.filter((_, index) => ((pick >> (index % 8)) & 1) === 0);

/** Half of the processes come to their end. */
const lifeOf = ({ pick, part }: Attempt): Life =>
  part <= 500 ? longLife : { writes: pick % 5, answerLost: part > 750 };

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

/** What somebody tries on a batch, or on what a bank's file says. */
async function tryOnBank(scene: Scene, attempt: Attempt): Promise<string> {
  const { world, finance } = scene;
  const { what, pick, part } = attempt;
  const who = nth(['finance-1', 'finance-2', 'office-1'], pick)!;
  const batch = nth([...world.batches.values()].toReversed(), pick % 7);
  const result = nth([...finance.results.values()].toReversed(), pick % 5);
  switch (what) {
    case 'begin-batch': {
      const ordered = payoutsOf(scene, part > 900 ? ['ordered', 'batched', 'sent', 'failed'] : ['ordered']);
      const begun = finance.begin(who, someOf(ordered, pick));
      return begun === undefined ? 'empty' : finance.carry(begun.batchId, lifeOf(attempt));
    }
    case 'carry-batch':
      return batch === undefined ? 'nothing' : finance.carry(batch.batchId, lifeOf(attempt));
    case 'release-batch': {
      if (batch === undefined) return 'nothing';
      const told = finance.release(batch, who, part > 900 ? 1 : 0);
      // Now and then nobody carries it: its process died at once.
      if (told === 'saved' && pick % 3 > 0) await finance.carry(batch.batchId, lifeOf(attempt));
      return told;
    }
    case 'dissolve-batch': {
      if (batch === undefined) return 'nothing';
      const told = finance.dissolve(batch, who);
      if (told === 'saved' && pick % 3 > 0) await finance.carry(batch.batchId, lifeOf(attempt));
      return told;
    }
    case 'bank-result': {
      const known = payoutsOf(
        scene,
        part > 900 ? ['ordered', 'batched', 'sent', 'failed', 'paid'] : ['sent', 'unknown', 'paid'],
      );
      const rows = someOf(known, pick).map((payout, index) => rowOf(world, payout, attempt, index));
      if (rows.length === 0) return 'empty';
      const told = finance.apply(finance.upload(who, rows.length), who, rows);
      const resultId = [...finance.results.keys()].at(-1)!;
      return told === 'saved' ? finance.carryResult(resultId, lifeOf(attempt)) : told;
    }
    case 'result-again': {
      if (result === undefined) return 'nothing';
      const told = finance.apply(
        result,
        who,
        result.settled.map(({ by: _by, ...row }) => ({ ...row, reason: '账号有误' })),
      );
      if (told === 'saved') await finance.carryResult(result.resultId, lifeOf(attempt));
      return told;
    }
    case 'carry-result':
      return result === undefined ? 'nothing' : finance.carryResult(result.resultId, lifeOf(attempt));
    default:
      throw new Error(`nothing of the bank is called ${what}`);
  }
}

/** What a bank says of a payment, true or not; at times by a reference that another carries. */
function rowOf(
  { now }: World,
  { caseId, payoutId, amountFen, status }: Payout,
  { pick, part }: Attempt,
  index: number,
): Settlement {
  const row = { line: index + 2, caseId, payoutId, amountFen };
  const kind = (pick + index) % 4;
  if (kind === 3) return { ...row, action: status === 'paid' ? 'return' : 'fail', reason: '账号有误' };
  const bankReference = part > 950 ? 'SAME' : `BANK-${payoutId}`;
  return { ...row, action: 'confirm', bankReference, paidOn: localDateOf(now) };
}

/** What two of finance and the office try on the funds themselves. */
function tryOnFunds({ world, treasury }: Scene, { what, pick, part }: Attempt): string {
  const who = nth(['finance-1', 'finance-2', 'office-1'], part)!;
  if (what === 'settle-money') {
    const proposal = nth(world.proposals.toReversed(), pick % 3);
    return proposal === undefined ? 'nothing' : treasury.settle(who, proposal.proposalId, pick < 850);
  }
  const live = world.proposals.findLast(({ wanted, status }) => wanted.kind === 'receipt' && status === 'confirmed');
  const id = world.newId();
  const told = treasury.propose(
    who,
    ...(part < 400 && live !== undefined ? undoingOf(live) : moneyOf(world, pick, part)),
    id,
  );
  // At times the other is there at once.
  if (told === 'done' && pick % 2 === 0) {
    return treasury.settle(who === 'finance-1' ? 'finance-2' : 'finance-1', proposalIdSchema.parse(id), true);
  }
  return told;
}

const undoingOf = ({ proposalId, fundId, wanted }: Proposal): [FundId, Wanted] => {
  if (wanted.kind !== 'receipt') throw new Error(`${proposalId} is no receipt`);
  return [fundId, { kind: 'undo-receipt', receiptId: proposalId, amountFen: wanted.amountFen, reason: '登记错误' }];
};

function moneyOf({ funds, now }: World, pick: number, part: number): [FundId, Wanted] {
  // Of what is left for a few cases, so that at times it is not there.
  const amountFen = fen(part * 500);
  const voucher = { number: `V-${part % 40}`, date: localDateOf(now) };
  const into = nth(funds, pick + 1 + (part % 2))!.fundId;
  const wanted: readonly Wanted[] = [
    { kind: 'receipt', amountFen, payer: '市总工会', voucher },
    { kind: 'hand-back', amountFen, voucher, reason: '年末交回' },
    { kind: 'carry-over', amountFen, into, reason: '年末结转' },
  ];
  return [nth(funds, pick)!.fundId, nth(wanted, pick)!];
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
    case 'begin-batch':
    case 'carry-batch':
    case 'release-batch':
    case 'dissolve-batch':
    case 'bank-result':
    case 'result-again':
    case 'carry-result':
      return tryOnBank(scene, attempt);
    case 'propose-money':
    case 'settle-money':
      return tryOnFunds(scene, attempt);
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
