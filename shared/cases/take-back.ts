import { capPeriodStart } from '../intake/judge-intake.ts';
import { addFen, type Fen, fen, subtractFen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import type { Around } from './case-file.ts';
import type { Work } from './case-work.ts';
import { claimBack, claimNoMoreThan, recoveredOf } from './recovery.ts';
import { takeBackAwards } from './order-payouts.ts';

/**
 * Gives back what no bank has been told to pay, because the case ends without (more) help. What is gone all the same is owed, and
 * goes on counting against the household's cap.
 */
export function takeBack(work: Work, around: Around): void {
  if (work.awards.length === 0) return;
  const goneFen = takeBackAwards(work);
  claimNoMoreThan(work, goneFen);
  claimBack(work, 'advance-not-ratified', goneFen);
  tallyCase(work, around);
}

/**
 * What the household has got, or will get, by these awards: what was approved, or the advance where that was more. An award that was
 * taken back counts for nothing, nor does what they have paid back.
 */
const keptOf = ({ awards, recoveries }: Pick<Work, 'awards' | 'recoveries'>): Fen =>
  subtractFen(
    addFen(...awards.filter(({ status }) => status !== 'released').map(({ amountFen }) => amountFen)),
    recoveredOf(recoveries),
  );

/**
 * Counts the case against the household's cap for what its awards come to; nothing takes it back. What is to be paid back, after an
 * approval below the advance as after a decline, counts until it has been: the household has it. The case counts in the period of its
 * first award and under the name written down then, also when it changes in the next year.
 */
export function tallyCase(work: Work, around: Around): void {
  const amountFen = keptOf(work);
  const { programme } = around;
  const { tallyKey: known, ...rest } = work.case;
  const tallyKey = known ?? around.capKey;
  const counted = work.awards.find(({ status }) => status !== 'released') ?? work.awards.at(-1);
  const on = localDateOf(counted?.at ?? around.now);
  const since = capPeriodStart(programme, on);
  work.case = amountFen === 0 ? rest : { ...rest, tallyKey };
  work.tally = {
    capKey: tallyKey,
    householdId: rest.householdId,
    amountFen,
    maxFen: fen(programme.cap.maxFen),
    on,
    ...(since === undefined ? {} : { since }),
  };
}
