import type { BankProfileId } from '../batch.ts';

/** What a column of a bank's table holds. `line` counts from 1; `currency` and `purpose` are the same in every row. */
export type BankField =
  | 'line'
  | 'account'
  | 'holder'
  | 'bank'
  | 'amount'
  | 'currency'
  | 'purpose'
  | 'reference'
  | 'payer-account'
  | 'payer-holder';

type EveryProfile = {
  readonly id: BankProfileId;
  readonly names: { readonly zh: string; readonly en: string };
  readonly encoding: 'gbk' | 'utf-8-bom' | 'utf-8';
  readonly extension: 'csv' | 'xml';
  /** The most letters of the payee's and the bank's name. */
  readonly longestName: number;
  /** Whether one file may pay from several accounts of ours. */
  readonly payers: 'one' | 'several';
};

export type TableProfile = EveryProfile & {
  readonly layout: 'table';
  readonly columns: readonly { readonly header: string; readonly field: BankField }[];
  /**
   * How an account stays text. `quoted`: the bank's own program reads it, and takes what is quoted as it is. `leading-tab`: people open
   * the file in a spreadsheet, which makes 19 bare digits a number and loses the last ones; a tab before them keeps them text.
   */
  readonly account: 'quoted' | 'leading-tab';
  /** Text that a spreadsheet would run as a formula: refused where the bank compares names, else put behind an apostrophe. */
  readonly formulas: 'refused' | 'apostrophe';
};

export type MessageProfile = EveryProfile & { readonly layout: 'pain.001' };

/** How one bank takes a batch, as data: a new bank of a kind that exists is a new file like those beside this one. */
export type BankProfile = TableProfile | MessageProfile;
