import type { Catalogue } from './catalogue.ts';
import { approver as approverEn } from './en/approver.ts';
import { finance as financeEn } from './en/finance.ts';
import { office as officeEn } from './en/office.ts';
import { status as statusEn } from './en/status.ts';
import type { Lang } from './lang.ts';
import { type PageWords, pageWordsOf } from './page-words.ts';
import { approver } from './zh/approver.ts';
import { finance } from './zh/finance.ts';
import { office } from './zh/office.ts';
import { status } from './zh/status.ts';

/** The words of the approvers' and the office's pages: of the applicants' they show only where an application stands. */
export type StaffWords = PageWords &
  Pick<Catalogue, 'approver' | 'finance' | 'office'> & {
    readonly applicant: Pick<Catalogue['applicant'], 'status'>;
  };

const words: Record<Lang, StaffWords> = {
  zh: { ...pageWordsOf('zh'), approver, finance, office, applicant: { status } },
  en: {
    ...pageWordsOf('en'),
    approver: approverEn,
    finance: financeEn,
    office: officeEn,
    applicant: { status: statusEn },
  },
};

export const staffWordsOf = (lang: Lang): StaffWords => words[lang];
