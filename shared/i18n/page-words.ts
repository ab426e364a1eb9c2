import type { Catalogue } from './catalogue.ts';
import { common as commonEn } from './en/common.ts';
import { errors as errorsEn } from './en/errors.ts';
import type { Lang } from './lang.ts';
import { common } from './zh/common.ts';
import { errors } from './zh/errors.ts';

/** The words that every page needs, whoever reads it. */
export type PageWords = Pick<Catalogue, 'common' | 'errors'>;

const words: Record<Lang, PageWords> = { zh: { common, errors }, en: { common: commonEn, errors: errorsEn } };

export const pageWordsOf = (lang: Lang): PageWords => words[lang];
