import type { Catalogue } from '../catalogue.ts';

export const payout: Catalogue['applicant']['status']['payout'] = {
  ordered: 'agreed, not paid yet',
  batched: 'listed for payment, not paid yet',
  sent: 'with the bank, not confirmed yet',
  unknown: 'with the bank, which has not answered',
  paid: 'paid',
  failed: 'not paid: another account is needed',
  returned: 'sent back by the bank: another account is needed',
  replaced: 'replaced by a new account',
  cancelled: 'cancelled',
};
