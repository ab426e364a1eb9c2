import type * as z from 'zod';
import { checkStates } from './check-states.ts';
import type { Machine } from './definition.ts';
import { machineSchema } from './definition.ts';
import { isRecord } from './json.ts';

/** One thing wrong with a definition, in the shape of ValidateStateMachineDefinition's answer. */
export type Diagnostic = { severity: 'ERROR'; code: string; message: string; location?: string };
export type CheckedDefinition = { kind: 'valid'; machine: Machine } | { kind: 'invalid'; diagnostics: Diagnostic[] };

/**
 * Reads a definition and refuses all that this engine would not run as AWS does, each with a sentence that names the
 * field and, as its location, the state (`/States/<name>/<field>`).
 * @param supports whether a Task's Resource can be called here
 */
export function checkDefinition(text: string, supports: (resource: string) => boolean): CheckedDefinition {
  const raw = readJson(text);
  if ('diagnostic' in raw) return { kind: 'invalid', diagnostics: [raw.diagnostic] };
  const missing = ['States', 'StartAt'].filter((field) => !(field in raw.value));
  if (missing.length > 0) {
    const message = `These fields are required: [${missing.join(', ')}]`;
    return invalid([{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location: '/' }]);
  }
  const languages = checkLanguages(raw.value);
  if (languages.length > 0) return invalid(languages);
  const parsed = machineSchema.safeParse(raw.value);
  if (!parsed.success) return invalid(missingFirst(parsed.error.issues.flatMap((issue) => explain(issue, raw.value))));
  const wrong = checkStates(parsed.data, supports);
  return wrong.length > 0 ? invalid(wrong) : { kind: 'valid', machine: parsed.data };
}

/** The diagnostics as the one sentence of InvalidDefinition. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const sentences = diagnostics.map(
    (each) => `${each.code}: ${each.message}${each.location === undefined ? '' : ` at ${each.location}`}`,
  );
  return `Invalid State Machine Definition: '${sentences.join(', ')}'`;
}

function invalid(diagnostics: Diagnostic[]): CheckedDefinition {
  return { kind: 'invalid', diagnostics };
}

function readJson(text: string): { value: Record<string, unknown> } | { diagnostic: Diagnostic } {
  const notAnObject: Diagnostic = {
    severity: 'ERROR',
    code: 'SCHEMA_VALIDATION_FAILED',
    message: 'Definition must be a valid JSON object',
  };
  if (text.trim() === '') return { diagnostic: notAnObject };
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { value } : { diagnostic: notAnObject };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    return { diagnostic: { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message } };
  }
}

/** A machine may name its language at the top or on each state; this engine runs no JSONPath at all. */
function checkLanguages(machine: Record<string, unknown>): Diagnostic[] {
  const wrong: Diagnostic[] = [];
  const whole = machine['QueryLanguage'];
  function visit(states: unknown, location: string): void {
    if (!isRecord(states)) return;
    for (const [name, state] of Object.entries(states)) {
      if (!isRecord(state)) continue;
      const at = `${location}/${name}`;
      const own = state['QueryLanguage'];
      if (whole === 'JSONata' && own === 'JSONPath') {
        const message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
        wrong.push({ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location: at });
      } else if ((own ?? whole) !== 'JSONata') {
        const message = `State '${name}' is written in JSONPath; this engine runs JSONata only: set 'QueryLanguage' to 'JSONata'`;
        wrong.push({ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location: at });
      }
      const branches = Array.isArray(state['Branches']) ? state['Branches'] : [];
      for (const [index, branch] of branches.entries()) {
        if (isRecord(branch)) visit(branch['States'], `${at}/Branches[${index}]/States`);
      }
      if (isRecord(state['ItemProcessor'])) visit(state['ItemProcessor']['States'], `${at}/ItemProcessor/States`);
    }
  }
  visit(machine['States'], '/States');
  return wrong;
}

function explain(issue: z.core.$ZodIssue, root: unknown): Diagnostic[] {
  const at = (path: readonly PropertyKey[]) =>
    path.map((part) => (typeof part === 'number' ? `[${part}]` : `/${String(part)}`)).join('') || '/';
  const report = (message: string, location: string): Diagnostic => ({
    severity: 'ERROR',
    code: 'SCHEMA_VALIDATION_FAILED',
    message,
    location,
  });
  const field = String(issue.path.at(-1) ?? 'definition');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => report(`The field '${key}' is not supported by this engine`, at(issue.path)));
  }
  if (issue.path.length > 0 && valueAt(root, issue.path) === undefined) {
    return [report(`The field '${field}' is required but was missing`, at(issue.path.slice(0, -1)))];
  }
  return [report(`The value of the field '${field}' is not supported: ${issue.message}`, at(issue.path))];
}

/** Where an object lacks a field, AWS says that and nothing else of the object. */
function missingFirst(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const isMissing = (each: Diagnostic) => each.message.endsWith('is required but was missing');
  const lacking = new Set(diagnostics.filter(isMissing).map((each) => each.location));
  return diagnostics.filter((each) => isMissing(each) || !lacking.has(each.location));
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (Array.isArray(value) && typeof part === 'number') value = value[part];
    else if (isRecord(value)) value = value[String(part)];
    else return undefined;
  }
  return value;
}
