import type { statusShown as shownZh } from '../zh/status-shown.ts';
import { payout } from './payout-status.ts';

/** Of where an application stands, what the office's and the approvers' pages say too. */
export const statusShown: typeof shownZh = {
  who: {
    'patch-member': 'the patch member',
    deputy: 'the deputy',
    'leading-group': 'the leading group',
    head: 'the head of the leading group',
    officer: 'a union officer',
    chair: 'the chair of the union',
    'vice-chair': 'the vice-chair of the union',
    office: 'the union office',
    finance: 'finance',
  },
  approved: 'Approved',
  payout,
};
