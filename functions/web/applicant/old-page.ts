import { createHmac } from 'node:crypto';
import { typedText } from '../../../shared/intake/typed-text.ts';
import type { Draft } from './draft.ts';

/** The hidden field in which a form page says what it showed. Ours, as every name with `_`: it is kept with no answer. */
export const shownField = '_shown';

/** A mark of one answer: whoever holds the page cannot make one, and learns nothing from it. An empty answer has none. */
const markOf = (secret: string, name: string, text: string): string =>
  text === '' ? '' : createHmac('sha256', secret).update(`${name}\0${text}`).digest('base64url').slice(0, 8);

/** What a page shows of a draft: each answer that is filled in, with its mark. `phone=Xk3_9aQz unit=…` */
export const shownOf = ({ secret, typed }: Pick<Draft, 'secret' | 'typed'>): string =>
  Object.keys(typed)
    .map((name) => [name, markOf(secret, name, typedText(typed, name))])
    .filter(([, mark]) => mark !== '')
    .map((pair) => pair.join('='))
    .join(' ');

/**
 * A draft as a page sends it, but for what an old page would take away: an answer that was saved after the page was made, and that the page
 * leaves empty or as it showed it, stays as it was saved. Everything typed on the page since counts, so that a correction on the copy that
 * Back shows, a second press and a repetition pass. `kept` names what stayed; the person is told and decides. A page that does not say
 * what it `shown` counts as the first one, which showed nothing.
 */
export function keepWhatIsNewer(
  saved: Draft,
  sent: Draft,
  shown: string,
): { readonly draft: Draft; readonly kept: readonly string[] } {
  const marks = new Map(shown.split(' ').map((pair): [string, string] => [pair.slice(0, -9), pair.slice(-8)]));
  const isNewer = (name: string): boolean => {
    const [there, here] = [typedText(saved.typed, name), typedText(sent.typed, name)];
    if (there === '' || there === here) return false;
    const before = marks.get(name) ?? '';
    const isSavedSince = markOf(saved.secret, name, there) !== before;
    return isSavedSince && (here === '' || markOf(saved.secret, name, here) === before);
  };
  const kept = Object.keys(saved.typed).filter(isNewer);
  const newer = Object.fromEntries(kept.map((name) => [name, saved.typed[name] ?? []]));
  return { draft: { ...sent, typed: { ...sent.typed, ...newer } }, kept };
}
