import * as z from 'zod';
import type { ProgrammeId } from './apply.ts';

const factsSchema = z.object({
  programmes: z.array(z.object({ id: z.string(), beneficiaries: z.number().nullable(), cash: z.number() })),
});

/** What a programme came to in the year: cases and money, from the year's published figures. */
export type Expected = { readonly id: ProgrammeId; readonly cases: number; readonly expectedFen: number };

/** What finance's pages say at the end. */
export type Books = {
  readonly paid: readonly PaidRow[];
  readonly funds: readonly FundRow[];
};
export type FundRow = {
  readonly name: string;
  readonly fundedFen: number;
  readonly availableFen: number;
  readonly reservedFen: number;
  readonly paidFen: number;
};
export type PaidRow = { readonly caseNumber: string; readonly fund: string; readonly amountFen: number };

/** Case numbers begin with these. */
const prefixes: Record<ProgrammeId, string> = {
  'major-illness-relief': 'DB',
  'start-up-funding': 'CY',
  'fire-damage': 'HZ',
};
const replayed: readonly ProgrammeId[] = ['major-illness-relief', 'start-up-funding', 'fire-damage'];

/** Which funds must have paid for a programme, each of them something. */
const paidBy: Record<ProgrammeId, number> = { 'major-illness-relief': 2, 'start-up-funding': 1, 'fire-damage': 3 };

/** Reads the three programmes of the replay out of the year's figures, which are in yuan. */
export function expectationsOf(facts: unknown): Expected[] {
  const { programmes } = factsSchema.parse(facts);
  return replayed.map((id) => {
    const programme = programmes.find((each) => each.id === id);
    if (typeof programme?.beneficiaries !== 'number') throw new Error(`the year's figures say nothing about ${id}`);
    return { id, cases: programme.beneficiaries, expectedFen: Math.round(programme.cash * 100) };
  });
}

export type Comparison = {
  readonly ok: boolean;
  readonly programmes: readonly (Expected & { readonly paidFen: number })[];
  readonly totalPaidFen: number;
  /** What is off, in sentences. */
  readonly faults: readonly string[];
};

/** Holds finance's books against the year's figures, and against the bank's own books: every fen must agree. */
export function compare(expected: readonly Expected[], { paid, funds }: Books, bankPaidFen: number): Comparison {
  const faults: string[] = [];
  const programmes = expected.map(({ id, cases, expectedFen }) => {
    const rows = paid.filter(({ caseNumber }) => caseNumber.startsWith(prefixes[id]));
    const paidCases = new Set(rows.map(({ caseNumber }) => caseNumber)).size;
    const paidFen = sumOf(rows);
    const sources = new Set(rows.map(({ fund }) => fund)).size;
    if (paidFen !== expectedFen) faults.push(`${id}: ${yuan(paidFen)} paid, ${yuan(expectedFen)} expected`);
    if (paidCases !== cases) faults.push(`${id}: ${paidCases} cases paid, ${cases} expected`);
    if (sources !== paidBy[id]) faults.push(`${id}: paid by ${sources} funds, ${paidBy[id]} expected`);
    if (id === 'fire-damage' && !drawsOnAll(rows, sources)) faults.push(`${id}: not every case draws on every fund`);
    return { id, cases: paidCases, paidFen, expectedFen };
  });
  const totalPaidFen = sumOf(paid);
  if (totalPaidFen !== bankPaidFen) {
    faults.push(`finance says that ${yuan(totalPaidFen)} were paid, the bank ${yuan(bankPaidFen)}`);
  }
  faults.push(...funds.flatMap((fund) => faultsOf(fund, paid)));
  return { ok: faults.length === 0, programmes, totalPaidFen, faults };
}

/** Of a programme by shares, every case draws on every fund. */
const drawsOnAll = (rows: readonly PaidRow[], sources: number): boolean =>
  [...Map.groupBy(rows, ({ caseNumber }) => caseNumber).values()].every(
    (ofCase) => new Set(ofCase.map(({ fund }) => fund)).size === sources,
  );

/** A fund's balances add up, nothing is reserved any more, and what left it is what was paid from it, row by row. */
function faultsOf(
  { name, fundedFen, availableFen, reservedFen, paidFen }: FundRow,
  paid: readonly PaidRow[],
): string[] {
  const rowsFen = sumOf(paid.filter(({ fund }) => fund === name));
  return [
    ...(reservedFen === 0 ? [] : [`${name}: ${yuan(reservedFen)} are still reserved`]),
    ...(rowsFen === paidFen ? [] : [`${name}: ${yuan(paidFen)} left it, ${yuan(rowsFen)} were paid from it`]),
    ...(availableFen + reservedFen + paidFen === fundedFen ? [] : [`${name}: its balances do not add up`]),
  ];
}

const sumOf = (rows: readonly PaidRow[]): number => rows.reduce((sum, { amountFen }) => sum + amountFen, 0);

const yuan = (fen: number): string =>
  (fen / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Programme, cases, paid, expected, and what is left in the funds, for a terminal. */
export function showTable({ programmes, totalPaidFen }: Comparison, { funds }: Books): string {
  const total = programmes.reduce((sum, { expectedFen }) => sum + expectedFen, 0);
  const cases = programmes.reduce((sum, { cases: count }) => sum + count, 0);
  const row = (name: string, ...cells: string[]): string =>
    [name.padEnd(24), ...cells.map((cell) => cell.padStart(14))].join('').trimEnd();
  return [
    row('programme', 'cases', 'paid', 'expected'),
    ...programmes.map((each) => row(each.id, String(each.cases), yuan(each.paidFen), yuan(each.expectedFen))),
    row('together', String(cases), yuan(totalPaidFen), yuan(total)),
    '',
    'left in the funds',
    ...funds.map(({ name, availableFen }) => `${yuan(availableFen).padStart(24)}  ${name}`),
  ].join('\n');
}
