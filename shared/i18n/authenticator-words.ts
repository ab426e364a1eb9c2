import { authenticator as en } from './en/authenticator.ts';
import type { Lang } from './lang.ts';
import { authenticator as zh } from './zh/authenticator.ts';

/** The words of the pages on which authenticators are taken up and handed over: no other Lambda holds them. */
export const authenticatorWordsOf = (lang: Lang): typeof zh => (lang === 'zh' ? zh : en);
