import { type FormButton, type Page, type PageForm, readPage, type Typed, type UploadedFile } from './page.ts';

export type Filled = Readonly<Record<string, Typed>>;

export type Download = { readonly status: number; readonly disposition: string; readonly bytes: Uint8Array };

/** A browser without script: cookies of its own, redirects followed, forms sent as they stand on the page. */
export type Browser = {
  open(address: string): Promise<Page>;
  /**
   * Fills in the page's form and presses its button. `form` is the end of its action's path, or a pattern. What a person
   * could not do on that page (a field or a choice that is not there) is an error.
   */
  send(page: Page, form: string | RegExp, filled?: Filled, button?: Partial<FormButton>): Promise<Page>;
  /** A file that a link leads to. */
  download(address: string): Promise<Download>;
};

const mostRedirects = 8;

/** `send` carries the requests; by default they come from this machine's own address. */
export function openBrowser(site: string, send: (url: URL, init: RequestInit) => Promise<Response> = fetch): Browser {
  const home = new URL(site);
  const cookies = new Map<string, string>();

  const visit = async (url: URL, init: RequestInit, redirects = 0): Promise<Page> => {
    const isHome = url.origin === home.origin;
    const headers = new Headers(init.headers);
    if (isHome && cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await send(url, { ...init, headers, redirect: 'manual' });
    if (isHome) keepCookies(response);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      const policy = response.headers.get('content-security-policy') ?? undefined;
      return readPage(url, response.status, await response.text(), policy);
    }
    await response.arrayBuffer();
    if (redirects === mostRedirects) throw new Error(`${url.pathname} leads in circles`);
    return visit(new URL(location, url), {}, redirects + 1);
  };

  const keepCookies = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
  };

  return {
    open: (address) => visit(new URL(address, home), {}),
    async download(address) {
      const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
      const response = await send(new URL(address, home), { headers, redirect: 'manual' });
      const disposition = response.headers.get('content-disposition') ?? '';
      return { status: response.status, disposition, bytes: new Uint8Array(await response.arrayBuffer()) };
    },
    send(page, wanted, filled = {}, pressed) {
      const form = formOn(page, wanted, filled);
      const button = buttonOf(page, form, pressed);
      const body = form.isMultipart ? multipart(form, filled) : urlEncoded(form, filled, button);
      const action = new URL(button.action, page.url);
      if (!mayPostTo(page, action))
        throw new Error(`${page.url.pathname}: its policy blocks a form to ${action.origin}`);
      const origin = action.origin === home.origin ? { origin: home.origin } : { origin: 'null' };
      return visit(action, { method: 'POST', headers: origin, body });
    },
  };
}

/** The first form with this action on which all that is to be filled in can be filled in. */
function formOn(page: Page, wanted: string | RegExp, filled: Filled): PageForm {
  const isWanted = ({ action }: PageForm): boolean =>
    typeof wanted === 'string' ? action.endsWith(wanted) : wanted.test(action);
  const forms = page.forms.filter(isWanted);
  const faults = forms.map((form) => faultOf(form, filled));
  const form = forms[faults.indexOf(undefined)];
  if (form !== undefined) return form;
  const fault = faults[0] ?? `no form for ${String(wanted)}, only ${page.forms.map(({ action }) => action).join(', ')}`;
  throw new Error(`${page.url.pathname} (${page.status} ${page.heading}): ${fault}. ${page.text.slice(0, 400)}`);
}

/** Browsers block a form that the page's policy does not let go there, and say nothing. */
const mayPostTo = ({ formTargets, url }: Page, { origin }: URL): boolean =>
  formTargets === undefined ||
  formTargets.some((target) => (target === "'self'" ? origin === url.origin : target === origin));

/** Why a person cannot fill this in, or undefined. */
function faultOf({ values, options, files }: PageForm, filled: Filled): string | undefined {
  for (const [name, typed] of Object.entries(filled)) {
    if (isFile(typed) ? !files.includes(name) : !values.has(name)) return `it has no field ${name}`;
    const choices = options.get(name);
    if (choices === undefined || isFile(typed)) continue;
    const strange = [typed].flat().find((value) => !choices.includes(value));
    if (strange !== undefined) return `${name} does not offer ${strange}, only ${choices.join(', ')}`;
  }
  return undefined;
}

function buttonOf(page: Page, form: PageForm, pressed: Partial<FormButton> = {}): FormButton {
  const fits = (button: FormButton): boolean =>
    (pressed.name === undefined || pressed.name === button.name) &&
    (pressed.value === undefined || pressed.value === button.value) &&
    (pressed.text === undefined || button.text.includes(pressed.text));
  const button = form.buttons.find(fits);
  if (button === undefined) throw new Error(`${page.url.pathname}: the form for ${form.action} has no such button`);
  return button;
}

const isFile = (typed: Typed): typed is UploadedFile => typeof typed === 'object' && 'bytes' in typed;

function* fieldsOf(form: PageForm, filled: Filled): Generator<[string, string]> {
  for (const [name, values] of form.values) {
    const typed = filled[name] ?? values;
    if (!isFile(typed)) for (const value of [typed].flat()) yield [name, value];
  }
}

function urlEncoded(form: PageForm, filled: Filled, { name, value }: FormButton): URLSearchParams {
  const own: [string, string][] = name === '' ? [] : [[name, value]];
  return new URLSearchParams([...fieldsOf(form, filled), ...own]);
}

function multipart(form: PageForm, filled: Filled): FormData {
  const data = new FormData();
  for (const [name, value] of fieldsOf(form, filled)) data.append(name, value);
  for (const name of form.files) {
    const typed = filled[name];
    if (typed === undefined || !isFile(typed)) continue;
    data.append(name, new Blob([Buffer.from(typed.bytes)], { type: typed.contentType }), typed.fileName);
  }
  return data;
}
