import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { tableKeys } from '../../shared/store/table-keys.ts';
import type { TableName } from '../../shared/store/table-keys.ts';
import { allowStorageKey } from './keys.ts';
import { removalOf } from './stage.ts';
import type { Stage } from './stage.ts';
import type { TableAction, TableGrants } from './table-grants.ts';

export type Tables = { readonly [Name in TableName]: dynamodb.TableV2 };

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

export function makeTables(scope: Construct, stage: Stage, key: kms.Key): Tables {
  const table = (id: string, name: TableName, isKept: boolean) => {
    const keys = tableKeys[name];
    return new dynamodb.TableV2(scope, id, {
      partitionKey: text(keys.partitionKey),
      sortKey: text(keys.sortKey),
      globalSecondaryIndexes: keys.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        ...('projected' in index && {
          projectionType: dynamodb.ProjectionType.INCLUDE,
          nonKeyAttributes: [...index.projected],
        }),
      })),
      ...('ttlAttribute' in keys ? { timeToLiveAttribute: keys.ttlAttribute } : {}),
      billing: dynamodb.Billing.onDemand(),
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: isKept },
      deletionProtection: !stage.isDev,
      removalPolicy: removalOf(stage),
    });
  };
  return {
    cases: table('Cases', 'cases', true),
    journal: table('Journal', 'journal', true),
    transient: table('Transient', 'transient', false),
  };
}

type TableAccess = { readonly table: dynamodb.TableV2; readonly name: TableName; readonly variable: string };

/** One table and its indexes, and the variable that names it. */
function bindTable(fn: lambda.Function, { table, name, variable }: TableAccess, actions: readonly TableAction[]): void {
  fn.addEnvironment(variable, table.tableName);
  if (actions.length === 0) return;
  const indexes = tableKeys[name].indexes.map((index) => `${table.tableArn}/index/${index.name}`);
  const allow = (granted: readonly TableAction[], resources: string[]) => {
    if (granted.length === 0) return;
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: granted.map((action) => `dynamodb:${action}`), resources }));
  };
  allow(
    actions.filter((action) => action !== 'Query'),
    [table.tableArn],
  );
  allow(
    actions.filter((action) => action === 'Query'),
    [table.tableArn, ...indexes],
  );
  if (table.encryptionKey) allowStorageKey(fn, table.encryptionKey, 'dynamodb');
}

/**
 * The three tables, as one transaction spans them, each with what the function's code does there. The journal is put to and
 * read, never changed: what was written there stays (that a put never replaces an item is the store's condition).
 */
export function bindTables(fn: lambda.Function, { cases, journal, transient }: Tables, grants: TableGrants): void {
  bindTable(fn, { table: cases, name: 'cases', variable: 'CASES_TABLE' }, grants.cases);
  bindTable(fn, { table: journal, name: 'journal', variable: 'JOURNAL_TABLE' }, grants.journal);
  bindTable(fn, { table: transient, name: 'transient', variable: 'TRANSIENT_TABLE' }, grants.transient);
}

/** A denial and not a list of what is allowed, so that a new kind of item needs no change here. */
const deny = (fn: lambda.Function, { cases }: Tables, actions: readonly TableAction[], items: DeniedItems) =>
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [cases.tableArn],
      conditions: {
        'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': items.partitions },
        ...(items.attributes && { 'ForAnyValue:StringEquals': { 'dynamodb:Attributes': items.attributes } }),
      },
    }),
  );

/** Items of these partitions; with `attributes`, only those that carry one of them. */
type DeniedItems = { readonly partitions: readonly string[]; readonly attributes?: readonly string[] };

const partition = (attribute: string): string => `$reliefline#${attribute}_*`;

/** Partitions of the cases table that only the office and the seed write: the staff with their roles, and the programmes. */
export function denyDirectoryWrites(fn: lambda.Function, tables: Tables): void {
  deny(fn, tables, ['PutItem', 'UpdateItem', 'DeleteItem'], {
    partitions: [partition('directory'), partition('catalogue')],
  });
}

/** Nobody's authenticator can be written: no code is handed over, and none is used up. */
export function denyAuthenticators(fn: lambda.Function, tables: Tables): void {
  deny(fn, tables, ['PutItem', 'UpdateItem', 'DeleteItem'], { partitions: [partition('authenticatorOf')] });
}

/** Nothing of a case can be written at all. */
export function denyCaseWrites(fn: lambda.Function, tables: Tables): void {
  deny(fn, tables, ['PutItem'], { partitions: [partition('caseId')] });
}

/** Nobody removes or amends a part of a case: parts are put whole, under the version of their case. */
export function denyCaseRemovals(fn: lambda.Function, tables: Tables): void {
  deny(fn, tables, ['UpdateItem', 'DeleteItem'], { partitions: [partition('caseId')] });
}

/**
 * No vote can be cast. It lies in its case's partition, so that one query reads them together, and alone among all that lies
 * there it carries its person's id; the store reads no vote without it. See docs/decisions/0005.
 */
export function denyVotes(fn: lambda.Function, tables: Tables): void {
  deny(fn, tables, ['PutItem'], { partitions: [partition('caseId')], attributes: ['personId'] });
}

/** No balance of a fund, no award, no payout and no batch can be written. */
export function denyMoney(fn: lambda.Function, tables: Tables): void {
  deny(fn, tables, ['PutItem', 'UpdateItem', 'DeleteItem'], {
    partitions: [partition('treasury'), partition('batchId')],
  });
  deny(fn, tables, ['PutItem'], {
    partitions: [partition('caseId')],
    attributes: ['awardId', 'payoutId', 'recoveryId'],
  });
}
