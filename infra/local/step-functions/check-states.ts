import { childArguments, isChildResource } from './child-executions.ts';
import type { Diagnostic } from './check-definition.ts';
import type { Branch, State } from './definition.ts';
import { dynamoDbAction, dynamoDbActions } from './dynamodb-actions.ts';
import { isRecord } from './json.ts';
import { compileExpression, expressionOf } from './jsonata.ts';

type Report = (message: string, location: string, code?: string) => void;

/** Fields of a state that hold templates, that is, may hold expressions anywhere inside. */
const templateFields = [
  'Output',
  'Assign',
  'Arguments',
  'Items',
  'ItemSelector',
  'Error',
  'Cause',
  'Seconds',
  'Timestamp',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'Credentials',
  'Choices',
  'Catch',
];

/** The fields of `lambda:invoke` that are carried out here; another one would be ignored, so it is refused. */
export const lambdaArguments: readonly string[] = ['FunctionName', 'Payload', 'InvocationType'];

/** Checks what no schema can say: that states lead somewhere, expressions compile, names are free, resources exist. */
export function checkStates(machine: Branch, supports: (resource: string) => boolean): Diagnostic[] {
  const wrong: Diagnostic[] = [];
  const report: Report = (message, location, code = 'SCHEMA_VALIDATION_FAILED') => {
    wrong.push({ severity: 'ERROR', code, message, location });
  };
  const seen = new Set<string>();

  function visit(branch: Branch, location: string, outer: ReadonlySet<string>): void {
    const assigned = new Set(outer);
    for (const state of Object.values(branch.States)) for (const name of assignedBy(state)) assigned.add(name);
    checkTargets(branch, location, report);
    for (const [name, state] of Object.entries(branch.States)) {
      const at = `${location}/States/${name}`;
      if (seen.has(name)) report(`State names must be unique in the whole machine; '${name}' is used twice`, at);
      seen.add(name);
      for (const variable of assignedBy(state)) checkVariable(variable, outer, at, report);
      checkExpressions(state, at, report);
      checkRecovery(state, at, report);
      if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined)) {
        report(`State '${name}' must have exactly one of 'Seconds' and 'Timestamp'`, at);
      }
      if (state.Type === 'Task') checkTask(name, state, at, supports, report);
      if (state.Type === 'Map') visit(state.ItemProcessor, `${at}/ItemProcessor`, assigned);
      if (state.Type === 'Parallel') {
        for (const [index, inner] of state.Branches.entries()) visit(inner, `${at}/Branches[${index}]`, assigned);
      }
    }
  }
  visit(machine, '', new Set());
  return wrong;
}

function checkTargets(branch: Branch, location: string, report: Report): void {
  const reached = new Set([branch.StartAt]);
  if (!Object.hasOwn(branch.States, branch.StartAt)) {
    report(
      `The 'StartAt' state '${branch.StartAt}' does not exist`,
      `${location}/StartAt`,
      'MISSING_TRANSITION_TARGET',
    );
  }
  for (const [name, state] of Object.entries(branch.States)) {
    const at = `${location}/States/${name}`;
    if ('Next' in state || 'End' in state || !['Choice', 'Succeed', 'Fail'].includes(state.Type)) {
      const next = 'Next' in state ? state.Next : undefined;
      const isEnd = 'End' in state && state.End === true;
      if ((next !== undefined) === isEnd) report(`State '${name}' must have exactly one of 'Next' and 'End'`, at);
    }
    for (const target of targetsOf(state)) {
      if (Object.hasOwn(branch.States, target)) reached.add(target);
      else report(`State '${name}' leads to '${target}', which does not exist`, at, 'MISSING_TRANSITION_TARGET');
    }
  }
  for (const name of Object.keys(branch.States)) {
    if (!reached.has(name))
      report(`State '${name}' is not reachable`, `${location}/States/${name}`, 'MISSING_TRANSITION_TARGET');
  }
}

function targetsOf(state: State): string[] {
  const targets: (string | undefined)[] = [];
  if ('Next' in state) targets.push(state.Next);
  if (state.Type === 'Choice') targets.push(state.Default, ...state.Choices.map((choice) => choice.Next));
  if ('Catch' in state) targets.push(...(state.Catch ?? []).map((each) => each.Next));
  return targets.filter((target) => target !== undefined);
}

