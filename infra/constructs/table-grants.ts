import type { TableName } from '../../shared/store/table-keys.ts';
import type { FunctionName } from './function-entries.ts';

/** DynamoDB's actions on single items; a transaction asks for those of its parts. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem';
export type TableGrants = { readonly [Table in TableName]: readonly TableAction[] };

/** Reads the case and what surrounds it, and writes what the step comes to. */
const step: TableGrants = {
  cases: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
  journal: ['PutItem'],
  transient: ['PutItem', 'DeleteItem', 'BatchWriteItem'],
};

/** Besides: lists of cases, sessions and links, and the counting of attempts. */
const staffPages: TableGrants = {
  cases: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
  journal: ['Query', 'PutItem'],
  transient: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
};

/**
 * What each function's code does to each table, and so what its role may do: a test reads the bundles and finds what is
 * missing here and what is too much.
 */
export const tableGrants: { readonly [Name in FunctionName]: TableGrants } = {
  CheckApplication: step,
  RequestCorrection: step,
  RequestReview: step,
  RequestAdvance: step,
  RequestApproval: step,
  PostNotice: step,
  RequestObjection: step,
  RequestPayment: step,
  ClimbRung: step,
  CloseCase: { ...step, cases: step.cases.filter((action) => action !== 'BatchGetItem') },
  // It carries what was decided on a batch to its payments, which are parts of cases.
  SweepOutbox: { ...step, transient: ['Query', ...step.transient] },
  RunScheduled: step,
  // What it puts is a key of the house that is not there yet: it looks references up by a keyed hash.
  ProveBooks: { cases: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], journal: ['Query', 'Scan'], transient: [] },
  SeedStage: {
    cases: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
    journal: ['Query', 'PutItem'],
    transient: ['PutItem'],
  },
  ApplicantPages: {
    cases: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
    journal: ['PutItem'],
    transient: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
  },
  ApproverPages: staffPages,
  FinancePages: staffPages,
  FundPages: staffPages,
  BankResultPages: staffPages,
  OfficePages: staffPages,
  AccountPages: staffPages,
};

/** Who writes no case: the seed is there before the first, and whoever proves the books changes nothing. */
export const strangersToCases: readonly FunctionName[] = ['SeedStage', 'ProveBooks'];

/** Whose code casts votes: the page behind a decision link, and no other. */
export const votingFunctions: readonly FunctionName[] = ['ApproverPages'];

/** Whose code moves money: who reserves it, orders, sends and settles payouts, or gives back what a case held when it ends. */
export const moneyFunctions: readonly FunctionName[] = [
  'CheckApplication',
  'ClimbRung',
  'SweepOutbox',
  // It marks payments on which the bank stays silent.
  'RunScheduled',
  'SeedStage',
  'ApplicantPages',
  'ApproverPages',
  'FinancePages',
  'FundPages',
  'BankResultPages',
  'OfficePages',
];

/** Who writes authenticators: where they are handed over and taken up, where finance and the office use codes, and the seed of one machine. */
export const authenticatorFunctions: readonly FunctionName[] = [
  'FinancePages',
  'FundPages',
  'BankResultPages',
  'AccountPages',
  'SeedStage',
];
