import type { ProgrammeVersion } from './programme-version.ts';
import { repeated } from './repeated.ts';
import { isRising, unrisen } from './rising.ts';
import {
  type DeciderRole,
  type Level,
  type Rung,
  rungNames,
  type Stage,
  type StageKind,
  type StageOf,
} from './stage.ts';

/** What is wrong with the way that an application takes: the order of stages, who decides, how long a wait may last. */
export const stageFaults = (version: ProgrammeVersion): string[] => [
  ...orderFaults(version.stages.map(({ kind }) => kind)),
  ...version.stages.flatMap((stage) => oneStageFaults(stage, version.cap.maxFen)),
  ...version.stages.flatMap((stage) => (stage.kind === 'advance' ? wholeFaults(stage, version) : [])),
  ...version.stages.flatMap(longWaitFaults),
];

/** The only order in which the stages make sense; an advance and a review may be left out. */
const possibleOrder: readonly StageKind[] = ['intake', 'advance', 'review', 'approval', 'notice', 'disbursement'];

function orderFaults(kinds: readonly StageKind[]): string[] {
  const missing = (['intake', 'approval', 'disbursement'] as const).filter((kind) => !kinds.includes(kind));
  const places = kinds.map((kind) => possibleOrder.indexOf(kind));
  const twice = repeated(kinds);
  return [
    ...missing.map((kind) => `The stages lack the ${kind}.`),
    ...twice.map((kind) => `The stage ${kind} stands there twice.`),
    ...(twice.length === 0 && !isRising(places)
      ? [`The stages stand in an impossible order: ${kinds.join(', ')}.`]
      : []),
    ...(kinds.includes('notice') || kinds.includes('advance')
      ? []
      : [
          'Nothing is posted before the disbursement: only an emergency, which has an advance, may do without the notice.',
        ]),
  ];
}

function oneStageFaults(stage: Stage, capFen: number): string[] {
  switch (stage.kind) {
    case 'intake':
      return correctionFaults(stage.correctionRungs, stage.correctWithinWorkingDays);
    case 'advance':
      return [
        ...(stage.maxFen > capFen ? ['The advance may be larger than the cap of the whole award.'] : []),
        ...levelFaults('The advance', stage.level, stage.rungs),
        ...rungFaults('The advance', stage.rungs),
      ];
    case 'review':
      return [...levelFaults('The review', stage.level, stage.rungs), ...rungFaults('The review', stage.rungs)];
    case 'approval':
      return [
        ...unrisen(stage.tiers.map(({ upToFen }) => upToFen)).map((fault) => `The approval has tiers ${fault}.`),
        ...stage.tiers.flatMap(({ levels }, tier) =>
          levels.flatMap((level, index) =>
            levelFaults(`Level ${index + 1} of tier ${tier + 1} of the approval`, level, stage.rungs),
          ),
        ),
        ...rungFaults('The approval', stage.rungs),
      ];
    case 'disbursement':
      return rungFaults('The disbursement', stage.rungs);
    default:
      return [];
  }
}

/** Roles that one person holds at a time; of the others there may be any number. */
const singleRoles: ReadonlySet<DeciderRole> = new Set(['patch-member', 'deputy', 'head', 'chair', 'vice-chair']);

function levelFaults(place: string, { seats, quorum }: Level, rungs: readonly Rung[]): string[] {
  const possible = seats.reduce(
    (sum, { role, count }) => sum + (singleRoles.has(role) ? 1 : (count ?? Number.POSITIVE_INFINITY)),
    0,
  );
  const unreached = seats.filter(
    ({ askedFrom }) => askedFrom !== 'start' && !rungs.some(({ rung }) => rung === askedFrom),
  );
  const roles = seats.map(({ role }) => role);
  return [
    ...(quorum > possible ? [`${place} wants ${quorum} answers but asks at most ${possible} people.`] : []),
    ...(seats.some(({ askedFrom }) => askedFrom === 'start') ? [] : [`${place} asks nobody at the start.`]),
    ...unreached.map(
      ({ role, askedFrom }) => `${place} asks the ${role} from the rung ${askedFrom}, which it never reaches.`,
    ),
    ...repeated(roles).map((role) => `${place} seats the ${role} twice.`),
    ...seats.flatMap(({ role, count = 1 }) =>
      singleRoles.has(role) && count > 1 ? [`${place} seats ${count} of the ${role}, of which there is one.`] : [],
    ),
    ...(roles.includes('chair') && !roles.includes('vice-chair')
      ? [`${place} asks the chair and nobody who could stand in for the chair.`]
      : []),
  ];
}

/** Rungs are climbed in one unit, later each time, in the order of their names. */
function climbFaults(place: string, rungs: readonly Rung[]): string[] {
  if (new Set(rungs.map(({ unit }) => unit)).size > 1) return [`${place} counts its rungs in two units.`];
  return isRising(rungs.map(({ after }) => after)) && isRising(rungs.map(({ rung }) => rungNames.indexOf(rung)))
    ? []
    : [`${place} has rungs that do not rise.`];
}

/** Silence never decides, so every wait for a person ends with the office. */
const rungFaults = (place: string, rungs: readonly Rung[]): string[] => [
  ...climbFaults(place, rungs),
  ...(rungs.at(-1)?.rung === 'overdue' ? [] : [`${place} does not end with the rung overdue.`]),
];

/** The workflow's execution is renewed where a wait begins, and no later than this after it should be: see docs/decisions/0016. */
const mostWaitWorkingDays = 30;

function longWaitFaults(stage: Stage): string[] {
  const isTooLong = daysOf(stage).some((days) => days > mostWaitWorkingDays);
  return isTooLong ? [`The ${stage.kind} waits for longer than ${mostWaitWorkingDays} working days.`] : [];
}

/** How long each wait of a stage may last, at its rungs and at its end. */
function daysOf(stage: Stage): number[] {
  switch (stage.kind) {
    case 'intake':
      return [...stage.correctionRungs.map(daysOfRung), stage.correctWithinWorkingDays];
    case 'notice':
      return [stage.workingDays, stage.admitWithinWorkingDays, stage.settleWithinWorkingDays];
    default:
      return stage.rungs.map(daysOfRung);
  }
}

const daysOfRung = ({ after, unit }: Rung): number => (unit === 'hours' ? after / 24 : after);

/** The whole cannot be done before its papers are in, nor before the notice has run. */
function wholeFaults(
  { wholeWithinWorkingDays: within, papersWithinWorkingDays }: StageOf<'advance'>,
  { stages }: ProgrammeVersion,
): string[] {
  if (within === undefined) return [];
  const notice = stages.find((stage) => stage.kind === 'notice');
  const noticeDays = notice?.kind === 'notice' ? notice.workingDays : 0;
  return [
    ...(within <= papersWithinWorkingDays ? ['The whole is due no later than the papers that it needs.'] : []),
    ...(within <= noticeDays ? ['The whole is due before its notice can have run its days.'] : []),
  ];
}

const correctionFaults = (rungs: readonly Rung[], withinWorkingDays: number): string[] => [
  ...climbFaults('The correction', rungs),
  ...rungs.flatMap(({ rung, after, unit }) => [
    ...(rung === 'remind' ? [] : [`The correction has the rung ${rung}, but only the applicant is waited for.`]),
    ...(unit === 'working-days' && after >= withinWorkingDays
      ? ['The correction reminds only after it has lapsed.']
      : []),
  ]),
];
