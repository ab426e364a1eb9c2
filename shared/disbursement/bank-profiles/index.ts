import { type BankProfileId, bankProfileIds } from '../batch.ts';
import type { BankProfile } from './bank-profile.ts';
import { cmbPayroll } from './cmb-payroll.ts';
import { genericCsv } from './generic-csv.ts';
import { icbcBatch } from './icbc-batch.ts';
import { pain001 } from './pain-001.ts';

export type { BankProfile } from './bank-profile.ts';

const profiles: Readonly<Record<BankProfileId, BankProfile>> = {
  'icbc-batch': icbcBatch,
  'cmb-payroll': cmbPayroll,
  'generic-csv': genericCsv,
  'pain.001': pain001,
};

export const bankProfileOf = (profileId: BankProfileId): BankProfile => profiles[profileId];
export const bankProfiles: readonly BankProfile[] = bankProfileIds.map(bankProfileOf);