function assignedBy(state: State): string[] {
  const names: string[] = [];
  if ('Assign' in state) names.push(...Object.keys(state.Assign ?? {}));
  if (state.Type === 'Choice') names.push(...state.Choices.flatMap((choice) => Object.keys(choice.Assign ?? {})));
  if ('Catch' in state) names.push(...(state.Catch ?? []).flatMap((each) => Object.keys(each.Assign ?? {})));
  return names;
}

function checkVariable(name: string, outer: ReadonlySet<string>, at: string, report: Report): void {
  if (name === 'states') report("The variable name 'states' is reserved", `${at}/Assign`);
  if (!/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u.test(name)) report(`'${name}' is not a valid variable name`, `${at}/Assign`);
  if (outer.has(name))
    report(`The variable '${name}' is assigned outside already and cannot be assigned inside`, `${at}/Assign`);
}

function checkExpressions(state: State, at: string, report: Report): void {
  function visit(value: unknown, location: string): void {
    if (typeof value === 'string') {
      const expression = expressionOf(value);
      if (expression === null) return;
      try {
        compileExpression(expression);
      } catch (error) {
        const reason = isRecord(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
        report(`The JSONata expression '${expression}' cannot be read: ${reason}`, location);
      }
      if (/\$eval\s*\(/.test(expression)) report("The function '$eval' is not supported", location);
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${location}[${index}]`);
    } else if (isRecord(value)) {
      for (const [key, item] of Object.entries(value)) visit(item, `${location}/${key}`);
    }
  }
  for (const [field, value] of Object.entries(state)) {
    if (templateFields.includes(field)) visit(value, `${at}/${field}`);
  }
}

function checkRecovery(state: State, at: string, report: Report): void {
  for (const field of ['Retry', 'Catch'] as const) {
    const rules =
      state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map' ? (state[field] ?? []) : [];
    for (const [index, rule] of rules.entries()) {
      const location = `${at}/${field}[${index}]`;
      if (!rule.ErrorEquals.includes('States.ALL')) continue;
      if (rule.ErrorEquals.length > 1) report("'States.ALL' must stand alone in 'ErrorEquals'", location);
      if (index < rules.length - 1) report(`'States.ALL' must be in the last element of '${field}'`, location);
    }
  }
}

function checkTask(
  name: string,
  state: Extract<State, { Type: 'Task' }>,
  at: string,
  supports: (resource: string) => boolean,
  report: Report,
): void {
  if (!supports(state.Resource)) {
    report(`State '${name}' calls '${state.Resource}', which is not supported by this engine`, `${at}/Resource`);
  }
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    report(`State '${name}' must have 'HeartbeatSeconds' smaller than 'TimeoutSeconds'`, `${at}/HeartbeatSeconds`);
  }
  const taken = argumentsOf(state.Resource);
  if (taken === null || !isRecord(state.Arguments)) return;
  for (const key of Object.keys(state.Arguments)) {
    if (taken.known.includes(key)) continue;
    report(
      `State '${name}' passes '${key}' to ${taken.service}, which is not supported by this engine`,
      `${at}/Arguments`,
    );
  }
  for (const field of taken.required) {
    if (!(field in state.Arguments)) report(`The field '${field}' is required but was missing`, `${at}/Arguments`);
  }
}

type Taken = { service: string; known: readonly string[]; required: readonly string[] };

function argumentsOf(resource: string): Taken | null {
  if (resource.includes(':::lambda:invoke')) {
    return { service: 'lambda:invoke', known: lambdaArguments, required: ['FunctionName'] };
  }
  const action = dynamoDbAction(resource);
  if (action !== null) {
    const { required = [], optional = [] } = dynamoDbActions[action] ?? {};
    return { service: `aws-sdk:dynamodb:${action}`, known: [...required, ...optional], required };
  }
  if (!isChildResource(resource)) return null;
  return { service: 'states:startExecution', known: childArguments, required: ['StateMachineArn'] };
}
