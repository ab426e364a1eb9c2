import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { EvaluationError } from './errors.ts';
import { isRecord, jsonType } from './json.ts';

/** What an expression may read: the variables by name, and `$states`. */
export type Scope = {
  variables: Readonly<Record<string, unknown>>;
  states: { input: unknown; result?: unknown; errorOutput?: unknown; context: unknown };
};

export type Evaluator = {
  /**
   * Replaces every `{% … %}` in a field's value by what its expression gives.
   * @param field path of the field in its state, for the cause: `Output`, `Retry[0]/IntervalSeconds`
   * @throws EvaluationError when an expression throws, gives nothing, or gives something that JSON cannot hold
   */
  evaluate(template: unknown, field: string, scope: Scope): Promise<unknown>;
};

const hashNames: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The text between `{%` and `%}`, or null where the string is plain text. Both marks must be the very ends of the string. */
export function expressionOf(text: string): string | null {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}') ? text.slice(2, -2).trim() : null;
}

/** Only a function of the expression's own can call itself without end. */
const canBeEndless = /\bfunction\b|λ/;
/** Steps that such an expression may take, a second or so: nothing else goes on in this process meanwhile. AWS has a bound too, and does not say which. */
const mostSteps = 1_000_000;

/** Lets an expression, compiled for one evaluation, fail where it would never come to its end. */
function bounded(program: jsonata.Expression): jsonata.Expression {
  let steps = 0;
  // jsonata's own place for such bounds takes a symbol, of which its types know nothing.
  Reflect.apply(program.assign, program, [
    Symbol.for('jsonata.__evaluate_entry'),
    () => {
      steps += 1;
      if (steps > mostSteps) throw new Error('The expression takes too long');
    },
  ]);
  return program;
}

/** @throws what jsonata throws where the text is no JSONata, with `code` and `position` */
export function compileExpression(expression: string): jsonata.Expression {
  return jsonata(expression);
}

/**
 * Evaluates JSONata as Step Functions does: its own functions added, `$eval` taken away,
 * `$now` and `$millis` on the engine's clock.
 */
export function createEvaluator(now: () => number, random: () => number): Evaluator {
  const compiled = new Map<string, jsonata.Expression>();
  const picture = jsonata('$fromMillis($at, $picture, $zone)');
  const functions = {
    now: (format?: string, zone?: string) =>
      format === undefined
        ? new Date(now()).toISOString()
        : picture.evaluate(undefined, { at: now(), picture: format, zone }),
    millis: () => now(),
    eval: undefined,
    uuid: () => randomUUID(),
    random: (seed?: number) => (seed === undefined ? random() : seededRandom(seed)),
    hash,
    partition,
    range,
    parse: (text?: string) => (text === undefined ? undefined : JSON.parse(text)),
  };

  /** Compiled once; but one that counts its steps is made for each evaluation. */
  function programOf(expression: string): jsonata.Expression {
    const known = compiled.get(expression);
    if (known !== undefined) return known;
    const program = compileExpression(expression);
    if (canBeEndless.test(expression)) return bounded(program);
    if (compiled.size < 10_000) compiled.set(expression, program);
    return program;
  }

  async function evaluateExpression(expression: string, field: string, scope: Scope): Promise<unknown> {
    let result: unknown;
    try {
      result = await programOf(expression).evaluate(undefined, {
        ...functions,
        ...scope.variables,
        states: scope.states,
      });
    } catch (error) {
      throw new EvaluationError(
        field,
        `${subject(expression, field)} threw an error during evaluation. ${tell(error)}`,
      );
    }
    if (result === undefined) {
      throw new EvaluationError(field, `${subject(expression, field)} returned nothing (undefined).`);
    }
    if (isFunction(result) || (typeof result === 'number' && !Number.isFinite(result))) {
      throw new EvaluationError(field, `${subject(expression, field)} returned an unsupported result type.`);
    }
    // jsonata's own arrays carry an enumerable `sequence`, and a function may hide inside: only JSON leaves here.
    return typeof result === 'object' && result !== null ? JSON.parse(JSON.stringify(result)) : result;
  }

  async function evaluate(template: unknown, field: string, scope: Scope): Promise<unknown> {
    if (typeof template === 'string') {
      const expression = expressionOf(template);
      return expression === null ? template : evaluateExpression(expression, field, scope);
    }
    if (Array.isArray(template)) {
      const values: unknown[] = [];
      for (const [index, item] of template.entries()) values.push(await evaluate(item, `${field}[${index}]`, scope));
      return values;
    }
    if (isRecord(template)) {
      const entries: [string, unknown][] = [];
      for (const [key, value] of Object.entries(template)) {
        entries.push([key, await evaluate(value, `${field}/${key}`, scope)]);
      }
      return Object.fromEntries(entries);
    }
    return template;
  }

  return { evaluate };
}

/** @throws EvaluationError in AWS's words where an expression gave another type than its field takes */
export function unexpectedType(template: unknown, field: string, expected: string, value: unknown): EvaluationError {
  const expression = typeof template === 'string' ? expressionOf(template) : null;
  const found = `Expected '${expected}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`;
  return new EvaluationError(
    field,
    expression === null
      ? `The value of the field '${field}' has an unexpected type. ${found}`
      : `${subject(expression, field)} returned an unexpected result type. ${found}`,
  );
}

function subject(expression: string, field: string): string {
  return `The JSONata expression '${expression}' specified for the field '${field}'`;
}

function tell(error: unknown): string {
  if (!isRecord(error)) return String(error);
  const message = typeof error['message'] === 'string' ? error['message'] : 'unknown error';
  return typeof error['code'] === 'string' ? `${error['code']}: ${message}` : message;
}

function isFunction(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (isRecord(value) && (value['_jsonata_lambda'] === true || value['_jsonata_function'] === true))
  );
}

function hash(data: unknown, algorithm: string): string {
  const name = hashNames[algorithm];
  if (name === undefined) throw new Error(`$hash knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, not '${algorithm}'`);
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

function partition(items: unknown, size: number): unknown[][] | undefined {
  if (items === undefined) return undefined;
  if (!Number.isFinite(size) || Math.round(size) < 1) throw new Error('$partition takes a chunk size of at least 1');
  const whole = Array.isArray(items) ? items : [items];
  const step = Math.round(size);
  const chunks: unknown[][] = [];
  for (let at = 0; at < whole.length; at += step) chunks.push(whole.slice(at, at + step));
  return chunks;
}

function range(first: number, last: number, step: number): number[] {
  const [from, to, by] = [Math.round(first), Math.round(last), Math.round(step)];
  if (!Number.isFinite(from + to + by) || by === 0)
    throw new Error('$range takes three numbers and a step other than 0');
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  if (length > 1000) throw new Error('$range makes at most 1000 items');
  return Array.from({ length }, (_, index) => from + index * by);
}

/** The same number in [0, 1) for the same seed (mulberry32); AWS keeps its own formula to itself. */
function seededRandom(seed: number): number {
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}
