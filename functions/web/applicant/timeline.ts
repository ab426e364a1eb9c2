import type { CaseFile } from '../../../shared/cases/case-file.ts';
import type { CaseStatus } from '../../../shared/cases/case-lifecycle.ts';
import type { Instant } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { StageKind } from '../../../shared/programmes/stage.ts';

export type Step = {
  readonly stage: 'submit' | StageKind;
  readonly state: 'done' | 'current' | 'to-come' | 'stopped';
};

const endsBefore: readonly CaseStatus[] = ['refused', 'declined', 'withdrawn', 'lapsed'];
/** With these the case is at its first stage again, whichever it had reached. */
const atIntake: readonly CaseStatus[] = ['submitted', 'returned', 'refused', 'lapsed'];

/** The case's way along its programme's stages. What lies behind an early end is left out: it will not come. */
export function stepsOf({ case: it }: CaseFile, programme: ProgrammeVersion): Step[] {
  const at = atIntake.includes(it.status) ? 0 : it.stageIndex;
  const hasEnded = endsBefore.includes(it.status);
  const steps = programme.stages.map(({ kind }, index): Step => {
    if (it.status === 'paid' || index < at) return { stage: kind, state: 'done' };
    if (index > at) return { stage: kind, state: 'to-come' };
    return { stage: kind, state: hasEnded ? 'stopped' : 'current' };
  });
  const reached = hasEnded ? steps.filter(({ state }) => state !== 'to-come') : steps;
  return [{ stage: 'submit', state: 'done' }, ...reached];
}

/** Until when the case waits in the end: the last rung of its open request, not the next reminder. */
export function deadlineOf(file: CaseFile): Instant | undefined {
  const { waiting, status, noticeUntil } = file.case;
  if (waiting === undefined) return undefined;
  if (status === 'on-notice') return noticeUntil ?? waiting.until;
  const open = file.requests.findLast((request) => request.status === 'open' && request.purpose === waiting.purpose);
  return open?.rungs.at(-1)?.at ?? waiting.until;
}
