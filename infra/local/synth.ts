import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import * as z from 'zod';
import { writeDurably } from './data-folder.ts';
import { StartError } from './start-error.ts';

const run = promisify(execFile);
const inputFolders = ['infra', 'functions', 'shared', 'workflows'];
const inputFiles = ['package-lock.json', 'tsconfig.json', 'cdk.json'];
const stamp = z.object({ inputs: z.string(), manifest: z.number() });

/**
 * Makes sure that `cdk.out` is what the sources describe now, and returns that folder. It is made anew (`node
 * infra/app.ts`) when a source changed or when something else has written there since; a lock lets one process do it
 * while the others wait.
 *
 * @throws StartError with the last line of what the synthesis said
 */
export async function synthesize(root: string): Promise<string> {
  const cdkOut = join(root, 'cdk.out');
  const cache = join(root, 'node_modules', '.cache', 'reliefline');
  mkdirSync(cache, { recursive: true });
  const lock = new DatabaseSync(join(cache, 'synth-lock.sqlite'));
  try {
    lock.exec('PRAGMA busy_timeout = 120000; BEGIN EXCLUSIVE');
    const stampFile = join(cache, 'synth.json');
    const inputs = hashInputs(root);
    if (isCurrent(stampFile, inputs, cdkOut)) return cdkOut;
    try {
      await run(process.execPath, ['infra/app.ts'], {
        cwd: root,
        env: { ...process.env, CDK_OUTDIR: cdkOut, TZ: 'UTC', NODE_OPTIONS: '' },
        maxBuffer: 16 * 1024 * 1024,
      });
    } catch (cause) {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
      const reason = said.split('\n').find((line) => /error/i.test(line)) ?? said.trim().split('\n').at(-1) ?? '';
      throw new StartError(
        `The system could not be put together from its sources: ${reason.trim()} (npm run synth tells more)`,
        { cause },
      );
    }
    writeDurably(stampFile, JSON.stringify({ inputs, manifest: manifestTime(cdkOut) }));
    return cdkOut;
  } finally {
    lock.close();
  }
}

function isCurrent(stampFile: string, inputs: string, cdkOut: string): boolean {
  if (!existsSync(stampFile) || !existsSync(join(cdkOut, 'manifest.json'))) return false;
  const kept = stamp.safeParse(JSON.parse(readFileSync(stampFile, 'utf8')));
  return kept.success && kept.data.inputs === inputs && kept.data.manifest === manifestTime(cdkOut);
}

function manifestTime(cdkOut: string): number {
  return statSync(join(cdkOut, 'manifest.json')).mtimeMs;
}

/** A digest over names and contents of everything that the template and the bundles are made from. */
export function hashInputs(root: string): string {
  const hash = createHash('sha256').update(process.version);
  const files = inputFolders.flatMap((folder) => listFiles(join(root, folder)));
  for (const file of [...files, ...inputFiles.map((name) => join(root, name))].sort()) {
    const name = relative(root, file);
    if (!existsSync(file) || name.startsWith(join('infra', 'local')) || /\.test\.tsx?$|\.md$/.test(name)) continue;
    hash.update(`\0${name}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
