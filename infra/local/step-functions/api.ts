import * as z from 'zod';
import type { Clock } from './clock.ts';
import { describeExecution, seconds } from './describe-execution.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './errors.ts';
import type { Execution } from './execution.ts';
import { statusSchema } from './execution.ts';
import { presentEvent } from './history.ts';
import { maxPayloadBytes } from './json.ts';
import type { Machines, RegisteredMachine } from './machines.ts';
import { checkArn, checkName, parseJson } from './start-named.ts';
import type { Store } from './store.ts';

type Operation = (body: unknown) => Promise<unknown>;

const arn = z.string().min(1).max(256);
const payload = z.string().refine((text) => Buffer.byteLength(text) <= maxPayloadBytes, {
  error: `Member must have length less than or equal to ${maxPayloadBytes}`,
});
const token = z.string().min(1).max(2048);
const page = { maxResults: z.number().int().min(0).max(1000).optional(), nextToken: z.string().max(1024).optional() };
const logging = z.looseObject({ level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).optional() }).optional();
const definition = z.string().min(1).max(1_048_576);
const included = z.literal('ALL_DATA').optional();
const onlyStandard = z.enum(['STANDARD', 'EXPRESS']).optional();

/** The operations of AWS's Step Functions API that this engine answers, by the name in `X-Amz-Target`. */
export function operations(options: {
  engine: Engine;
  machines: Machines;
  store: Store;
  clock: Clock;
  accountId: string;
  region: string;
}): Readonly<Record<string, Operation>> {
  const { engine, machines, store, clock, accountId, region } = options;
  const arnOf = (kind: string, name: string) => `arn:aws:states:${region}:${accountId}:${kind}:${name}`;

  function machineOf(stateMachineArn: string): RegisteredMachine {
    checkArn(stateMachineArn, 'stateMachine');
    return machines.get(stateMachineArn);
  }

  function executionOf(executionArn: string): Execution {
    checkArn(executionArn, 'execution');
    const found = store.executionByArn(executionArn);
    if (found === null) {
      throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    }
    return found;
  }

  return {
    CreateStateMachine: on(
      z.strictObject({
        name: z.string(),
        definition,
        roleArn: arn,
        type: onlyStandard,
        loggingConfiguration: logging,
      }),
      (asked) => {
        checkName(asked.name);
        checkType(asked.type);
        const machineArn = arnOf('stateMachine', asked.name);
        const known = machines.find(machineArn);
        const level = asked.loggingConfiguration?.level;
        if (known === null) machines.put({ ...asked, arn: machineArn, loggingLevel: level });
        else if (
          machines.definitionText(known.definitionId) !== asked.definition ||
          (level ?? 'OFF') !== known.loggingLevel
        ) {
          throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${machineArn}'`);
        }
        return { stateMachineArn: machineArn, creationDate: seconds(machines.get(machineArn).createdAt) };
      },
    ),
    UpdateStateMachine: on(
      z.strictObject({
        stateMachineArn: arn,
        definition: definition.optional(),
        roleArn: arn.optional(),
        loggingConfiguration: logging,
      }),
      (asked) => {
        const known = machineOf(asked.stateMachineArn);
        if (asked.definition === undefined && asked.roleArn === undefined && asked.loggingConfiguration === undefined) {
          throw new ApiError(
            'MissingRequiredParameter',
            'Either the definition, the role ARN, or the logging configuration must be specified',
          );
        }
        machines.put({
          name: known.name,
          arn: known.arn,
          definition: asked.definition ?? machines.definitionText(known.definitionId),
          roleArn: asked.roleArn ?? known.roleArn,
          loggingLevel: asked.loggingConfiguration?.level,
        });
        return { updateDate: seconds(clock.now()), revisionId: machines.get(known.arn).revision };
      },
    ),
    DescribeStateMachine: on(z.strictObject({ stateMachineArn: arn, includedData: included }), (asked) =>
      describeMachine(machineOf(asked.stateMachineArn)),
    ),
    DescribeStateMachineForExecution: on(z.strictObject({ executionArn: arn, includedData: included }), (asked) => {
      const execution = executionOf(asked.executionArn);
      return {
        stateMachineArn: execution.machineArn,
        name: execution.machineName,
        definition: machines.definitionText(execution.definitionId),
        roleArn: execution.roleArn,
        updateDate: seconds(execution.startedAt),
      };
    }),
    ListStateMachines: on(z.strictObject(page), (asked) => {
      const all = machines.list();
      const from = readPageToken(asked.nextToken, 0);
      const to = from + (asked.maxResults || 100);
      return {
        stateMachines: all.slice(from, to).map((machine) => ({
          stateMachineArn: machine.arn,
          name: machine.name,
          type: 'STANDARD',
          creationDate: seconds(machine.createdAt),
        })),
        ...(to < all.length ? { nextToken: pageToken(to) } : {}),
      };
    }),
    ValidateStateMachineDefinition: on(
      z.strictObject({
        definition,
        type: onlyStandard,
        severity: z.enum(['ERROR', 'WARNING']).optional(),
        maxResults: z.number().int().min(0).max(100).optional(),
      }),
      (asked) => {
        checkType(asked.type);
        const all = machines.diagnose(asked.definition);
        const diagnostics = all.slice(0, asked.maxResults || 100);
        return {
          result: all.length === 0 ? 'OK' : 'FAIL',
          diagnostics,
          truncated: diagnostics.length < all.length,
        };
      },
    ),
    StartExecution: on(
      z.strictObject({
        stateMachineArn: arn,
        name: z.string().optional(),
        input: payload.optional(),
      }),
      async (asked) => {
        const started = await engine.start({ ...asked, name: asked.name, input: asked.input ?? '{}' });
        return { executionArn: started.arn, startDate: seconds(started.startedAt) };
      },
    ),
    StopExecution: on(
      z.strictObject({
        executionArn: arn,
        error: z.string().max(256).optional(),
        cause: z.string().max(32_768).optional(),
      }),
      async (asked) => ({
        stopDate: seconds(await engine.stop(executionOf(asked.executionArn), asked.error, asked.cause)),
      }),
    ),
    DescribeExecution: on(z.strictObject({ executionArn: arn, includedData: included }), (asked) =>
      describeExecution(executionOf(asked.executionArn)),
    ),
    ListExecutions: on(
      z.strictObject({
        stateMachineArn: arn,
        statusFilter: statusSchema.or(z.literal('PENDING_REDRIVE')).optional(),
        ...page,
      }),
      (asked) => {
        const machine = machineOf(asked.stateMachineArn);
        const limit = asked.maxResults || 100;
        const before = readPageToken(asked.nextToken, Number.MAX_SAFE_INTEGER);
        const found = store.executions(machine.arn, asked.statusFilter ?? null, before, limit + 1);
        const shown = found.slice(0, limit);
        const last = shown.at(-1);
        return {
          executions: shown.map((execution) => ({
            executionArn: execution.arn,
            stateMachineArn: execution.machineArn,
            name: execution.name,
            status: execution.status,
            startDate: seconds(execution.startedAt),
            ...(execution.stoppedAt === null ? {} : { stopDate: seconds(execution.stoppedAt) }),
            redriveCount: 0,
          })),
          ...(found.length > limit && last !== undefined ? { nextToken: pageToken(last.id) } : {}),
        };
      },
    ),
    GetExecutionHistory: on(
      z.strictObject({
        executionArn: arn,
        reverseOrder: z.boolean().optional(),
        includeExecutionData: z.boolean().optional(),
        ...page,
      }),
      (asked) => {
        const execution = executionOf(asked.executionArn);
        const isReversed = asked.reverseOrder ?? false;
        const limit = asked.maxResults || 100;
        const after = readPageToken(asked.nextToken, isReversed ? Number.MAX_SAFE_INTEGER : 0);
        const found = store.events(execution.id, after, limit + 1, isReversed);
        const shown = found.slice(0, limit);
        const last = shown.at(-1);
        return {
          events: shown.map((event) => presentEvent(event, asked.includeExecutionData ?? true)),
          ...(found.length > limit && last !== undefined ? { nextToken: pageToken(last.id) } : {}),
        };
      },
    ),
    SendTaskSuccess: on(z.strictObject({ taskToken: token, output: payload }), async (asked) => {
      const output = parseJson(asked.output, 'InvalidOutput', 'Invalid Output');
      await engine.answer(asked.taskToken, { kind: 'success', output });
      return {};
    }),
    SendTaskFailure: on(
      z.strictObject({
        taskToken: token,
        error: z.string().max(256).optional(),
        cause: z.string().max(32_768).optional(),
      }),
      async (asked) => {
        await engine.answer(asked.taskToken, { kind: 'failure', error: asked.error, cause: asked.cause });
        return {};
      },
    ),
    SendTaskHeartbeat: on(z.strictObject({ taskToken: token }), async (asked) => {
      await engine.heartbeat(asked.taskToken);
      return {};
    }),
  };

  function describeMachine(machine: RegisteredMachine) {
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      status: 'ACTIVE',
      definition: machines.definitionText(machine.definitionId),
      roleArn: machine.roleArn,
      type: 'STANDARD',
      creationDate: seconds(machine.createdAt),
      loggingConfiguration: { level: machine.loggingLevel, includeExecutionData: false },
      revisionId: machine.revision,
    };
  }
}

/** An operation that reads its body by a schema; what the schema refuses is AWS's ValidationException. */
function on<T>(schema: z.ZodType<T>, answer: (asked: T) => unknown): Operation {
  return async (body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return answer(parsed.data);
    const reasons = parsed.error.issues.map(
      (issue) => `Value at '${issue.path.join('.')}' failed to satisfy constraint: ${issue.message}`,
    );
    const plural = reasons.length === 1 ? '' : 's';
    throw new ApiError(
      'ValidationException',
      `${reasons.length} validation error${plural} detected: ${reasons.join('; ')}`,
    );
  };
}

function checkType(type: string | undefined): void {
  if (type !== 'EXPRESS') return;
  throw new ApiError(
    'StateMachineTypeNotSupported',
    `Type '${type}' is not supported by this engine: only STANDARD is`,
  );
}

function pageToken(position: number): string {
  return Buffer.from(`after ${position}`).toString('base64url');
}

function readPageToken(text: string | undefined, beginning: number): number {
  if (text === undefined) return beginning;
  const position = /^after (\d+)$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  if (position === undefined) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(position);
}
