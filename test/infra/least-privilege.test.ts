import { describe, expect, test } from 'vitest';
import { type FunctionName, functionNames } from '../../infra/constructs/function-entries.ts';
import { authenticatorFunctions, moneyFunctions, votingFunctions } from '../../infra/constructs/table-grants.ts';
import { authenticatorEntities } from '../../shared/store/authenticator.entity.ts';
import { caseFileEntities } from '../../shared/store/case-file.entity.ts';
import { caseMarkEntities } from '../../shared/store/case-marks.entity.ts';
import { directoryEntities } from '../../shared/store/directory.entity.ts';
import { clientFor } from '../support/dynamodb.ts';
import { isAllowed, type Request } from './policy.ts';
import { readTemplate } from './synthesize-stack.ts';
import { usedOperations } from './used-operations.ts';

const { idOf, statementsOf } = readTemplate();
const tables = {
  cases: idOf('AWS::DynamoDB::GlobalTable', 'Cases'),
  journal: idOf('AWS::DynamoDB::GlobalTable', 'Journal'),
  transient: idOf('AWS::DynamoDB::GlobalTable', 'Transient'),
};
const bucket = idOf('AWS::S3::Bucket', 'Evidence');
const persons = idOf('AWS::KMS::Key', 'PersonKey');
const storage = idOf('AWS::KMS::Key', 'StorageKey');

/** Which actions a command needs, and of which resource. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  DecryptCommand: ['kms:Decrypt'],
  GenerateDataKeyCommand: ['kms:GenerateDataKey'],
  SendEmailCommand: ['ses:SendEmail'],
  StartExecutionCommand: ['states:StartExecution'],
  SendTaskSuccessCommand: ['states:SendTaskSuccess'],
  SendTaskFailureCommand: ['states:SendTaskFailure'],
  GetObjectCommand: ['s3:GetObject'],
  PutObjectCommand: ['s3:PutObject'],
  DeleteObjectCommand: ['s3:DeleteObject'],
  ListObjectsV2Command: ['s3:ListBucket'],
  CopyObjectCommand: ['s3:GetObject', 's3:PutObject'],
};

/** What Lambda itself does in the role's name, and tables and buckets with their key: no command of ours. */
const isThePlatforms = (resource: string, actions: readonly string[]): boolean =>
  resource.includes(`"${storage}"`) || actions.every((action) => action.startsWith('logs:'));

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].toSorted();
const allowed = (name: FunctionName) => statementsOf(name).filter(({ Effect }) => Effect === 'Allow');
const grantedOn = (name: FunctionName, logicalId: string) =>
  sorted(
    allowed(name)
      .filter(({ Resource }) => JSON.stringify(Resource).includes(`"${logicalId}"`))
      .flatMap(({ Action }) => Action),
  );

