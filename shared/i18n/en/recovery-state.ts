import type { recoveryState as stateZh } from '../zh/recovery-state.ts';

/** Where money stands that has to come back, as cases and lists tell it. */
export const recoveryState: typeof stateZh = {
  title: 'Recoveries',
  tab: {
    open: 'To come back',
    proposed: 'Waiting for a second person',
    settled: 'Paid back',
    waived: 'Waived',
    dropped: 'Not claimed any more',
  },
  cause: {
    'advance-not-ratified': 'Advance not ratified',
    'approved-below-advance': 'Approved below the advance',
    overpayment: 'Overpayment',
  },
  causeLabel: 'Cause',
  owed: 'Owed',
  recovered: 'Paid back',
  status: 'Status',
  claimTitle: 'Claim an overpayment back',
};
