import type { Level, Rung, StageOf } from '../stage.ts';

/** One officer decides; the vice-chair is asked too when nobody has answered for long, or when too few officers may vote. */
export const oneOfficer: Level = {
  seats: [
    { role: 'officer', askedFrom: 'start' },
    { role: 'vice-chair', askedFrom: 'head' },
  ],
  quorum: 1,
};
export const twoOfficers: Level = { ...oneOfficer, quorum: 2 };

/** The vice-chair stands in for a chair who is away or may not vote, so that the chair never dead-ends a case. */
export const chair: Level = {
  seats: [
    { role: 'chair', askedFrom: 'start' },
    { role: 'vice-chair', askedFrom: 'head' },
  ],
  quorum: 1,
};

/** 片区评议小组: the patch member and one of the leading group, the deputy and the head standing in; two of them agree. */
export const patchCommittee: Level = {
  seats: [
    { role: 'patch-member', askedFrom: 'start' },
    { role: 'leading-group', count: 1, askedFrom: 'start' },
    { role: 'deputy', askedFrom: 'deputy' },
    { role: 'head', askedFrom: 'head' },
  ],
  quorum: 2,
};

export const workingDayRungs: Rung[] = [
  { rung: 'remind', after: 2, unit: 'working-days' },
  { rung: 'deputy', after: 4, unit: 'working-days' },
  { rung: 'head', after: 7, unit: 'working-days' },
  { rung: 'overdue', after: 9, unit: 'working-days' },
];

/** Clock hours, nights and weekends included. */
export const emergencyRungs: Rung[] = [
  { rung: 'remind', after: 4, unit: 'hours' },
  { rung: 'deputy', after: 12, unit: 'hours' },
  { rung: 'head', after: 24, unit: 'hours' },
  { rung: 'overdue', after: 36, unit: 'hours' },
];

export const intake: StageOf<'intake'> = {
  kind: 'intake',
  correctionRungs: [{ rung: 'remind', after: 5, unit: 'working-days' }],
  correctWithinWorkingDays: 10,
  reopenings: 1,
};

export const notice: StageOf<'notice'> = {
  kind: 'notice',
  workingDays: 5,
  admitWithinWorkingDays: 1,
  settleWithinWorkingDays: 5,
};

export const disbursement: StageOf<'disbursement'> = {
  kind: 'disbursement',
  rungs: [
    { rung: 'remind', after: 2, unit: 'working-days' },
    { rung: 'overdue', after: 5, unit: 'working-days' },
  ],
};
