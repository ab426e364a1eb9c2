import type { Catalogue } from './catalogue.ts';
import { funds as fundsEn } from './en/funds.ts';
import type { Lang } from './lang.ts';
import { funds } from './zh/funds.ts';

/** The words of the funds' pages, apart from the other words of the staff: only finance's pages carry them. */
export type FundWords = Catalogue['funds'];

const words: Record<Lang, FundWords> = { zh: funds, en: fundsEn };

export const fundWordsOf = (lang: Lang): FundWords => words[lang];
