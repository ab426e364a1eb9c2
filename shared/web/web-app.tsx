import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Lang } from '../i18n/lang.ts';
import type { PageWords } from '../i18n/page-words.ts';
import { addLogFields } from '../log.ts';
import { assetRoutes } from './asset-routes.ts';
import { ErrorPage, type ErrorSubject } from './error-page.tsx';
import { langOf, switchLang } from './language.ts';
import { lightHono } from './light-hono.ts';

/** What every page finds in `c.var`. */
export type WebVariables = { lang: Lang; words: PageWords };

/** The environment of a web app; an audience adds variables of its own, and the words it has: `WebEnv<{ actor: Actor; words: Catalogue }>`. */
export type WebEnv<More extends object = object> = { Variables: WebVariables & More };

export type WebAppOptions<Words extends PageWords> = {
  /** The audience's words: a Lambda holds no others. */
  wordsOf: (lang: Lang) => Words;
  /** The largest body that is read. Papers do not come this way: they go to the bucket. */
  maxBodyBytes?: number | undefined;
};

/**
 * The app that an audience adds its routes to. It knows the reader's language (`c.var.lang`, `c.var.words`), serves
 * the style sheet and `/lang`, keeps pages out of every cache, limits bodies (413), and answers what has no route (404)
 * and every `HTTPException` with a page. Any other error goes on to the caller, who logs it.
 *
 * ```tsx
 * const app = webApp({ wordsOf: applicantWordsOf });
 * app.get('/', (c) => c.html(<Page lang={c.var.lang} path={c.req.path} title={c.var.words.applicant.title} />));
 * export const handler = webHandler(() => app);
 * ```
 */
export function webApp<Words extends PageWords, More extends object = object>({
  wordsOf,
  maxBodyBytes = 512 * 1024,
}: WebAppOptions<Words>): Hono<WebEnv<More & { words: Words }>> {
  const app = lightHono<WebEnv<More & { words: Words }>>();
  app.use(async (c, next) => {
    setWebVariables(c, langOf(c), wordsOf);
    // Middleware is registered for every method; the page's own route is the last with a method of its own.
    const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
    addLogFields({ route: route ? `${route.method} ${route.path}` : '(none)' });
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => errorPage(c, 413) }));
  app.route('/', assetRoutes());
  app.get('/lang', (c) => switchLang(c));
  app.notFound((c) => errorPage(c, 404));
  app.onError((error, c) => {
    if (!(error instanceof HTTPException)) throw error;
    return error.res ?? errorPage(c, error.status);
  });
  return app;
}

function setWebVariables(c: Context, lang: Lang, wordsOf: (lang: Lang) => PageWords): void {
  c.set('lang', lang);
  c.set('words', wordsOf(lang));
}

const statusOf = (subject: ErrorSubject) => (typeof subject === 'number' ? subject : 403);

/** Answers with an error page in the reader's language: `return errorPage(c, 404)`, `errorPage(c, verdict)`. */
export function errorPage(c: Context, subject: ErrorSubject): Response | Promise<Response> {
  return c.html(<ErrorPage lang={langOf(c)} subject={subject} />, contentful(statusOf(subject)));
}

/** Narrows a status to those that may carry a body. */
function contentful(status: number): ContentfulStatusCode {
  const allowed: readonly ContentfulStatusCode[] = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 503];
  return allowed.find((known) => known === status) ?? (status >= 400 && status < 500 ? 400 : 500);
}
