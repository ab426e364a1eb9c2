import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');
const replay = resolve(repository, 'test/replay');
const files = globSync('**/*.ts', { cwd: replay }).map((file) => resolve(replay, file));

/** What a file imports: statically, for its types, or while it runs. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const statements = /(?:^|[\s;])(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]/g;
  const bare = /(?:^|[\s;(])(?:import|require)\s*\(?\s*['"`]([^'"`]+)['"`]/g;
  return [...text.matchAll(statements), ...text.matchAll(bare)].map(([, specifier = '']) => specifier);
}

describe('the replay', () => {
  it('imports nothing of the system that it replays a year on: only its own files, Node and packages', () => {
    expect(files.length).toBeGreaterThan(5);
    const reached = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('file:'))
        .map((specifier) => ({ file, at: resolve(dirname(file), specifier) }))
        .filter(({ at }) => !at.startsWith(replay + sep))
        .map(({ file: from, at }) => `${relative(repository, from)} imports ${relative(repository, at)}`),
    );
    expect(reached).toEqual([]);
  });

  it('would be caught importing the system', () => {
    const all = files.flatMap(importsOf);
    expect(all).toContain('node-html-parser');
    expect(all).toContain('./browser.ts');
    expect(all).toContain('node:child_process');
  });

  it('takes the figures of the year from the published ones, without a copy of its own', () => {
    const main = readFileSync(resolve(replay, 'main.ts'), 'utf8');
    expect(main).toContain('../facts/2016.json');
    const report = readFileSync(resolve(replay, 'report.ts'), 'utf8');
    expect(report).not.toMatch(/8_?400_?000|3_?000_?000|900_?000|84_000|30_000/);
  });
});
