import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFunctions } from '../../infra/constructs/bundle-functions.ts';
import { functionNames } from '../../infra/constructs/function-entries.ts';

export type BundleInit = {
  /** Milliseconds to import a handler that holds nothing, in a fresh process: the fastest of all rounds. */
  readonly emptyMs: number;
  /** The same of each function, and how many times the empty one that is. */
  readonly functions: Readonly<Record<string, { readonly ms: number; readonly ratio: number }>>;
};

const clocked = (file: string) =>
  `const begun=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});process.stdout.write(String(performance.now()-begun))`;

/** How long a fresh process takes to import the file. Nothing is kept between two runs, as in a new Lambda. */
function importMs(file: string): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', clocked(file)], {
    encoding: 'utf8',
    env: { NODE_ENV: 'production', NODE_DISABLE_COMPILE_CACHE: '1', TZ: 'UTC' },
  });
  if (status !== 0) throw new Error(`${file} could not be imported: ${stderr.slice(0, 500)}`);
  return Number(stdout);
}

/**
 * What a cold start spends on a function's own code, as a multiple of an empty handler's, which any machine can compare with
 * itself. All files take turns, so that a busy moment meets all of them; the fastest counts, since what else runs on the
 * machine only ever adds.
 */
export function measureBundleInit({ rounds = 7 }: { readonly rounds?: number } = {}): BundleInit {
  const folder = mkdtempSync(join(tmpdir(), 'reliefline-empty-'));
  try {
    const empty = join(folder, 'index.mjs');
    writeFileSync(empty, 'export const handler = async () => ({});\n');
    const bundles = bundleFunctions('ses');
    const files = new Map([
      ['', empty],
      ...functionNames.map((name) => [name, join(bundles[name], 'index.mjs')] as const),
    ]);
    const taken = new Map<string, number[]>([...files.keys()].map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const [name, file] of files) taken.get(name)?.push(importMs(file));
    const msOf = (name: string) => Math.min(...(taken.get(name) ?? []));
    const emptyMs = msOf('');
    const of = (name: string) => ({ ms: msOf(name), ratio: msOf(name) / emptyMs });
    return { emptyMs, functions: Object.fromEntries(functionNames.map((name) => [name, of(name)])) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const { emptyMs, functions } = measureBundleInit();
  console.log(`empty handler       ${emptyMs.toFixed(1).padStart(6)} ms`);
  for (const [name, { ms, ratio }] of Object.entries(functions))
    console.log(`${name.padEnd(20)}${ms.toFixed(1).padStart(6)} ms  ${ratio.toFixed(1).padStart(5)} ×`);
}
