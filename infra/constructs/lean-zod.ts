import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { extname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Zod's half that describes schemas as JSON Schema. Every schema names it, so no bundler leaves it out. */
const leftOut = ['v4/core/to-json-schema.js', 'v4/core/json-schema-processors.js'];

/** Zod's own English sentences for what is wrong. No page shows them, and the log quotes no error that may repeat what was typed. */
const sentences = 'v4/locales/en.js';

/**
 * A copy of zod whose schemas cannot be described as JSON Schema, which nothing here asks for: 18 kB less in every bundle. Asked all
 * the same, it throws. Nor does it say in English what is wrong (3 kB): an issue keeps its code, its path, and the message that a schema
 * gives it. Made once for a version; where two make it at a time, the first counts.
 */
export function leanZod(): string {
  const source = join(root, 'node_modules/zod');
  const { version }: { version: string } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `reliefline-zod-${version}-mute`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(`${folder}-`);
    const isCode = (path: string) => statSync(path).isDirectory() || ['.js', '.json'].includes(extname(path));
    cpSync(source, making, { recursive: true, filter: isCode });
    for (const file of leftOut) writeFileSync(join(making, file), refusing(readFileSync(join(source, file), 'utf8')));
    writeFileSync(join(making, sentences), 'export default function () { return {}; }\n');
    try {
      renameSync(making, folder);
    } catch (error) {
      rmSync(making, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, 'index.js');
}

/** A module of the same names, each of which refuses when it is called; what makes a method gives one that refuses. */
function refusing(code: string): string {
  const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name = '']) => name);
  const renamed = [...code.matchAll(/^export \{ (\w+) as (\w+) \}/gm)].map(([, , name = '']) => name);
  const refuse = "const refuse=()=>{throw new Error('JSON Schema is left out of this bundle')};";
  const lines = [...names, ...renamed].map(
    (name) => `const ${name}_=${/^create/.test(name) ? '()=>refuse' : 'refuse'};`,
  );
  return `${refuse}${lines.join('')}export{${[...names, ...renamed].map((name) => `${name}_ as ${name}`).join(',')}};`;
}
