import type { zh } from '../zh/index.ts';
import { applicant } from './applicant.ts';
import { approver } from './approver.ts';
import { audit } from './audit.ts';
import { authenticator } from './authenticator.ts';
import { bankResults } from './bank-results.ts';
import { batch } from './batch.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { finance } from './finance.ts';
import { funds } from './funds.ts';
import { mail } from './mail.ts';
import { office } from './office.ts';
import { oneTimeCode } from './one-time-code.ts';
import { proof } from './proof.ts';
import { recovery } from './recovery.ts';
import { scan } from './scan.ts';

/** The English words. Each file is typed by its Chinese twin, so a missing key fails the type check. */
export const en: typeof zh = {
  common,
  errors,
  applicant,
  approver,
  audit,
  authenticator,
  bankResults,
  finance: { ...finance, batch },
  funds,
  office,
  oneTimeCode,
  mail,
  proof,
  recovery,
  scan,
};
