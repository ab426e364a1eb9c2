import { payout } from './payout-status.ts';

/** Of where an application stands, what the office's and the approvers' pages say too. */
export const statusShown = {
  who: {
    'patch-member': '包片委员',
    deputy: '副委员',
    'leading-group': '帮扶小组',
    head: '帮扶小组组长',
    officer: '工会委员',
    chair: '工会主席',
    'vice-chair': '工会副主席',
    office: '工会办公室',
    finance: '财务',
  },
  approved: '批准金额',
  payout,
};
