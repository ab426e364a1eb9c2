import type { LocalPages } from '../http-api.ts';
import { codeAt, keepOnPhone, keysOnPhone, readKey } from '../phone.ts';
import { html, seeOther } from './html.ts';
import { localPage, plain, say, table, when } from './layout.ts';
import type { LocalSystem } from './local-system.ts';

/**
 * `/_local/codes`: what the authenticator apps of the invented staff show by this machine's clock; nobody is named but by id, and no
 * key is shown. `POST` puts one more key on the phone, or lets half a minute pass.
 */
export function codesPage({ folder, now, move }: LocalSystem): LocalPages {
  const path = '/_local/codes';
  const show = (isFault = false) =>
    localPage({
      path,
      now: now(),
      status: isFault ? 422 : 200,
      heading: say('codes'),
      title: plain('codes'),
      content: html`<section><p class="hint">${say('codesHint')}</p>${table(
        plain('codes'),
        ['role', 'codeNow', 'codeUntil'],
        keysOnPhone(folder).map(({ label, secret }) => {
          const { code, until } = codeAt(secret, now());
          return [html`<code>${label}</code>`, html`<code class="big">${code}</code>`, when(until)];
        }),
      )}
<form method="post" action="${path}" class="buttons"><button name="later" value="30s" class="quiet">${say('laterCode')}</button></form></section>
<section><h2>${say('addCode')}</h2>${isFault && html`<p class="error" role="alert" id="fault">${say('noKey')}</p>`}
<form method="post" action="${path}" class="row"><div><label for="key">${say('addCode')}</label>
<input id="key" name="key" autocomplete="off" spellcheck="false" aria-describedby="key-hint${isFault ? ' fault' : ''}"></div>
<button class="quiet">${say('addCodeButton')}</button></form><p class="hint" id="key-hint">${say('addCodeHint')}</p></section>`,
    });

  const post = async (body: Buffer) => {
    const form = new URLSearchParams(body.toString('utf8'));
    if (form.has('later')) await move(now() + 30_000);
    else {
      const secret = readKey(form.get('key') ?? '');
      if (secret === undefined) return show(true);
      const number = keysOnPhone(folder).filter(({ label }) => label.startsWith('+')).length + 1;
      keepOnPhone(folder, { label: `+${number}`, secret });
    }
    return seeOther(path);
  };

  return ({ method, path: asked, body }) => {
    if (asked !== path) return undefined;
    if (method === 'GET') return Promise.resolve(show());
    return method === 'POST' ? post(body) : undefined;
  };
}
