import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { Bundles } from './bundle-functions.ts';
import type { FunctionName } from './function-entries.ts';
import { logRetentionOf, removalOf } from './stage.ts';
import type { Stage } from './stage.ts';

/** What every function of the house is made with. */
export type FunctionHouse = {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly alarms: Alarms;
  readonly tracing: iam.IManagedPolicy;
};

/**
 * A Lambda with the house's defaults: arm64, Node 24, its own log group with a retention, traced, an alarm on its errors.
 * Its role may write its log and its traces and nothing else; the rest is granted by the `bind…` calls, each of which
 * also sets the variable that names what was granted.
 */
export function houseFunction(
  scope: Construct,
  name: FunctionName,
  house: FunctionHouse,
  {
    timeout = Duration.seconds(60),
    memorySize = 512,
    description,
  }: { timeout?: Duration; memorySize?: number; description: string },
): lambda.Function {
  const logGroup = new logs.LogGroup(scope, `${name}Log`, {
    retention: logRetentionOf(house.stage),
    removalPolicy: removalOf(house.stage),
  });
  const role = new iam.Role(scope, `${name}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [house.tracing],
  });
  logGroup.grantWrite(role);
  const made = new lambda.Function(scope, name, {
    description,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(house.bundles[name]),
    timeout,
    memorySize,
    role,
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    environment: { STAGE: house.stage.name, NODE_OPTIONS: '--enable-source-maps' },
  });
  // Not by the `tracing` property: that would give each role a statement of its own on all resources.
  if (made.node.defaultChild instanceof lambda.CfnFunction) made.node.defaultChild.tracingConfig = { mode: 'Active' };
  house.alarms.onErrors(name, made);
  return made;
}

/** Traces belong to no resource, so AWS takes no narrower one; one policy for all roles, to be read once. */
export function tracingPolicy(scope: Construct): iam.ManagedPolicy {
  return new iam.ManagedPolicy(scope, 'Tracing', {
    description: 'Send traces to X-Ray.',
    statements: [
      new iam.PolicyStatement({
        actions: [
          'xray:PutTraceSegments',
          'xray:PutTelemetryRecords',
          'xray:GetSamplingRules',
          'xray:GetSamplingTargets',
        ],
        resources: ['*'],
      }),
    ],
  });
}
