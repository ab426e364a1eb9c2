import { createContext, useContext } from 'hono/jsx';
import { type Catalogue, catalogueOf } from '../i18n/catalogue.ts';

/** The words of the page that is being rendered. `Page` provides them, so that no control has to be handed them. */
export const WordsContext = createContext<Catalogue>(catalogueOf('zh'));

export const useWords = (): Catalogue => useContext(WordsContext);
