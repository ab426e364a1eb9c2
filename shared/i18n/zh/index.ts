import { applicant } from './applicant.ts';
import { approver } from './approver.ts';
import { bankResults } from './bank-results.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { finance } from './finance.ts';
import { mail } from './mail.ts';
import { office } from './office.ts';

/** The Chinese words, by area. Its type is what every other language must fill. */
export const zh = { common, errors, applicant, approver, finance, bankResults, office, mail };
