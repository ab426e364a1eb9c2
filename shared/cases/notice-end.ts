import type { Instant } from '../kernel/time.ts';
import { workingDaysAfter } from '../kernel/working-days.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { CaseFile } from './case-file.ts';
import type { DecisionRequest } from './decision-request.ts';
import { rungsOf, stageOf } from './rungs.ts';

type OnNotice = Pick<CaseFile, 'case' | 'objections'>;

/**
 * When a notice is over: with its last working day; later only while an objection that was raised before then is still within the time
 * in which the office answers it (docs/decisions/0008). That is no stop: silence lets the notice end at most that long after its last
 * day. Undefined where nothing is posted. While an admitted objection stops the clock it says nothing.
 */
export function noticeEndsAt(
  { case: { noticeUntil }, objections }: OnNotice,
  programme: ProgrammeVersion,
): Instant | undefined {
  if (noticeUntil === undefined) return undefined;
  const { admitWithinWorkingDays } = stageOf(programme, 'notice');
  const answerBy = objections
    .filter(({ status }) => status === 'raised')
    .map(({ raisedAt }) => workingDaysAfter(raisedAt, admitWithinWorkingDays));
  return [noticeUntil, ...answerBy].reduce((latest, each) => (each > latest ? each : latest));
}

/**
 * The request whether an objection is admitted, waiting as long as the notice now lasts: another objection may have come since it was
 * opened, and one of an earlier release ends with the notice's last day. Rungs that were climbed stay climbed.
 */
export function asLongAsTheNotice(
  request: DecisionRequest,
  file: OnNotice,
  programme: ProgrammeVersion,
): DecisionRequest {
  const since = file.case.waiting?.since ?? request.openedAt;
  const rungs = rungsOf('objection-admission', programme, since, noticeEndsAt(file, programme));
  return { ...request, rungs, climbed: Math.min(request.climbed, rungs.length - 1) };
}
