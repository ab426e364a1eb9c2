import type { Template } from './template-schema.ts';
import { StartError } from './start-error.ts';

/** What a `Ref` and the attributes of a resource come to on this machine. */
export type Identity = { ref: string; attributes: Record<string, string> };
export type Scope = {
  template: Template;
  parameters: Record<string, string>;
  identities: ReadonlyMap<string, Identity>;
  accountId: string;
  region: string;
  stackName: string;
};

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Replaces every intrinsic function in a value of the template: Ref, GetAtt, Join, Sub, Select, Split, If, and the
 * pseudo parameters. An unknown one stops the start: guessing would be a second, wrong description of the system.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0) {
    const argument = value[name];
    if (name === 'Ref') return ref(String(argument), scope);
    if (name.startsWith('Fn::')) return call(name, argument, scope);
  }
  const resolved = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== undefined));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const args = Array.isArray(argument) ? argument : [argument];
  switch (name) {
    case 'Fn::GetAtt': {
      const [id, ...path] = typeof argument === 'string' ? argument.split('.') : args.map(String);
      return attribute(id ?? '', path.join('.'), scope);
    }
    case 'Fn::Join':
      return strings(args[1], scope).join(String(args[0]));
    case 'Fn::Sub':
      return substitute(args, scope);
    case 'Fn::Select':
      return strings(args[1], scope)[Number(resolve(args[0], scope))];
    case 'Fn::Split':
      return String(resolve(args[1], scope)).split(String(args[0]));
    case 'Fn::If':
      return resolve(holds(scope.template.Conditions[String(args[0])], scope) ? args[1] : args[2], scope);
    default:
      throw new StartError(`The template uses ${name}, which the one-machine runtime does not know.`);
  }
}

/** Whether a condition of the template is true. */
export function holds(condition: unknown, scope: Scope): boolean {
  if (!isObject(condition)) return condition === true || condition === 'true';
  const [name] = Object.keys(condition);
  const args = name === undefined ? [] : [condition[name]].flat();
  switch (name) {
    case 'Condition':
      return holds(scope.template.Conditions[String(args[0])], scope);
    case 'Fn::Equals':
      return String(resolve(args[0], scope)) === String(resolve(args[1], scope));
    case 'Fn::Not':
      return !holds(args[0], scope);
    case 'Fn::And':
      return args.every((item) => holds(item, scope));
    case 'Fn::Or':
      return args.some((item) => holds(item, scope));
    default:
      throw new StartError(`The template has a condition with ${name}, which the one-machine runtime does not know.`);
  }
}

function strings(value: unknown, scope: Scope): string[] {
  const resolved = resolve(value, scope);
  return Array.isArray(resolved) ? resolved.map(String) : [String(resolved)];
}

function substitute([text, extra]: unknown[], scope: Scope): string {
  const own = isObject(extra) ? extra : {};
  return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in own) return String(resolve(own[name], scope));
    const [id, ...path] = name.split('.');
    return path.length === 0 ? String(ref(name, scope)) : attribute(id ?? '', path.join('.'), scope);
  });
}

function ref(name: string, scope: Scope): string | undefined {
  switch (name) {
    case 'AWS::Region':
      return scope.region;
    case 'AWS::AccountId':
      return scope.accountId;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return scope.stackName;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${scope.region}:${scope.accountId}:stack/${scope.stackName}/local`;
    case 'AWS::NoValue':
      return undefined;
    default: {
      const found = scope.parameters[name] ?? scope.identities.get(name)?.ref;
      if (found === undefined) throw new StartError(`The template refers to ${name}, which it does not hold.`);
      return found;
    }
  }
}

function attribute(id: string, name: string, scope: Scope): string {
  const found = scope.identities.get(id)?.attributes[name];
  if (found === undefined) {
    throw new StartError(`The template reads ${name} of ${id}, which the one-machine runtime does not know.`);
  }
  return found;
}
