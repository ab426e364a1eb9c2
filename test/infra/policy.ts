import type { Statement } from './synthesize-stack.ts';

/** What IAM is told of one call: several values a key, as DynamoDB gives them. */
export type Request = {
  readonly action: string;
  /** The logical id of the table. */
  readonly resource: string;
  readonly keys: Readonly<Record<string, readonly string[]>>;
};

/** Our patterns have their one star at the end. */
const matches = (pattern: string, value: string): boolean =>
  pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern;

/** The operators that our statements use on keys with several values; any other is an error here and never passes silently. */
function holds(operator: string, patterns: readonly string[], values: readonly string[]): boolean {
  switch (operator) {
    case 'ForAnyValue:StringLike':
      return values.some((value) => patterns.some((pattern) => matches(pattern, value)));
    case 'ForAnyValue:StringEquals':
      return values.some((value) => patterns.includes(value));
    default:
      throw new Error(`no reading of ${operator} here`);
  }
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

function applies({ Action, Resource, Condition = {} }: Statement, { action, resource, keys }: Request): boolean {
  return (
    Action.includes(action) &&
    JSON.stringify(Resource).includes(`"${resource}"`) &&
    Object.entries(Condition).every(([operator, tests]) =>
      Object.entries(tests ?? {}).every(([key, patterns]) => holds(operator, list(patterns), keys[key] ?? [])),
    )
  );
}

/** IAM's answer: something allows it, and nothing denies it. */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}