describe('promise 23: a Lambda may do what its code does and no more', () => {
  test.each(functionNames)('promise 23: %s is granted on each table what its bundle does there', (name) => {
    const used = usedOperations(name);
    for (const table of ['cases', 'journal', 'transient'] as const)
      expect({ [table]: grantedOn(name, tables[table]) }).toEqual({ [table]: used[table] });
    expect(used.cases.length).toBeGreaterThan(0);
  });

  test.each(functionNames)(
    'promise 23: %s is granted of other services what the commands in its bundle need',
    (name) => {
      const granted = allowed(name)
        .filter(({ Resource, Action }) => !isThePlatforms(JSON.stringify(Resource), Action))
        .flatMap(({ Action }) => Action)
        .filter((action) => !action.startsWith('dynamodb:'));
      const commands = usedOperations(name).commands;
      for (const command of commands) expect(actionsOf).toHaveProperty(command);
      expect(sorted(granted)).toEqual(sorted(commands.flatMap((command) => actionsOf[command] ?? [])));
      expect(commands).toContain('DecryptCommand');
      expect(grantedOn(name, persons)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
      const onPapers = sorted(granted).filter((action) => action.startsWith('s3:'));
      expect(grantedOn(name, bucket)).toEqual(onPapers);
    },
  );
});

const client = clientFor('http://127.0.0.1:1');
const entities = {
  ...caseFileEntities(client, 'cases'),
  ...caseMarkEntities(client, 'cases'),
  ...directoryEntities(client, 'cases'),
  ...authenticatorEntities(client, 'cases'),
};
/** The item as the store puts it: its partition and the names of its attributes are what IAM sees. */
const putting = (item: { params: () => unknown }): Request => {
  const { Item } = item.params() as { Item: Record<string, unknown> };
  return {
    action: 'dynamodb:PutItem',
    resource: tables.cases,
    keys: { 'dynamodb:LeadingKeys': [String(Item['pk'])], 'dynamodb:Attributes': Object.keys(Item) },
  };
};
const at = '2016-10-08T02:00:00.000Z';
const caseId = 'caseId_1';
const {
  theCase,
  request,
  vote,
  award,
  payout,
  application,
  batch,
  objection,
  claim,
  task,
  fund,
  proposal,
  voucher,
  staff,
  programme,
  authenticator,
} = entities;
const puts = {
  theCase: putting(theCase.put({ caseId, version: 1, list: 'open', householdId: 'h', submittedAt: at, state: {} })),
  application: putting(application.put({ caseId, body: {} })),
  request: putting(request.put({ caseId, requestId: 'r', body: {} })),
  objection: putting(objection.put({ caseId, objectionId: 'o', body: {} })),
  claim: putting(claim.put({ claimHash: 'c', caseId })),
  task: putting(task.put({ askedId: 'p', requestId: 'r', caseId, purpose: 'review', openedAt: at })),
  vote: putting(vote.put({ caseId, requestId: 'r', personId: 'p', body: {} })),
  award: putting(award.put({ caseId, awardId: 'a', body: {} })),
  payout: putting(payout.put({ caseId, payoutId: 'y', status: 'ordered', orderedAt: at, body: {} })),
  batch: putting(batch.put({ batchId: 'b', batchStatus: 'made', madeAt: at, version: 1, body: {} })),
  fund: putting(fund.put({ treasury: 'funds', fundId: 'f', version: 2, body: {} })),
  proposal: putting(proposal.put({ treasury: 'funds', fundId: 'f', proposalId: 'p', version: 1, body: {} })),
  voucher: putting(voucher.put({ treasury: 'funds', voucherHash: 'v', proposalId: 'p' })),
  staff: putting(staff.put({ directory: 'staff', personId: 'p', version: 1, body: {} } as never)),
  authenticator: putting(authenticator.put({ authenticatorOf: 'p', version: 1, body: {} })),
  programme: putting(programme.put({ catalogue: 'programmes', programmeId: 'g', number: '1', body: {} })),
};
const may = (name: FunctionName, asked: Request) => isAllowed(statementsOf(name), asked);
const whoMay = (asked: Request) => functionNames.filter((name) => may(name, asked)).toSorted();

describe('promise 23: who may write what into the cases table', () => {
  test('promise 23: the page behind a decision link casts votes, and nobody else can', () => {
    expect(whoMay(puts.vote)).toEqual(['ApproverPages']);
    expect(votingFunctions).toEqual(
      functionNames.filter((name) => usedOperations(name).files.includes('shared/cases/cast-vote.ts')),
    );
  });

  test('promise 23: awards, payouts and balances are written by those alone whose code moves money', () => {
    const movers = [
      'shared/cases/make-award.ts',
      'shared/cases/order-payouts.ts',
      'shared/funds/settle-proposal.ts',
      'shared/cases/batch-payout.ts',
      'shared/cases/become-unknown.ts',
      'functions/upkeep/seed-funds.ts',
    ];
    const moving = functionNames.filter((name) => usedOperations(name).files.some((file) => movers.includes(file)));
    expect(moving.toSorted()).toEqual(moneyFunctions.toSorted());
    for (const kind of ['fund', 'proposal', 'voucher'] as const) expect(whoMay(puts[kind])).toEqual(moving.toSorted());
    // The seed opens funds, and no case.
    const ofCases = moving.filter((name) => name !== 'SeedStage').toSorted();
    for (const kind of ['award', 'payout'] as const) expect(whoMay(puts[kind])).toEqual(ofCases);
    expect(whoMay(puts.batch)).toEqual(moving.toSorted());
  });

  test('promise 23: the staff and the programmes are written by the office and the seed', () => {
    expect(whoMay(puts.staff)).toEqual(['OfficePages', 'SeedStage']);
    expect(whoMay(puts.programme)).toEqual(['OfficePages', 'SeedStage']);
  });

  test('promise 23: authenticators are written where they are handed over, taken up and used, and nowhere else', () => {
    const users = [
      'functions/web/account/hand-over.tsx',
      'functions/web/staff/require-fresh-code.ts',
      'functions/upkeep/seed-authenticators.ts',
    ];
    const using = functionNames.filter((name) => usedOperations(name).files.some((file) => users.includes(file)));
    expect(using.toSorted()).toEqual(authenticatorFunctions.toSorted());
    expect(whoMay(puts.authenticator)).toEqual(using.toSorted());
  });

  test('promise 23: a case is written by those alone whose code writes one', () => {
    for (const kind of ['theCase', 'application', 'request', 'objection'] as const) {
      const writers = functionNames.filter((name) => usedOperations(name).entities.includes(`PutItem ${kind}`));
      // The seed is there before the first case; whoever proves the books writes none.
      expect(writers.length).toBe(functionNames.length - 2);
      expect(whoMay(puts[kind])).toEqual(writers.toSorted());
    }
  });

  test('promise 23: nothing that a bundle puts is denied to it, but votes, money, the directory and authenticators in the hands of others', () => {
    for (const name of functionNames) {
      const denied = Object.entries(puts).filter(
        ([kind, asked]) => usedOperations(name).entities.includes(`PutItem ${kind}`) && !may(name, asked),
      );
      const shut = [
        'vote',
        'award',
        'payout',
        'batch',
        'fund',
        'proposal',
        'voucher',
        'staff',
        'programme',
        'authenticator',
      ];
      expect(denied.map(([kind]) => kind).filter((kind) => !shut.includes(kind))).toEqual([]);
    }
  });

  test('promise 23: no part of a case is amended or removed by anybody', () => {
    const { keys, resource } = puts.vote;
    for (const action of ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'])
      expect(
        whoMay({ action, resource, keys: { 'dynamodb:LeadingKeys': keys['dynamodb:LeadingKeys'] ?? [] } }),
      ).toEqual([]);
    const { keys: ofTask } = puts.task;
    const others = functionNames.filter((name) => name !== 'ProveBooks').toSorted();
    expect(whoMay({ action: 'dynamodb:DeleteItem', resource, keys: ofTask })).toEqual(others);
  });
});
