import type { Env, Hono } from 'hono';

/**
 * A browser without script: keeps cookies, follows redirects, fills in forms as they stand on the page. `sender` is the address that
 * its requests come from, as the API would say it.
 */
export function pageReader<E extends Env>(app: Hono<E>, sender = '192.0.2.1') {
  const env = { event: { requestContext: { http: { sourceIp: sender } } } };
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}): Promise<Page> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('sec-fetch-site', 'same-origin');
    const response = await app.request(path, { ...init, headers }, env);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (response.status === 303 && location !== null) return send(location.replace(/#.*$/, ''));
    return pageOf(path, response.status, await response.text());
  };
  return {
    cookies,
    get: (path: string) => send(path),
    /** Posts fields with the CSRF token of the page that was read last, unless `token` says otherwise. */
    post: (
      page: Page,
      path: string,
      fields: Record<string, string> | readonly (readonly [string, string])[] = {},
      token = page.csrf,
    ) => {
      const typed =
        fields instanceof Array
          ? fields.map(([name, value]): [string, string] => [name, value])
          : Object.entries(fields);
      if (token !== '') typed.push(['_csrf', token]);
      return send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(typed).toString(),
      });
    },
    /** As `post`, with files; an empty one is a field in which none was chosen. */
    upload: async (
      page: Page,
      path: string,
      fields: Record<string, string>,
      files: Record<string, Uint8Array>,
      token = page.csrf,
    ) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, ...(token === '' ? {} : { _csrf: token }) })) {
        form.append(name, value);
      }
      for (const [name, bytes] of Object.entries(files)) {
        form.append(name, new File([new Uint8Array(bytes)], bytes.length === 0 ? '' : 'result.csv'));
      }
      const { headers, body } = new Request('http://form', { method: 'POST', body: form });
      return send(path, { method: 'POST', headers, body: new Uint8Array(await new Response(body).arrayBuffer()) });
    },
  };
}

export type Page = {
  readonly path: string;
  readonly status: number;
  readonly html: string;
  readonly text: string;
  readonly csrf: string;
  /** What the error summary says, line by line. */
  readonly errors: readonly string[];
};

const pageOf = (path: string, status: number, html: string): Page => ({
  path,
  status,
  html,
  text: html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' '),
  csrf: /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '',
  errors: [
    ...(/class="govuk-error-summary"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '').matchAll(/<a href="[^"]*">([^<]*)</g),
  ].map(([, said = '']) => said),
});
