/** A table in the form of RFC 4180: every text in quotes, each row on a line that ends in CR LF. */
export const quotedText = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Rows of cells as they were written; undefined where a quote does not close or stands in the middle of a cell. */
export function parseCsv(text: string): string[][] | undefined {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (cell.lastIndex < text.length || row.length > 0) {
    const found = cell.exec(text);
    if (found === null) return undefined;
    const [, quoted, bare = '', end] = found;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
