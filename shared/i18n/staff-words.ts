import type { Catalogue } from './catalogue.ts';
import { approver as approverEn } from './en/approver.ts';
import { audit as auditEn } from './en/audit.ts';
import { office as officeEn } from './en/office.ts';
import { oneTimeCode as oneTimeCodeEn } from './en/one-time-code.ts';
import { column as columnEn } from './en/payout-column.ts';
import { recoveryState as recoveryStateEn } from './en/recovery-state.ts';
import { statusShown as statusShownEn } from './en/status-shown.ts';
import type { Lang } from './lang.ts';
import { type PageWords, pageWordsOf } from './page-words.ts';
import { approver } from './zh/approver.ts';
import { audit } from './zh/audit.ts';
import { office } from './zh/office.ts';
import { oneTimeCode } from './zh/one-time-code.ts';
import { column } from './zh/payout-column.ts';
import { recoveryState } from './zh/recovery-state.ts';
import { statusShown } from './zh/status-shown.ts';

/**
 * The words of the approvers' and the office's pages: of the applicants' they show only some of where an application stands, of finance's a
 * payment's columns and where money stands that has to come back.
 */
export type StaffWords = PageWords &
  Pick<Catalogue, 'approver' | 'audit' | 'office' | 'oneTimeCode'> & {
    readonly recovery: Pick<Catalogue['recovery'], keyof typeof recoveryState>;
    readonly finance: Pick<Catalogue['finance'], 'column'>;
    readonly applicant: { readonly status: Pick<Catalogue['applicant']['status'], keyof typeof statusShown> };
  };

const words: Record<Lang, StaffWords> = {
  zh: {
    ...pageWordsOf('zh'),
    approver,
    audit,
    finance: { column },
    office,
    oneTimeCode,
    recovery: recoveryState,
    applicant: { status: statusShown },
  },
  en: {
    ...pageWordsOf('en'),
    approver: approverEn,
    audit: auditEn,
    finance: { column: columnEn },
    office: officeEn,
    oneTimeCode: oneTimeCodeEn,
    recovery: recoveryStateEn,
    applicant: { status: statusShownEn },
  },
};

export const staffWordsOf = (lang: Lang): StaffWords => words[lang];
