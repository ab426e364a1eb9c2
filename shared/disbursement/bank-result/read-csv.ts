import { mostResultRows, type Unreadable, unreadable } from './bank-row.ts';

/** One record of a table; `line` is where it begins, from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

/** Cells of a field that stands in quotes (in which a quote is doubled) or not, up to the comma or the end of its line. */
const field = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * The records of a comma-separated text (RFC 4180); blank lines are passed over. The last line must end with a line break: without it
 * nobody can tell a whole file from one that was cut in the middle of its last value.
 */
export function readCsv(
  text: string,
): { readonly kind: 'records'; readonly records: readonly CsvRecord[] } | Unreadable {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let begins = 1;
  let at = 0;
  while (at < text.length) {
    field.lastIndex = at;
    const found = field.exec(text);
    if (found === null) return unreadable(isOpenQuote(text.slice(at)) ? 'cut-off' : 'quotes', begins);
    const [whole, quoted, plain = '', end = ''] = found;
    cells.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    at = field.lastIndex;
    if (end === ',') continue;
    if (end === '') return unreadable('cut-off', begins);
    if (cells.some((cell) => cell !== '')) records.push({ line: begins, cells });
    // The heading is one more.
    if (records.length > mostResultRows + 1) return unreadable('too-many-rows');
    cells = [];
    begins = line;
  }
  return cells.length > 0 ? unreadable('cut-off', begins) : { kind: 'records', records };
}

/** Whether it begins with a quote that nothing closes. */
function isOpenQuote(rest: string): boolean {
  let quotes = 0;
  for (let at = rest.indexOf('"'); at >= 0; at = rest.indexOf('"', at + 1)) quotes += 1;
  return rest.startsWith('"') && quotes % 2 === 1;
}
