import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml';
import { mostResultRows, type Unreadable, unreadable } from './bank-row.ts';

/** A message of ISO 20022 is about a dozen deep. */
const deepest = 40;
/** A payment takes about thirty elements of two tags; a text of more than these is not parsed at all. */
const mostTags = 80 * mostResultRows;

/**
 * The root of an XML text. A document type is refused before anything is parsed: it is what entities that grow or that name a file
 * are declared in, and no bank's message has one. So is what is nested too deep.
 */
export function readXml(text: string): { readonly kind: 'xml'; readonly root: XmlElement } | Unreadable {
  if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) return unreadable('xml-forbidden');
  const size = sizeOf(text);
  if (size === 'xml-deep' || size === 'too-many-rows') return unreadable(size);
  try {
    const { root } = parseXml(text);
    return root === null ? unreadable('xml-broken') : { kind: 'xml', root };
  } catch (error) {
    if (error instanceof XmlError) return unreadable('xml-broken');
    throw error;
  }
}

/** Whether it is too deep or too long, counted without building anything. A comment may make it more, never less. */
function sizeOf(text: string): 'xml-deep' | 'too-many-rows' | 'fits' {
  let depth = 0;
  let tags = 0;
  for (const [tag] of text.matchAll(/<\/?[A-Za-z_][^<>]*>/g)) {
    tags += 1;
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > deepest) return 'xml-deep';
    if (tags > mostTags) return 'too-many-rows';
  }
  return 'fits';
}

/** A tag's name without the prefix of its namespace. */
export const localName = ({ name }: XmlElement): string => name.slice(name.indexOf(':') + 1);

/** The elements at the end of a path of names, below one or several. */
export function at(from: XmlElement | readonly XmlElement[], path: string): XmlElement[] {
  let found: readonly XmlElement[] = from instanceof XmlElement ? [from] : from;
  for (const name of path.split('/')) {
    found = found.flatMap(({ children }) =>
      children.filter((child) => child instanceof XmlElement).filter((child) => localName(child) === name),
    );
  }
  return [...found];
}

/** The trimmed text of the first element that has one, by the first of the paths that leads to one. Undefined if none does. */
export function textAt(from: XmlElement, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = at(from, path)
      .map((element) => element.text.trim())
      .find((each) => each !== '');
    if (text !== undefined) return text;
  }
  return undefined;
}
