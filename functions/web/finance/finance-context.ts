import type { FinanceWords } from '../../../shared/i18n/finance-words.ts';
import type { Reading as StaffReading, StaffApp } from '../staff/staff-context.ts';

/** As the staff's, with the words that finance has. */
export type FinanceApp = StaffApp<FinanceWords>;
export type Reading = StaffReading<FinanceWords>;
