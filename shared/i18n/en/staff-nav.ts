import type { Catalogue } from '../catalogue.ts';

export const nav: Catalogue['office']['nav'] = {
  mine: 'Waiting for me',
  cases: 'Cases',
  due: 'Due',
  staff: 'Staff',
  register: 'Register',
  funds: 'Funds',
  recoveries: 'Recoveries',
  payouts: 'Payments',
  authenticator: 'One-time codes',
};
