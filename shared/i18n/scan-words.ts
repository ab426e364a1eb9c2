import { scan as en } from './en/scan.ts';
import type { Lang } from './lang.ts';
import { scan as zh } from './zh/scan.ts';

/** The words of scans: only finance's pages and those of the funds hold them. */
export const scanWordsOf = (lang: Lang): typeof zh => (lang === 'zh' ? zh : en);
