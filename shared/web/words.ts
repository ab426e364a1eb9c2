import { createContext, useContext } from 'hono/jsx';
import type { Lang } from '../i18n/lang.ts';
import { type PageWords, pageWordsOf } from '../i18n/page-words.ts';

/** The language of the page that is being rendered. `Page` provides it, so that no control has to be handed its words. */
export const LangContext = createContext<Lang>('zh');

export const useLang = (): Lang => useContext(LangContext);

export const useWords = (): PageWords => pageWordsOf(useLang());
