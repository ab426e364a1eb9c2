import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildSync, version as esbuildVersion } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import * as z from 'zod';
import { libraries } from './bundled-libraries.ts';
import { functionEntries, functionNames } from './function-entries.ts';
import type { FunctionName } from './function-entries.ts';
import type { Stage } from './stage.ts';

/** The folder of each function's bundle: `index.mjs` and its source map. */
export type Bundles = { readonly [Name in FunctionName]: string };

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/reliefline-bundles');

const lastBuildSchema = z.object({ folder: z.string(), digest: z.string(), sources: z.array(z.string()) });

/** ESM has no `require`, and some dependencies still call it. */
const requireBanner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  charset: 'utf8',
  sourcemap: 'linked',
  sourcesContent: false,
  outExtension: { '.js': '.mjs' },
  banner: { js: requireBanner },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Longer than any synthesis that may still be reading an older build. */
const keptMs = 60 * 60 * 1000;

/**
 * Bundles all functions in one esbuild pass; nothing is built if no source changed since the last time.
 * @throws Error that names every entry file that does not exist
 */
export function bundleFunctions(mail: Stage['mail']): Bundles {
  const missing = functionNames.map((name) => functionEntries[name]).filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new Error(`These functions of the stack have no file: ${missing.join(', ')}`);
  return bundlesIn(unchangedBuild(mail) ?? build(mail));
}

const bundlesIn = (folder: string): Bundles => {
  const at = (name: FunctionName) => join(folder, name);
  return {
    CheckApplication: at('CheckApplication'),
    RequestCorrection: at('RequestCorrection'),
    RequestReview: at('RequestReview'),
    RequestAdvance: at('RequestAdvance'),
    RequestApproval: at('RequestApproval'),
    PostNotice: at('PostNotice'),
    RequestObjection: at('RequestObjection'),
    RequestPayment: at('RequestPayment'),
    ClimbRung: at('ClimbRung'),
    CloseCase: at('CloseCase'),
    SweepOutbox: at('SweepOutbox'),
    RunScheduled: at('RunScheduled'),
    ProveBooks: at('ProveBooks'),
    SeedStage: at('SeedStage'),
    ApplicantPages: at('ApplicantPages'),
    ApproverPages: at('ApproverPages'),
    FinancePages: at('FinancePages'),
    FundPages: at('FundPages'),
    BankResultPages: at('BankResultPages'),
    OfficePages: at('OfficePages'),
    AccountPages: at('AccountPages'),
  };
};

const lastBuildOf = (mail: Stage['mail']): string => join(cache, `last-build-${mail}.json`);

function unchangedBuild(mail: Stage['mail']): string | undefined {
  const lastBuild = lastBuildOf(mail);
  if (!existsSync(lastBuild)) return undefined;
  const last = lastBuildSchema.safeParse(JSON.parse(readFileSync(lastBuild, 'utf8')));
  if (!last.success || !existsSync(last.data.folder)) return undefined;
  return digestOf(last.data.sources, mail) === last.data.digest ? last.data.folder : undefined;
}

/** Builds beside the old bundles and renames at the end, so that another process never sees half a build. */
function build(mail: Stage['mail']): string {
  mkdirSync(cache, { recursive: true });
  removeOldBuilds();
  const folder = mkdtempSync(join(cache, 'building-'));
  const entryPoints = Object.fromEntries(functionNames.map((name) => [`${name}/index`, functionEntries[name]]));
  const { metafile } = buildSync({ ...options, ...libraries[mail], entryPoints, outdir: folder });
  const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
  const digest = digestOf(sources, mail);
  const built = join(cache, digest.slice(0, 16));
  if (existsSync(built)) rmSync(folder, { recursive: true });
  else renameSync(folder, built);
  const note = join(cache, `note-${process.pid}.json`);
  writeFileSync(note, JSON.stringify({ folder: built, digest, sources }));
  renameSync(note, lastBuildOf(mail));
  return built;
}

function removeOldBuilds(): void {
  for (const entry of readdirSync(cache, { withFileTypes: true })) {
    const path = join(cache, entry.name);
    if (entry.isDirectory() && Date.now() - statSync(path).mtimeMs > keptMs)
      rmSync(path, { recursive: true, force: true });
  }
}

/** Our own sources by content; what npm installed, by its lock file. */
function digestOf(sources: readonly string[], mail: Stage['mail']): string {
  const hash = createHash('sha256').update(JSON.stringify([esbuildVersion, options, libraries[mail], functionEntries]));
  for (const file of [...sources, 'tsconfig.json', 'package-lock.json'].toSorted()) {
    const path = join(root, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : 'gone');
  }
  return hash.digest('hex');
}
