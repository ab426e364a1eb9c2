import type { RouteDefinition } from './template.ts';

export type Match = { route: RouteDefinition; pathParameters: Record<string, string> | undefined };

type Segment = { kind: 'text' | 'variable' | 'greedy'; name: string };
type Compiled = { route: RouteDefinition; method: string; segments: Segment[] };

/**
 * Chooses a route as API Gateway's HTTP APIs do: a full match before one with variables, that before a greedy variable
 * `{proxy+}`, that before `$default`; among equals the named method before ANY. HEAD is a method like any other: it
 * meets ANY and `$default`, not GET.
 */
export function makeRouter(routes: RouteDefinition[]): (method: string, path: string) => Match | undefined {
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  const compiled = routes
    .filter((route) => route !== fallback)
    .map(compile)
    .sort((a, b) => compare(rank(a), rank(b)));
  return (method, path) => {
    const parts = path.split('/').slice(1);
    for (const { route, method: routed, segments } of compiled) {
      if (routed !== 'ANY' && routed !== method) continue;
      const pathParameters = matchSegments(segments, parts);
      if (pathParameters !== undefined) {
        return { route, pathParameters: Object.keys(pathParameters).length === 0 ? undefined : pathParameters };
      }
    }
    return fallback === undefined ? undefined : { route: fallback, pathParameters: undefined };
  };
}

function compile(route: RouteDefinition): Compiled {
  const [method = 'ANY', path = '/'] = route.routeKey.split(' ');
  const segments = path
    .split('/')
    .slice(1)
    .map((text): Segment => {
      const variable = /^\{(.+?)(\+?)\}$/.exec(text);
      if (variable === null) return { kind: 'text', name: text };
      return { kind: variable[2] === '+' ? 'greedy' : 'variable', name: variable[1] ?? '' };
    });
  return { route, method, segments };
}

function matchSegments(segments: Segment[], parts: string[]): Record<string, string> | undefined {
  const found: Record<string, string> = {};
  for (const [index, { kind, name }] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (kind === 'greedy') {
      const rest = parts.slice(index).join('/');
      if (rest === '') return undefined;
      return { ...found, [name]: decode(rest) };
    }
    if (kind === 'text') {
      if (decode(part) !== name) return undefined;
    } else if (part === '') return undefined;
    else found[name] = decode(part);
  }
  return segments.length === parts.length ? found : undefined;
}

/** Smaller is more specific; compared segment by segment, the method last. */
function rank({ method, segments }: Compiled): number[] {
  const kinds = segments.map(({ kind }) => ({ text: 0, variable: 1, greedy: 2 })[kind]);
  return [segments.some(({ kind }) => kind === 'greedy') ? 1 : 0, ...kinds, method === 'ANY' ? 1 : 0];
}

function compare(a: number[], b: number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Percent-decoding that leaves a broken sequence as it came. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
