import type { BankProfile } from './bank-profiles/bank-profile.ts';

type Encoding = BankProfile['encoding'];

/** The byte order mark by which a spreadsheet knows UTF-8. */
const mark = [0xef, 0xbb, 0xbf];

let table: ReadonlyMap<string, readonly [number, number]> | undefined;

/** GBK's two-byte letters, read once out of the platform's own decoder; what it decodes to private use is no letter of a bank's. */
function gbkTable(): ReadonlyMap<string, readonly [number, number]> {
  if (table !== undefined) return table;
  const decoder = new TextDecoder('gbk', { fatal: true });
  const made = new Map<string, readonly [number, number]>();
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      pair.set([lead, trail]);
      const letter = decoded(decoder, pair);
      if (letter === undefined || /[\uE000-\uF8FF]/.test(letter) || made.has(letter)) continue;
      made.set(letter, [lead, trail]);
    }
  }
  table = made;
  return made;
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The letters of a text that an encoding lacks, each once. */
export function lettersLacking(text: string, encoding: Encoding): string[] {
  const has = (letter: string): boolean => {
    if (encoding !== 'gbk') return !/\p{Cs}/u.test(letter);
    return letter.charCodeAt(0) < 0x80 || gbkTable().has(letter);
  };
  return [...new Set(text)].filter((letter) => !has(letter));
}

/** The bytes of a text, or the letters that the encoding lacks: nothing is ever written as a question mark. */
export function encodeText(
  text: string,
  encoding: Encoding,
): { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly lacking: readonly string[] } {
  const lacking = lettersLacking(text, encoding);
  if (lacking.length > 0) return { ok: false, lacking };
  const utf8 = () => new TextEncoder().encode(text);
  switch (encoding) {
    case 'utf-8':
      return { ok: true, bytes: utf8() };
    case 'utf-8-bom':
      return { ok: true, bytes: Uint8Array.from([...mark, ...utf8()]) };
    case 'gbk': {
      const letters = gbkTable();
      return {
        ok: true,
        bytes: Uint8Array.from([...text].flatMap((each) => letters.get(each) ?? [each.charCodeAt(0)])),
      };
    }
    default:
      return encoding satisfies never;
  }
}

/** The text of a file in this very encoding, with its mark where it has one; undefined if it is not. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string | undefined {
  const isMarked = mark.every((byte, index) => bytes[index] === byte);
  if (isMarked !== (encoding === 'utf-8-bom')) return undefined;
  return decoded(new TextDecoder(encoding === 'gbk' ? 'gbk' : 'utf-8', { fatal: true, ignoreBOM: false }), bytes);
}
