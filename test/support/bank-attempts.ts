import type { Payout } from '../../shared/disbursement/payout.ts';
import type { Settlement } from '../../shared/disbursement/bank-result/bank-result.ts';
import { localDateOf } from '../../shared/kernel/time.ts';
import type { World } from './case-world.ts';
import { type Life, longLife } from './finance-desk.ts';
import { type Chance, nth, payoutsOf, type Scene, someOf } from './money-scene.ts';

/** Half of the processes come to their end. */
const lifeOf = ({ pick, part }: Chance): Life =>
  part <= 500 ? longLife : { writes: pick % 5, answerLost: part > 750 };

export const bankWhats = [
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
] as const;
type BankWhat = (typeof bankWhats)[number];
const names: readonly string[] = bankWhats;
export const isOnBank = (what: string): what is BankWhat => names.includes(what);

/** What somebody tries on a batch, or on what a bank's file says. */
export async function tryOnBank(scene: Scene, what: BankWhat, attempt: Chance): Promise<string> {
  const { world, finance } = scene;
  const { pick, part } = attempt;
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
      if (told !== 'saved') return told;
      // Now and then nobody carries it, since its process died at once, and an applicant is just taking theirs back.
      if (pick % 3 > 0) await finance.carry(batch.batchId, lifeOf(attempt));
      else scene.stories.find(({ caseId }) => caseId === batch.members[0]?.caseId)?.withdraw();
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
      return what satisfies never;
  }
}

/** What a bank says of a payment, true or not; at times by a reference that another carries. */
function rowOf(
  { now }: World,
  { caseId, payoutId, amountFen, status }: Payout,
  { pick, part }: Chance,
  index: number,
): Settlement {
  const row = { line: index + 2, caseId, payoutId, amountFen };
  const kind = (pick + index) % 4;
  if (kind === 3) return { ...row, action: status === 'paid' ? 'return' : 'fail', reason: '账号有误' };
  const bankReference = part > 950 ? 'SAME' : `BANK-${payoutId}`;
  return { ...row, action: 'confirm', bankReference, paidOn: localDateOf(now) };
}
