/** One line of a payment file, as a bank that does not exist reads it. */
export type PaymentOrder = { readonly reference: string; readonly account: string; readonly amountFen: number };

const column = { reference: '发放编号', account: '收款账号', amount: '金额' } as const;

/** Reads the table that finance downloads: UTF-8 with its mark, every text in quotes. @throws Error for anything else */
export function readBankFile(bytes: Uint8Array): PaymentOrder[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const [header = [], ...rows] = text.trimEnd().split('\r\n').map(cellsOf);
  const at = (row: readonly string[], name: string): string => {
    const cell = row[header.indexOf(name)];
    if (cell === undefined) throw new Error(`the bank's file has no ${name}: ${header.join(', ')}`);
    return cell;
  };
  return rows.map((row) => ({
    reference: at(row, column.reference),
    account: at(row, column.account).trim(),
    amountFen: fenOf(at(row, column.amount)),
  }));
}

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)|([^,"]+)(?:,|$)/g)].map(([, quoted, bare = '']) =>
    quoted === undefined ? bare : quoted.replaceAll('""', '"'),
  );

function fenOf(text: string): number {
  const [, whole, cents] = /^(\d+)\.(\d{2})$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`${text} is no amount`);
  return Number(whole) * 100 + Number(cents);
}
