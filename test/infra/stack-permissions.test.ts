import { describe, expect, test } from 'vitest';
import { functionNames } from '../../infra/constructs/function-entries.ts';
import { readTemplate } from './synthesize-stack.ts';
import type { Statement } from './synthesize-stack.ts';

const { template, resources, ofType, idOf, statementsOf } = readTemplate();
const mentions = (statement: Statement, logicalId: string) =>
  JSON.stringify(statement.Resource).includes(`"${logicalId}"`);
const actionsOn = (functionName: string, logicalId: string) =>
  statementsOf(functionName)
    .filter((each) => each.Effect === 'Allow' && mentions(each, logicalId))
    .flatMap((each) => each.Action);
const table = (prefix: string) => idOf('AWS::DynamoDB::GlobalTable', prefix);
const pages = [
  'ApplicantPages',
  'ApproverPages',
  'FinancePages',
  'FundPages',
  'BankResultPages',
  'OfficePages',
  'AccountPages',
];

describe('who may do what', () => {
  test.each(functionNames)('%s puts to the journal and reads it, and can change nothing there', (name) => {
    const actions = actionsOn(name, table('Journal'));
    // Whoever proves the books reads them, and nothing else.
    if (name === 'ProveBooks') expect(actions).toEqual(['dynamodb:Query', 'dynamodb:Scan']);
    else expect(actions).toContain('dynamodb:PutItem');
    expect(actions.filter((action) => !/:(PutItem|GetItem|BatchGetItem|Query|Scan)$/.test(action))).toEqual([]);
  });

  test.each(functionNames)('%s is granted no action by a wildcard', (name) => {
    const actions = statementsOf(name).flatMap((each) => each.Action);
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('only the office and the seed write the staff and the programmes', () => {
    const denied = (name: string) =>
      statementsOf(name).some(
        (each) =>
          each.Effect === 'Deny' &&
          mentions(each, table('Cases')) &&
          each.Action.includes('dynamodb:PutItem') &&
          JSON.stringify(each.Condition).includes('directory_'),
      );
    expect(functionNames.filter((name) => !denied(name)).toSorted()).toEqual(['OfficePages', 'SeedStage']);
  });

  test('the key that opens personal values is another than the one that encrypts the tables', () => {
    const persons = idOf('AWS::KMS::Key', 'PersonKey');
    const storage = idOf('AWS::KMS::Key', 'StorageKey');
    expect(actionsOn('OfficePages', persons).toSorted()).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    for (const each of statementsOf('OfficePages').filter((statement) => mentions(statement, storage))) {
      expect(each.Condition?.['StringEquals']).toHaveProperty(['kms:ViaService']);
    }
  });

  test('papers are taken in by the applicants’ pages alone, files and scans by those of finance’s pages that show them, and none but drafts are removed', () => {
    const bucket = idOf('AWS::S3::Bucket', 'Evidence');
    const writersOf = (prefix: string) =>
      functionNames.filter((name) =>
        statementsOf(name).some(
          (each) =>
            each.Effect === 'Allow' &&
            mentions(each, bucket) &&
            each.Action.includes('s3:PutObject') &&
            JSON.stringify(each.Resource).includes(`/${prefix}/*`),
        ),
      );
    expect(writersOf('drafts')).toEqual(['ApplicantPages']);
    expect(writersOf('cases')).toEqual(['ApplicantPages']);
    expect(writersOf('batches')).toEqual(['FinancePages']);
    expect(writersOf('results')).toEqual(['BankResultPages']);
    expect(writersOf('vouchers')).toEqual(['FundPages']);
    expect(writersOf('receipts')).toEqual(['FinancePages']);
    const all = functionNames.filter((name) => actionsOn(name, bucket).includes('s3:PutObject'));
    expect(all.toSorted()).toEqual(['ApplicantPages', 'BankResultPages', 'FinancePages', 'FundPages']);
    const removals = functionNames.flatMap(statementsOf).filter((each) => each.Action.includes('s3:DeleteObject'));
    expect(removals.length).toBe(1);
    expect(JSON.stringify(removals[0]?.Resource)).toContain('/drafts/*');
    expect(JSON.stringify(removals[0]?.Resource)).not.toMatch(/cases|batches|results|vouchers|receipts/);
    const readers = functionNames.filter((name) => actionsOn(name, bucket).includes('s3:GetObject'));
    expect(readers.toSorted()).toEqual(pages.toSorted());
  });

  test('the workflow invokes its own steps and nothing else', () => {
    const role = resources[idOf('AWS::IAM::Role', 'ReliefApplicationRole')];
    const [policy] = role?.Properties['Policies'] ?? [];
    expect(policy.PolicyDocument.Statement).toHaveLength(1);
    expect(policy.PolicyDocument.Statement[0].Action).toBe('lambda:InvokeFunction');
    expect(policy.PolicyDocument.Statement[0].Resource).toHaveLength(10);
    expect(JSON.stringify(policy)).not.toContain('*');
  });

  test('mail goes out from the one address, through the one configuration set', () => {
    const sending = statementsOf('CheckApplication').filter((each) => each.Action.includes('ses:SendEmail'));
    expect(sending).toHaveLength(1);
    expect(sending[0]?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': { Ref: 'MailFrom' } } });
  });
});

test('nobody follows a click: no link in a mail is rewritten', () => {
  const sets = ofType('AWS::SES::ConfigurationSet');
  expect(sets).toHaveLength(1);
  for (const [, { Properties }] of sets) expect(Properties).not.toHaveProperty('TrackingOptions');
  // SES rewrites links only for a destination that wants to hear of opened mails and clicks.
  const wanted = ofType('AWS::SES::ConfigurationSetEventDestination').flatMap(
    ([, { Properties }]) => Properties['EventDestination'].MatchingEventTypes,
  );
  expect(wanted.filter((each) => /click|open/i.test(each))).toEqual([]);
});

test('no function is told the address of the first administrator but the seed', () => {
  const told = ofType('AWS::Lambda::Function').filter(([, { Properties }]) =>
    JSON.stringify(Properties['Environment']).includes('FirstAdministratorEmail'),
  );
  expect(told.map(([id]) => id.slice(0, 9))).toEqual(['SeedStage']);
  expect(template['Parameters']).toHaveProperty('FirstAdministratorEmail');
});
