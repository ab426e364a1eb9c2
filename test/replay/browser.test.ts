import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';

const form = `<main><h1>Form</h1>
  <form action="/form" method="post"><input type="hidden" name="_csrf" value="a&amp;b">
  <input name="name" value="kept"><textarea name="note">two
lines</textarea>
  <label><input type="radio" name="kind" value="self"></label><label><input type="radio" name="kind" value="other"></label>
  <select name="unit"><option value="">-</option><option value="one" selected>One</option></select>
  <button name="go" value="1">Go</button><button name="go" value="2">Other</button></form>
  <form action="http://blocked.example/in"><button>Send</button></form>
  <table><thead><tr><th>Case</th><th>Sum</th></tr></thead><tbody><tr><th><a href="/c/1">No 1</a></th><td>3.00 元</td></tr></tbody></table>
  <ul class="govuk-error-summary__list"><li>Too short</li></ul></main>`;

/** Sets a cookie, leads on, and tells what was posted to it with which cookie. */
const server: Server = createServer((request, response) => {
  if (request.url === '/start') {
    response.writeHead(303, { location: '/form', 'set-cookie': '__Host-a=1; Path=/; Secure' }).end();
  } else if (request.method === 'POST') {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () =>
      response.end(`<h1>${request.headers.cookie ?? ''}</h1><main>${body.replaceAll('&', '&amp;')}</main>`),
    );
  } else {
    response.setHeader('content-security-policy', "default-src 'self'; form-action 'self' http://allowed.example");
    response.end(form);
  }
});
let site = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

describe('a browser without script', () => {
  it('follows redirects, keeps cookies and sends a form as it stands on the page, with what was filled in', async () => {
    const browser = openBrowser(site);
    const page = await browser.open('/start');
    expect(page).toMatchObject({ status: 200, heading: 'Form', errors: ['Too short'] });
    expect(page.tables[0]?.rows).toEqual([{ cells: { Case: 'No 1', Sum: '3.00 元' }, links: ['/c/1'] }]);
    const sent = await browser.send(page, '/form', { kind: 'other' }, { value: '2' });
    expect(sent.heading).toBe('__Host-a=1');
    const posted = new URLSearchParams(sent.text);
    expect([...posted.keys()]).toEqual(['_csrf', 'name', 'note', 'kind', 'unit', 'go']);
    expect(posted.get('_csrf')).toBe('a&b');
    expect(posted.get('kind')).toBe('other');
    expect(posted.get('go')).toBe('2');
  });

  it('does nothing that a person could not do on that page', async () => {
    const browser = openBrowser(site);
    const page = await browser.open('/form');
    expect(page.formTargets).toEqual(["'self'", 'http://allowed.example']);
    expect(() => browser.send(page, '/in')).toThrow('blocks a form to http://blocked.example');
    expect(() => browser.send(page, '/elsewhere')).toThrow('no form for /elsewhere');
    expect(() => browser.send(page, '/form', { amount: '3000' })).toThrow('it has no field amount');
    expect(() => browser.send(page, '/form', { kind: 'both' })).toThrow('kind does not offer both');
    expect(() => browser.send(page, '/form', {}, { value: '3' })).toThrow('no such button');
  });
});
