import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { transform } from 'esbuild';
import { compile } from 'sass';

export type Assets = { css: string; js: string; version: string };

const here = import.meta.dirname;

/** Compiles the style sheet and the script for old phones, and names both by the hash of their text. */
export async function buildAssets(): Promise<Assets> {
  const sheet = compile(join(here, 'assets/app.scss'), {
    loadPaths: [join(here, '../../node_modules/govuk-frontend/dist')],
    quietDeps: true,
  });
  const style = await transform(sheet.css, { loader: 'css', minify: true, target: ['chrome69', 'safari12'] });
  const script = await transform(await readFile(join(here, 'assets/app.js'), 'utf8'), {
    loader: 'js',
    minify: true,
    target: ['chrome69', 'safari12'],
  });
  const css = style.code.trim();
  const js = script.code.trim();
  const version = createHash('sha256').update(`${css}\0${js}`).digest('hex').slice(0, 12);
  return { css, js, version };
}

/**
 * Writes `assets.generated.ts`: text in a module needs no loader, neither in a Lambda's bundle nor in a test. Packed once
 * here, since the API in front packs nothing: a sixth of the bytes in the bundle and on the way to a phone.
 */
export async function writeAssets(): Promise<void> {
  const { css, js, version } = await buildAssets();
  const packed = (text: string) => brotliCompressSync(text).toString('base64');
  const lines = Object.entries({ css: packed(css), js: packed(js), version }).map(
    ([name, text]) => `export const ${name} =\n  '${text}';`,
  );
  await writeFile(
    join(here, 'assets.generated.ts'),
    `/** Made by \`node shared/web/build-assets.ts\` from \`assets/\`, Brotli in base64; a test says when it is out of date. */\n${lines.join('\n')}\n`,
  );
}

if (import.meta.main) await writeAssets();
