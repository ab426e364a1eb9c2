import type { LifecycleTable } from '../kernel/lifecycle.ts';

/** Where a case stands. Every status but the five ends is somebody's turn. */
export const caseStatuses = [
  'submitted',
  'returned',
  'in-advance',
  'in-review',
  'in-approval',
  'on-notice',
  'under-objection',
  'in-payment',
  'paid',
  'refused',
  'declined',
  'withdrawn',
  'lapsed',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/**
 * What can happen to a case. `to-…` are the steps along its programme's own order of stages; the rest are answers of
 * people, or of a deadline (`lapse`); `reopen-payment` follows when what was paid turns out not to have arrived.
 */
export type CaseAction =
  | 'to-advance'
  | 'to-review'
  | 'to-approval'
  | 'to-notice'
  | 'to-payment'
  | 'return'
  | 'resubmit'
  | 'edit'
  | 'refuse'
  | 'decline'
  | 'withdraw'
  | 'lapse'
  | 'reopen'
  | 'object'
  | 'resume-notice'
  | 'close'
  | 'reopen-payment';

export const caseLifecycle: LifecycleTable<CaseStatus, CaseAction> = {
  submitted: {
    'to-advance': 'in-advance',
    'to-review': 'in-review',
    'to-approval': 'in-approval',
    edit: 'submitted',
    return: 'returned',
    refuse: 'refused',
    withdraw: 'withdrawn',
  },
  returned: { resubmit: 'submitted', lapse: 'lapsed', withdraw: 'withdrawn' },
  'in-advance': {
    'to-review': 'in-review',
    'to-approval': 'in-approval',
    edit: 'submitted',
    withdraw: 'withdrawn',
  },
  'in-review': {
    'to-approval': 'in-approval',
    edit: 'submitted',
    return: 'returned',
    decline: 'declined',
    withdraw: 'withdrawn',
  },
  'in-approval': {
    'to-approval': 'in-approval',
    'to-notice': 'on-notice',
    'to-payment': 'in-payment',
    return: 'returned',
    decline: 'declined',
    withdraw: 'withdrawn',
  },
  'on-notice': { object: 'under-objection', 'to-payment': 'in-payment', withdraw: 'withdrawn' },
  'under-objection': {
    object: 'under-objection',
    'to-payment': 'in-payment',
    'resume-notice': 'on-notice',
    decline: 'declined',
    withdraw: 'withdrawn',
  },
  'in-payment': { close: 'paid', withdraw: 'withdrawn' },
  paid: { 'reopen-payment': 'in-payment' },
  refused: {},
  declined: {},
  withdrawn: {},
  lapsed: { reopen: 'returned' },
};
