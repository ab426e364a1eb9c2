/**
 * What of a stored value may be shown to whoever runs this machine. It denies by default: a text is shown only where
 * both its name and its shape say that it is an id, a moment, or a word out of a closed list. So a field that somebody
 * adds tomorrow is hidden until it is named here; names, notes, addresses, accounts, tokens and hashes never are.
 */
export type Masked = string | number | boolean | null | readonly Masked[] | { readonly [name: string]: Masked };

export const sealed = '〔sealed〕';
export const hidden = '〔hidden〕';

const isId = /(^i|I)ds?$/;
const idShape = /^[A-Za-z0-9](?:[A-Za-z0-9:._#-]{0,79})$/;
const opaque = /^[A-Za-z0-9_+/=.-]{40,}$/;
const secretName = /token|secret|hash|digest|signature|wrapped|password|link$|email|phone|account/i;
/** Names whose values come out of closed lists, or are put together from ids. */
const wordNames = new Set(
  `status kind purpose role rung askedFrom list scheduled register board retention source event from to by verdict
   template treasury directory revised relationToHead standing counter next resource resourceType region aggregate box
   error outcome stage state phase type number window limit reason route level FunctionName ExecutedVersion
   __edb_e__ __edb_v__`.split(/\s+/),
);
const wordShape = /^(?:[A-Za-z0-9]+(?:[-:.#_ $/][A-Za-z0-9]+)*|\$LATEST)$/;
const moment = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const caseNumber = /^[A-Z]{2}-?\d{4}-?\d{5}$/;
const arn = /^arn:aws[\w-]*:[a-z]+:[\w-]*:\d{12}:[A-Za-z]+:[\w:$-]+$/;
/** A number may be anybody's phone or account; these are times and money. */
const longNumberName = /(Fen|Epoch|At|Ms|Seconds)$/;

/** A text under its name. */
export function maskText(name: string, value: string): string {
  if (secretName.test(name)) return hidden;
  if (moment.test(value)) return value;
  if (name === 'box' && opaque.test(value)) return sealed;
  if (name === 'caseNumber' && caseNumber.test(value)) return value;
  if (value.length < 40 || arn.test(value)) {
    if (isId.test(name) && idShape.test(value)) return value;
    if (wordNames.has(name) && !/\d{11}/.test(value.replace(/^0+/, '')) && wordShape.test(value)) return value;
    if (arn.test(value)) return value.slice(value.lastIndexOf(':') + 1);
  }
  if (value === '') return '';
  return opaque.test(value) ? hidden : `〔text ${[...value].length}〕`;
}

const maskName = (name: string): string => (/^[A-Za-z_][\w-]{0,40}$/.test(name) && !opaque.test(name) ? name : hidden);

/** A value of JSON under its name. A text that holds JSON itself, as an engine's events do, is read first. */
export function mask(name: string, value: unknown): Masked {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return Math.abs(value) < 1e9 || longNumberName.test(name) ? value : hidden;
    case 'string':
      return /^\s*[{["]/.test(value) ? maskJson(name, value) : maskText(name, value);
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((each: unknown) => mask(name, each));
      if (value instanceof Uint8Array) return hidden;
      if ('box' in value && typeof value.box === 'string' && opaque.test(value.box)) return sealed;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [maskName(key), mask(key, each)]));
    default:
      return hidden;
  }
}

function maskJson(name: string, text: string): Masked {
  try {
    return mask(name, JSON.parse(text));
  } catch {
    return maskText(name, text);
  }
}

/** A key of a table: `$service#name_value#name_value`, each value masked by its name. */
export function maskKey(key: string): string {
  const parts = key.split('#');
  return parts
    .map((part, index) => {
      // The service, or an entity with the version of its model.
      if (/^\$[A-Za-z-]{1,40}(_\d{1,3})?$/.test(part)) return part;
      if (index > 0 && /^[a-z-]{1,40}_\d{1,3}$/.test(part)) return part;
      const split = part.indexOf('_');
      if (split > 0)
        return `${maskName(part.slice(0, split))}_${maskText(part.slice(0, split), part.slice(split + 1))}`;
      // The rest of a value that holds the separator itself, as `aggregate_case#…` does.
      return parts[index - 1]?.startsWith('aggregate_') === true ? maskText('aggregate', part) : hidden;
    })
    .join('#');
}

/** A mail's subject: an address, a long number or an opaque word in it is hidden. Case numbers have five digits at most in a row. */
export const maskSubject = (subject: string): string =>
  subject.replace(/\S+@\S+|\d{6,}\w*|[A-Za-z0-9_-]{32,}/g, hidden);
