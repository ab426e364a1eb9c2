import type { Catalogue } from './catalogue.ts';
import { applicant as applicantEn } from './en/applicant.ts';
import type { Lang } from './lang.ts';
import { type PageWords, pageWordsOf } from './page-words.ts';
import { applicant } from './zh/applicant.ts';

/** The words of the applicants' pages: their bundle, the largest, leaves those of the staff out. */
export type ApplicantWords = PageWords & Pick<Catalogue, 'applicant'>;

const words: Record<Lang, ApplicantWords> = {
  zh: { ...pageWordsOf('zh'), applicant },
  en: { ...pageWordsOf('en'), applicant: applicantEn },
};

export const applicantWordsOf = (lang: Lang): ApplicantWords => words[lang];
