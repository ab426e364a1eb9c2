import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { reliefApplication } from '../../workflows/relief-application/definition.ts';
import type { ReliefApplicationSteps } from '../../workflows/relief-application/definition.ts';
import { logRetentionOf, removalOf } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * The workflow's name and ARN, fixed beforehand: its Lambdas must know it, and it must know them, so one of the two
 * cannot wait for the other to be made.
 */
export function workflowAddress(scope: Construct): { name: string; arn: string } {
  const stack = Stack.of(scope);
  const name = `${stack.stackName}-relief-application`;
  const arn = stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { name, arn };
}

/** Start cases and wake their waits; the variable names the machine. */
export function bindWorkflow(fn: lambda.Function, arn: string): void {
  fn.addEnvironment('STATE_MACHINE_ARN', arn);
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'],
      resources: [arn],
    }),
  );
}

/** A Standard machine: logs say what happened and not with which data; traced; its role invokes its own steps alone. */
export function makeWorkflow(
  scope: Construct,
  {
    stage,
    name,
    steps,
    policies,
  }: { stage: Stage; name: string; steps: ReliefApplicationSteps; policies: iam.IManagedPolicy[] },
): sfn.StateMachine {
  const role = new iam.Role(scope, 'ReliefApplicationRole', {
    assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
    managedPolicies: policies,
    inlinePolicies: {
      InvokeSteps: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            actions: ['lambda:InvokeFunction'],
            resources: Object.values(steps).map((step) => step.functionArn),
          }),
        ],
      }),
    },
  });
  // A scope of its own, since a state may be called as its Lambda is.
  const states = new Construct(scope, 'ReliefApplicationStates');
  return new sfn.StateMachine(scope, 'ReliefApplication', {
    stateMachineName: name,
    stateMachineType: sfn.StateMachineType.STANDARD,
    comment: 'One execution a case: from intake to its last payment',
    definitionBody: sfn.DefinitionBody.fromChainable(reliefApplication(states, steps)),
    queryLanguage: sfn.QueryLanguage.JSONATA,
    // CDK would add the functions with all their versions, and its own statements for logs and traces.
    role: role.withoutPolicyUpdates(),
    tracingEnabled: true,
    logs: {
      destination: new logs.LogGroup(scope, 'ReliefApplicationLog', {
        logGroupName: `/aws/vendedlogs/states/${name}`,
        retention: logRetentionOf(stage),
        removalPolicy: removalOf(stage),
      }),
      level: sfn.LogLevel.ALL,
      includeExecutionData: false,
    },
  });
}

/** Log deliveries belong to no resource, so AWS takes no narrower one. */
export function logDeliveryPolicy(scope: Construct): iam.ManagedPolicy {
  return new iam.ManagedPolicy(scope, 'LogDelivery', {
    description: 'Set up the delivery of the workflow log.',
    statements: [
      new iam.PolicyStatement({
        actions: [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
        ],
        resources: ['*'],
      }),
    ],
  });
}
