import type { FundPageWords } from '../../../shared/i18n/finance-words.ts';
import type { Reading as StaffReading, StaffApp } from '../staff/staff-context.ts';

/** As the staff's, with the words of funds and recoveries. */
export type FundApp = StaffApp<FundPageWords>;
export type Reading = StaffReading<FundPageWords>;
