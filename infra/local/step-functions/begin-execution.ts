import { type Machine, mostExecutionSeconds } from './definition.ts';
import { type HistoryEvent, newThread, type Thread } from './execution.ts';
import type { RegisteredMachine } from './machines.ts';
import type { NewExecution } from './store.ts';

/**
 * A new execution with its first thread and event, as it goes to the disk.
 * @param asked.input JSON text; `at` in epoch ms
 */
export function beginExecution(asked: {
  machine: RegisteredMachine;
  program: Machine;
  arn: string;
  name: string;
  input: string;
  at: number;
}): { execution: NewExecution; root: Thread; started: HistoryEvent } {
  const { machine, program, arn, name, input, at } = asked;
  const detail = { input, inputDetails: { truncated: false }, roleArn: machine.roleArn };
  return {
    execution: {
      arn,
      name,
      machineArn: machine.arn,
      machineName: machine.name,
      roleArn: machine.roleArn,
      definitionId: machine.definitionId,
      status: 'RUNNING',
      input,
      output: null,
      error: null,
      cause: null,
      startedAt: at,
      stoppedAt: null,
      due: at + 1000 * Math.min(program.TimeoutSeconds ?? mostExecutionSeconds, mostExecutionSeconds),
      nextEvent: 2,
      nextThread: 2,
    },
    root: newThread({
      id: 1,
      parentId: null,
      ordinal: 0,
      place: [],
      state: program.StartAt,
      input: JSON.parse(input),
      variables: {},
    }),
    started: { id: 1, previous: 0, type: 'ExecutionStarted', at, detail },
  };
}
