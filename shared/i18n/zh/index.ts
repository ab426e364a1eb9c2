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

/** The Chinese words, by area. Its type is what every other language must fill. */
export const zh = {
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
