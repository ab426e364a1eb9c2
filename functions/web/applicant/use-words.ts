import { type ApplicantWords, applicantWordsOf } from '../../../shared/i18n/applicant-words.ts';
import { useLang } from '../../../shared/web/words.ts';

/** The applicants' words in the language of the page that is being rendered. */
export const useWords = (): ApplicantWords => applicantWordsOf(useLang());
