import { mail as en } from './en/mail.ts';
import { mail as zh } from './zh/mail.ts';
import type { Lang } from './lang.ts';

const words: Record<Lang, typeof zh> = { zh, en };

/** The words of mails alone, for functions that show no page: their bundles then hold no page's words. */
export const mailWordsOf = (lang: Lang): typeof zh => words[lang];
