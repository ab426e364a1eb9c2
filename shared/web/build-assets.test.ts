import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import * as committed from './assets.generated.ts';
import { buildAssets } from './build-assets.ts';

it('the committed style sheet and script are what their sources make (else: node shared/web/build-assets.ts)', async () => {
  const { css, js, version } = await buildAssets();
  const unpacked = (text: string) => brotliDecompressSync(Buffer.from(text, 'base64')).toString('utf8');
  expect({
    css: unpacked(committed.css) === css,
    js: unpacked(committed.js) === js,
    version: committed.version,
  }).toEqual({
    css: true,
    js: true,
    version,
  });
  expect(css).not.toMatch(/@font-face|url\(http|GDS Transport/);
}, 20_000);
