import { type BankOutcome, type BankRow, type FileFault, type ReadResult, unreadable } from './bank-row.ts';
import { readAmount, readDay, readPayoutId, unwrapped } from './read-cells.ts';
import { type CsvRecord, readCsv } from './read-csv.ts';
import {
  outcomeWords,
  type ResultColumn,
  resultColumns,
  type ResultProfile,
  resultProfiles,
} from './result-profiles.ts';

/** Reads a bank's table. Its heading tells which bank's it is; a row of another width, or one value that cannot be read, refuses it whole. */
export function readResultCsv(text: string): ReadResult {
  const read = readCsv(text);
  if (read.kind === 'unreadable') return read;
  const [heading, ...records] = read.records;
  if (heading === undefined) return unreadable('empty');
  const layout = layoutOf(heading.cells);
  if (layout === undefined) return unreadable('columns', heading.line);
  if (records.length === 0) return unreadable('no-rows');
  const rows: BankRow[] = [];
  for (const record of records) {
    if (record.cells.length !== heading.cells.length) return unreadable('row-width', record.line);
    const row = rowOf(record, layout.columns);
    if (typeof row === 'string') return unreadable(row, record.line);
    rows.push(row);
  }
  return { kind: 'read', format: layout.profile.id, rows };
}

type Columns = ReadonlyMap<ResultColumn, number>;

const plain = (heading: string): string => heading.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** The first profile whose marks all stand in the heading, and where each of its columns is. */
function layoutOf(heading: readonly string[]): { profile: ResultProfile; columns: Columns } | undefined {
  const headings = heading.map(plain);
  for (const profile of resultProfiles) {
    const columns = new Map<ResultColumn, number>();
    for (const column of resultColumns) {
      const index = headings.findIndex((each) => profile.names[column].some((name) => plain(name) === each));
      if (index >= 0) columns.set(column, index);
    }
    if (profile.marks.every((column) => columns.has(column))) return { profile, columns };
  }
  return undefined;
}

function rowOf({ line, cells }: CsvRecord, columns: Columns): BankRow | FileFault {
  const cell = (column: ResultColumn): string => unwrapped(cells[columns.get(column) ?? -1] ?? '');
  const outcome = outcomeOf(cell('outcome'));
  if (outcome === undefined) return 'outcome';
  const amountFen = readAmount(cell('amount'));
  if (typeof amountFen === 'string') return amountFen;
  const accountNumber = cell('accountNumber');
  if (/^\d(\.\d+)?e\+?\d+$/i.test(accountNumber)) return 'account-rounded';
  const paidOn = cell('paidOn') === '' ? undefined : readDay(cell('paidOn'));
  if (cell('paidOn') !== '' && paidOn === undefined) return 'date';
  const told = {
    accountNumber,
    holderName: cell('holderName'),
    bankReference: cell('bankReference'),
    reason: cell('reason'),
  };
  return {
    ...{ line, amountFen, outcome },
    ...readPayoutId(cell('payoutId')),
    ...(paidOn !== undefined && { paidOn }),
    ...(told.accountNumber !== '' && { accountNumber: told.accountNumber }),
    ...(told.holderName !== '' && { holderName: told.holderName }),
    ...(told.bankReference !== '' && { bankReference: told.bankReference }),
    ...(told.reason !== '' && { reason: told.reason }),
  };
}

function outcomeOf(word: string): BankOutcome | undefined {
  const said = plain(word);
  const outcomes: readonly BankOutcome[] = ['paid', 'failed', 'returned', 'pending'];
  return outcomes.find((outcome) => outcomeWords[outcome].includes(said));
}
