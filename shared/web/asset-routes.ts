import { Hono } from 'hono';
import { css, js, version } from './assets.generated.ts';

/** The one style sheet and the one script. Their address carries their hash, so a browser may keep them for ever. */
export function assetRoutes(): Hono {
  const app = new Hono();
  const headersFor = (wanted: string, type: string) => ({
    'Content-Type': type,
    // A page rendered before a deployment asks for the old version: it gets what there is, but must not keep it.
    'Cache-Control': wanted === version ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  app.get('/assets/:version/app.css', (c) =>
    c.body(css, 200, headersFor(c.req.param('version'), 'text/css; charset=utf-8')),
  );
  app.get('/assets/:version/app.js', (c) =>
    c.body(js, 200, headersFor(c.req.param('version'), 'text/javascript; charset=utf-8')),
  );
  return app;
}
