import { zeroFen } from '../kernel/money.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { canMove, changed, consumeDecidedIn, moveCase, refused, workOn } from './case-work.ts';
import { startExecution } from './next-execution.ts';
import { claimBack } from './recovery.ts';
import { stageOf } from './rungs.ts';
import { waitFor } from './waiting.ts';

/** A lapsed application can be taken up again, as often as the programme says (once). Its workflow has ended, so another is started. */
export function reopenApplication(file: CaseFile, around: Around): Decided {
  if (!canMove(file, 'reopen')) return refused('not-possible-now');
  const { reopenings } = stageOf(around.programme, 'intake');
  if (file.case.reopenedTimes >= reopenings) return refused('reopened-before');
  const work = workOn(file, around, 'applicant');
  consumeDecidedIn(work);
  const reopenedTimes = file.case.reopenedTimes + 1;
  const { closedAt: _again, ...rest } = work.case;
  work.case = { ...rest, reopenedTimes };
  // The chain will decide on the advance anew.
  claimBack(work, 'advance-not-ratified', zeroFen);
  moveCase(work, 'reopen');
  waitFor(work, 'correction', around.programme, []);
  startExecution(work, String(reopenedTimes));
  return changed(work);
}
