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

const read = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const write = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];

/** Read and write one table and its indexes, and the variable that names it. */
function bindTable(fn: lambda.Function, { table, name, variable }: TableAccess, actions: readonly string[]): void {
  fn.addEnvironment(variable, table.tableName);
  const indexes = tableKeys[name].indexes.map((index) => `${table.tableArn}/index/${index.name}`);
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: [...actions], resources: [table.tableArn, ...indexes] }));
  if (table.encryptionKey) allowStorageKey(fn, table.encryptionKey, 'dynamodb');
}

/**
 * The three tables, as one transaction spans them. The journal can be put to and read, never changed: what was written
 * there stays, whatever the code does (that a put never replaces an item is the store's condition).
 */
export function bindTables(fn: lambda.Function, { cases, journal, transient }: Tables): void {
  bindTable(fn, { table: cases, name: 'cases', variable: 'CASES_TABLE' }, [...read, ...write]);
  bindTable(fn, { table: journal, name: 'journal', variable: 'JOURNAL_TABLE' }, [...read, 'dynamodb:PutItem']);
  bindTable(fn, { table: transient, name: 'transient', variable: 'TRANSIENT_TABLE' }, [...read, ...write]);
}

/**
 * Partitions of the cases table that only the office and the seed write: the staff with their roles, and the programmes.
 * A denial and not a list of what is allowed, so that a new kind of item needs no change here.
 */
export function denyDirectoryWrites(fn: lambda.Function, { cases }: Tables): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      resources: [cases.tableArn],
      conditions: {
        'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['$reliefline#directory_*', '$reliefline#catalogue_*'] },
      },
    }),
  );
}
