import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyWorld } from '../../test/support/case-world.ts';
import { attemptIn, attempts, budgets } from '../../test/support/money-attempts.ts';
import {
  asTheBankSees,
  checkBank,
  checkCap,
  checkEnd,
  checkFourEyes,
  checkFunds,
  checkMoves,
  checkPayouts,
  checkReleases,
  checkSchedule,
  checkTrail,
  type Told,
} from '../../test/support/money-invariants.ts';
import { proofOf } from '../../test/support/money-proof.ts';
import { beginScene } from '../../test/support/money-scene.ts';
import { checkOwed } from '../../test/support/recovery-invariants.ts';
import { runsAndSeed } from '../../test/support/runs.ts';
import { yuan } from '../kernel/money.ts';

/** So many histories come to all that must be seen; without it the property would say little. */
const enough = 300;

/**
 * Anybody tries anything in any order, processes die between any two writes and what was delivered comes again. Everything that must
 * always hold is asked after every step. Gives what was seen.
 */
async function walkHistories(): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(budgets, fc.nat(3), attempts, async (fundedYuan, beginsAs, sequence) => {
      const world = emptyWorld(Object.fromEntries(emptyWorld().funds.map(({ fundId }) => [fundId, fundedYuan])));
      const scene = beginScene(world, { owes: beginsAs === 0 });
      const { stories } = scene;
      const banksTold: Told = new Map();
      for (const attempt of sequence) {
        const before = stories.map((story) => story.file());
        const told = await attemptIn(scene, attempt);
        seen.add(`${attempt.what === 'go-on' ? 'answer' : attempt.what}: ${told}`);
        checkFunds(world, yuan(fundedYuan));
        checkBank(world, banksTold);
        stories.forEach((story, index) => {
          const file = story.file();
          if (file === before[index]) return;
          checkMoves(before[index]!, file);
          checkPayouts(file);
          checkReleases(world, file);
          checkEnd(world, file);
          checkCap(world, file);
          checkOwed(world.entries, asTheBankSees(world, file));
          checkFourEyes(file);
          checkSchedule(file);
          for (const { kind, status } of file.scheduled) seen.add(`${kind} ${status}`);
          for (const { status, repayments } of file.recoveries) {
            seen.add(`recovery ${status}`);
            for (const repayment of repayments) seen.add(`repayment ${repayment.status}`);
          }
          seen.add(file.case.status);
          for (const { status } of file.payouts) seen.add(`payout ${status}`);
          for (const { status } of file.objections) seen.add(`objection ${status}`);
        });
        for (const { status, members } of world.batches.values()) {
          seen.add(`batch ${status}`);
          if (new Set(members.map(({ caseId }) => caseId)).size > 1) seen.add(`batch of several ${status}`);
        }
        for (const { kind } of world.entries) seen.add(`entry ${kind}`);
        if (world.funds.some(({ payerAccount }) => payerAccount !== undefined)) seen.add('payer account');
      }
      for (const file of world.files.values()) checkTrail(world, file);
      expect(proofOf(world, scene.finance.results.values(), yuan(fundedYuan))).toEqual([]);
    }),
    runsAndSeed(enough),
  );
  return seen;
}

let walked: ReturnType<typeof walkHistories> | undefined;
/** The histories are walked once for all the promises that they show. */
async function mustBeSeen(...wanted: string[]): Promise<void> {
  const seen = await (walked ??= walkHistories());
  if (runsAndSeed(enough).numRuns >= enough) expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
}

const forEver = 3_600_000;

test(
  'promise 1: whatever crashes, repeats or interleaves, of a share of an award at most one payment is with the bank',
  () =>
    mustBeSeen(
      ...['batch of several released', 'batch of several dissolved', 'batch making'],
      ...['payout batched', 'payout sent', 'payout unknown', 'payout paid'],
      ...['payout failed', 'payout returned', 'payout replaced', 'payout cancelled'],
      ...['begin-batch: killed', 'carry-batch: killed', 'bank-result: killed', 'carry-result: done'],
      ...[
        'release-batch: saved',
        'release-batch: same-person',
        'release-batch: batch-changed',
        'dissolve-batch: saved',
      ],
      ...['bank-result: done', 'result-again: saved', 'withdraw: already-released'],
    ),
  forEver,
);

test(
  'promise 2: whatever anybody tries in whatever order, no fen is lost, invented or given twice',
  () =>
    mustBeSeen(
      ...['paid', 'returned', 'on-notice', 'visit waiting', 'chain waiting', 'paper done', 'paper cancelled'],
      ...['entry receipt', 'entry undo-receipt', 'entry hand-back', 'entry carry-out', 'entry carry-in'],
      ...['entry reserve', 'entry release', 'entry pay', 'entry return', 'entry undo-pay'],
      ...['settle-money: same-person', 'propose-money: not-covered', 'payer account'],
      ...['recovery proposed', 'recovery open', 'recovery settled', 'recovery waived', 'recovery dropped'],
      ...['repayment recorded', 'repayment confirmed', 'repayment rejected', 'entry refund'],
      ...['repay: more-than-owed', 'confirm-repayment: same-person'],
    ),
  forEver,
);

test(
  'promise 20: what was reserved for a case that ends otherwise goes back once',
  () =>
    mustBeSeen(
      ...['withdrawn', 'withdraw: done', 'objection upheld'],
      ...['advance-payment done', 'advance-payment cancelled', 'payout cancelled', 'entry release'],
    ),
  forEver,
);
