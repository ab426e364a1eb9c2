import type { Execution } from './execution.ts';

/** An execution as DescribeExecution shows it; AWS's JSON protocol writes times as seconds, with a fraction. */
export function describeExecution(execution: Execution) {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAt),
    ...(execution.stoppedAt === null ? {} : { stopDate: seconds(execution.stoppedAt) }),
    input: execution.input,
    inputDetails: { included: true },
    ...(execution.output === null ? {} : { output: execution.output, outputDetails: { included: true } }),
    ...(execution.error === null ? {} : { error: execution.error }),
    ...(execution.cause === null ? {} : { cause: execution.cause }),
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${execution.status} and cannot be redriven`,
  };
}

export function seconds(epochMs: number): number {
  return epochMs / 1000;
}
