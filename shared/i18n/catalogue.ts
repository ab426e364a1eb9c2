import { en } from './en/index.ts';
import { zh } from './zh/index.ts';
import type { Lang } from './lang.ts';

/** All words of one language. Leaves are strings, or functions of one object of parameters. */
export type Catalogue = typeof zh;

const catalogues: Record<Lang, Catalogue> = { zh, en };

/** The words of a language: `catalogueOf('en').common.signOut`. */
export const catalogueOf = (lang: Lang): Catalogue => catalogues[lang];
