import { brotliDecompressSync, gzipSync } from 'node:zlib';
import type { Context, Hono } from 'hono';
import { css, js, version } from './assets.generated.ts';
import { lightHono } from './light-hono.ts';

/** Does the reader take gzip? Every browser does; a plain tool may not. */
const takesGzip = (c: Context): boolean =>
  (c.req.header('Accept-Encoding') ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .some((part) => /^(gzip|\*)(;\s*q=(?!0(\.0*)?$).*)?$/.test(part));

type Asset = { readonly plain: () => string; readonly zipped: () => Uint8Array<ArrayBuffer> };

/** Packed tighter in the bundle than any reader over HTTP may be sent it; packed anew at its first request. */
function assetOf(packed: string): Asset {
  let zipped: Uint8Array<ArrayBuffer> | undefined;
  const plain = () => brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8');
  return { plain, zipped: () => (zipped ??= new Uint8Array(gzipSync(plain(), { level: 9 }))) };
}

/** The one style sheet and the one script. Their address carries their hash, so a browser may keep them for ever. */
export function assetRoutes(): Hono {
  const app = lightHono();
  const serve = (c: Context, { plain, zipped }: Asset, type: string) => {
    c.header('Content-Type', type);
    // A page rendered before a deployment asks for the old version: it gets what there is, but must not keep it.
    c.header('Cache-Control', c.req.param('version') === version ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header('Vary', 'Accept-Encoding');
    if (!takesGzip(c)) return c.body(plain());
    c.header('Content-Encoding', 'gzip');
    return c.body(zipped());
  };
  const [style, script] = [assetOf(css), assetOf(js)];
  app.get('/assets/:version/app.css', (c) => serve(c, style, 'text/css; charset=utf-8'));
  app.get('/assets/:version/app.js', (c) => serve(c, script, 'text/javascript; charset=utf-8'));
  return app;
}
