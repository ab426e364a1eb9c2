import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/constructs/bundle-functions.ts';
import { functionNames } from '../../infra/constructs/function-entries.ts';
import { readStage } from '../../infra/constructs/stage.ts';
import { readTemplate } from './synthesize-stack.ts';

const { template, resources, ofType, idOf } = readTemplate();
const dev = readTemplate({ stage: 'dev' });
const properties = (type: string) => ofType(type).map(([, resource]) => resource.Properties);

describe('data', () => {
  test('tables are on demand, encrypted by our key, kept, and all but the transient one go back in time', () => {
    const tables = ofType('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(3);
    for (const [id, { Properties, DeletionPolicy }] of tables) {
      const [replica] = Properties['Replicas'];
      expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
      expect(Properties['SSESpecification']).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(replica.SSESpecification.KMSMasterKeyId).toBeDefined();
      expect(replica.DeletionProtectionEnabled).toBe(true);
      expect(DeletionPolicy).toBe('Retain');
      expect(replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(!id.startsWith('Transient'));
    }
  });

  test('only transient items expire', () => {
    const expiring = ofType('AWS::DynamoDB::GlobalTable').filter(
      ([, each]) => each.Properties['TimeToLiveSpecification'],
    );
    expect(expiring.map(([id]) => id.slice(0, 9))).toEqual(['Transient']);
  });

  test('a dev stage may be thrown away', () => {
    const tables = dev.ofType('AWS::DynamoDB::GlobalTable');
    expect(tables.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Delete', 'Delete', 'Delete']);
    expect(tables.map(([, each]) => each.Properties['Replicas'][0].DeletionProtectionEnabled)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('evidence is private, encrypted by our key, versioned, and old versions and drafts go', () => {
    const evidence = resources[idOf('AWS::S3::Bucket', 'Evidence')]?.Properties ?? {};
    expect(evidence['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const [encryption] = evidence['BucketEncryption'].ServerSideEncryptionConfiguration;
    expect(encryption.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
    expect(evidence['VersioningConfiguration']).toEqual({ Status: 'Enabled' });
    const rules = evidence['LifecycleConfiguration'].Rules;
    expect(rules).toContainEqual(expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }));
    expect(rules).toContainEqual(expect.objectContaining({ Prefix: 'drafts/', ExpirationInDays: 31 }));
    expect(evidence).not.toHaveProperty('CorsConfiguration');
  });

  test('keys rotate', () => {
    expect(properties('AWS::KMS::Key').map((each) => each['EnableKeyRotation'])).toEqual([true, true]);
  });
});

describe('functions', () => {
  test('each is arm64 on Node 24, traced, limited in time, and rings when it fails', () => {
    const functions = ofType('AWS::Lambda::Function');
    expect(functions).toHaveLength(functionNames.length);
    const watched = JSON.stringify(properties('AWS::CloudWatch::Alarm'));
    for (const [id, { Properties }] of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      expect(Properties['Timeout']).toBeGreaterThanOrEqual(28);
      expect(Properties['LoggingConfig'].LogGroup).toBeDefined();
      expect(watched).toContain(`{"Ref":"${id}"}`);
    }
  });

  test('no log lasts for ever', () => {
    const retentions = properties('AWS::Logs::LogGroup').map((each) => each['RetentionInDays']);
    expect(retentions).toHaveLength(functionNames.length + 2);
    expect(new Set(retentions)).toEqual(new Set([180]));
  });

  test('a page answers before the API gives up', () => {
    for (const name of functionNames.filter((each) => each.endsWith('Pages'))) {
      expect(resources[idOf('AWS::Lambda::Function', name)]?.Properties['Timeout']).toBeLessThan(29);
    }
  });
});

describe('website', () => {
  test('the access log names the route and never the path or the reader', () => {
    const [stage] = properties('AWS::ApiGatewayV2::Stage');
    const format: string = stage?.['AccessLogSettings'].Format;
    expect(format).toContain('$context.routeKey');
    expect(format).not.toMatch(/\$context\.(path|identity|domain)|query/i);
    expect(stage?.['DefaultRouteSettings'].ThrottlingRateLimit).toBeGreaterThan(0);
  });

  test('a decision link is opened by GET, looked at by HEAD, and nothing else; and what no route names is the applicants’ 404 page', () => {
    const keys = properties('AWS::ApiGatewayV2::Route').map((each) => each['RouteKey']);
    expect(keys.filter((key) => key.includes('/d/'))).toEqual(['GET /d/{token}', 'HEAD /d/{token}']);
    expect(keys).toContain('$default');
  });
});

describe('operation', () => {
  test('the workflow is Standard, traced, and logs everything but data', () => {
    const [machine] = properties('AWS::StepFunctions::StateMachine');
    expect(machine?.['StateMachineType']).toBe('STANDARD');
    expect(machine?.['TracingConfiguration']).toEqual({ Enabled: true });
    expect(machine?.['LoggingConfiguration']).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
  });

  test('every alarm rings on the one topic, which is encrypted', () => {
    const [topic, ...others] = ofType('AWS::SNS::Topic');
    expect(others).toEqual([]);
    expect(topic?.[1].Properties['KmsMasterKeyId']).toBeDefined();
    const alarms = properties('AWS::CloudWatch::Alarm');
    for (const alarm of alarms) expect(alarm['AlarmActions']).toEqual([{ Ref: topic?.[0] }]);
    const metrics = alarms.map((each) => each['MetricName']);
    expect(metrics).toEqual(
      expect.arrayContaining(['ExecutionsFailed', 'ExecutionsTimedOut', 'OutboxBacklog', 'Errors']),
    );
  });

  test('the sweeper runs each minute, what is due is looked at each hour, and the seed runs after every deployment', () => {
    const rules = properties('AWS::Events::Rule');
    const targetOf = (expression: string) =>
      JSON.stringify(rules.find((each) => each['ScheduleExpression'] === expression)?.['Targets']);
    expect(targetOf('rate(1 minute)')).toContain('SweepOutbox');
    expect(targetOf('rate(1 hour)')).toContain('RunScheduled');
    const seed = rules.find((each) => each['EventPattern']);
    expect(seed?.['EventPattern'].detail['status-details'].status).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
    expect(seed?.['Targets'][0].Input).toBe('{"profile":"none"}');
  });

  test('with -c mail=smtp the template holds nothing of SES', () => {
    const smtp = readTemplate({ mail: 'smtp' });
    expect(JSON.stringify(smtp.template)).not.toMatch(/AWS::SES|ses:Send/);
    expect(smtp.template['Parameters'].SmtpUrl.NoEcho).toBe(true);
    expect(JSON.stringify(template)).toContain('AWS::SES');
  });

  test('what one machine shows of itself is in no route, no rule and no function', () => {
    expect(JSON.stringify(template)).not.toContain('_local');
    for (const folder of Object.values(bundleFunctions('ses'))) {
      const code = readFileSync(join(folder, 'index.mjs'), 'utf8');
      expect([folder, code.length > 1_000, code.includes('/_local')]).toEqual([folder, true, false]);
    }
  });

  test.each([
    ['stage', 'Prod!'],
    ['mail', 'pigeon'],
    ['seed', 'replay'],
  ])('-c %s=%s is refused with a sentence', (key, value) => {
    expect(() => readStage((asked) => (asked === key ? value : undefined), {})).toThrow(`-c ${key}=…`);
  });
});
