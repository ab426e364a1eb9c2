import { proof as en } from './en/proof.ts';
import type { Lang } from './lang.ts';
import { proof as zh } from './zh/proof.ts';

const words: Record<Lang, typeof zh> = { zh, en };

/** The words of the report on the books alone: its function shows no page. */
export const proofWordsOf = (lang: Lang): typeof zh => words[lang];
