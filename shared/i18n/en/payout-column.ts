import type { Catalogue } from '../catalogue.ts';

export const column: Catalogue['finance']['column'] = {
  caseNumber: 'Case number',
  payee: 'Payee',
  account: 'Account',
  bank: 'Bank',
  fund: 'Fund',
  amount: 'Amount',
  since: 'Date',
  attempt: 'Attempt',
  choose: 'Choose',
  action: 'Action',
  reference: 'Bank reference',
  reason: 'Reason',
  batch: 'Batch',
  status: 'Status',
};
