import { oneTimeCode as oneTimeCodeEn } from './en/one-time-code.ts';
import { recovery as recoveryEn } from './en/recovery.ts';
import { refusal as refusalEn } from './en/refusal.ts';
import { nav as navEn } from './en/staff-nav.ts';
import type { FundPageWords } from './finance-words.ts';
import type { Lang } from './lang.ts';
import { pageWordsOf } from './page-words.ts';
import { oneTimeCode } from './zh/one-time-code.ts';
import { recovery } from './zh/recovery.ts';
import { refusal } from './zh/refusal.ts';
import { nav } from './zh/staff-nav.ts';

const words: Record<Lang, FundPageWords> = {
  zh: { ...pageWordsOf('zh'), office: { nav }, approver: { refusal }, oneTimeCode, recovery },
  en: {
    ...pageWordsOf('en'),
    office: { nav: navEn },
    approver: { refusal: refusalEn },
    oneTimeCode: oneTimeCodeEn,
    recovery: recoveryEn,
  },
};

export const fundPageWordsOf = (lang: Lang): FundPageWords => words[lang];
