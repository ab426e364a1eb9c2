import { randomUUID } from 'node:crypto';
import { ApiError } from './errors.ts';
import type { Execution } from './execution.ts';
import { exceedsPayloadLimit, maxPayloadBytes } from './json.ts';
import type { Machines, RegisteredMachine } from './machines.ts';
import type { Store } from './store.ts';

/**
 * StartExecution's rules: a name is used once, and asking again with the same input while it runs gives the same execution.
 * @param start makes the execution once the rules allow it
 * @throws ApiError InvalidArn, InvalidName, InvalidExecutionInput, StateMachineDoesNotExist, ExecutionAlreadyExists
 */
export function startNamed(
  { machines, store }: { machines: Machines; store: Store },
  asked: { stateMachineArn: string; name: string | undefined; input: string },
  start: (machine: RegisteredMachine, arn: string, name: string) => Execution,
): Execution {
  checkArn(asked.stateMachineArn, 'stateMachine');
  const machine = machines.get(asked.stateMachineArn);
  const name = asked.name ?? randomUUID();
  checkName(name);
  if (exceedsPayloadLimit(asked.input)) {
    throw new ApiError('ValidationException', `The input is longer than ${maxPayloadBytes} bytes`);
  }
  const parsed = parseJson(asked.input, 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
  const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
  const known = store.executionByArn(arn);
  if (known === null) return start(machine, arn, name);
  const isSame = JSON.stringify(JSON.parse(known.input)) === JSON.stringify(parsed);
  if (!isSame || known.status !== 'RUNNING') {
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  return known;
}

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;

/** @throws ApiError InvalidName, by the rules that AWS gives for names of machines and executions (API reference, StartExecution) */
export function checkName(name: string): void {
  if (name.length < 1 || name.length > 80 || forbidden.test(name)) {
    throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
  }
}

/** @throws ApiError InvalidArn where the text is no ARN of this kind */
export function checkArn(text: string, kind: 'stateMachine' | 'execution'): void {
  const parts = kind === 'execution' ? 8 : 7;
  const isArn = /^arn:aws[\w-]*:states:[^:]*:\d{12}:/.test(text) && text.split(':').length === parts;
  if (isArn && text.split(':')[5] === kind) return;
  throw new ApiError('InvalidArn', `Invalid Arn: '${text}'`);
}

export function parseJson(text: string, code: string, sentence: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(code, `${sentence}: '${error instanceof Error ? error.message : 'not JSON'}'`);
  }
}
