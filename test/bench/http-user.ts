import { Agent, request } from 'node:http';

export type Answer = { readonly status: number; readonly url: string; readonly html: string };
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Connections stay open, as a browser's do: what is measured is Reliefline, not the opening of sockets. */
const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 3_000 });

/** One request, timed. `note` is told route and milliseconds of every answer. */
export type Note = (method: string, url: string, ms: number) => void;

/** A browser without script that spends as little of the machine as it can: cookies, redirects, hidden fields. */
export function openUser(site: string, note: Note = () => undefined) {
  const cookies = new Map<string, string>();
  const home = new URL(site).origin;

  async function send(method: string, address: string, body?: Buffer, contentType?: string): Promise<Answer> {
    const url = new URL(address, home);
    const began = performance.now();
    const { status, headers, text } = await exchange(
      method,
      url,
      {
        ...(url.origin === home && cookies.size > 0
          ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        ...(body === undefined ? {} : { 'content-length': String(body.length), origin: home }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      body,
    );
    note(method, url.href, performance.now() - began);
    if (url.origin === home) {
      for (const line of headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
    }
    const { location } = headers;
    if (status >= 300 && status < 400 && location !== undefined) return send('GET', new URL(location, url).href);
    return { status, url: url.href, html: text };
  }

  return {
    get: (address: string) => send('GET', address),
    /** Sends the form with this action as it stands on the page, with what is filled in. */
    post(page: Answer, action: string | RegExp, filled: Fields = {}): Promise<Answer> {
      const form = formOf(page, action);
      const values = new URLSearchParams();
      for (const [name, value] of [...Object.entries(form.hidden), ...Object.entries(filled)]) {
        values.delete(name);
        for (const each of [value].flat()) values.append(name, each);
      }
      const body = Buffer.from(values.toString());
      return send('POST', new URL(form.action, page.url).href, body, 'application/x-www-form-urlencoded');
    },
    /** Uploads one file by the form with this action, or by the presigned one whose key contains this text. */
    upload(page: Answer, where: string, file: { name: string; type: string; bytes: Buffer }): Promise<Answer> {
      const form = formsOn(page).find(({ action, hidden }) => action === where || hidden['key']?.includes(where));
      if (form === undefined) throw new Error(`${page.url} takes no ${where}`);
      const boundary = 'bench-boundary-7d1c9a';
      const part = (head: string, content: string | Buffer): Buffer =>
        Buffer.concat([
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
          Buffer.from(content),
          Buffer.from('\r\n'),
        ]);
      const body = Buffer.concat([
        ...Object.entries(form.hidden).map(([name, value]) => part(`name="${name}"`, value)),
        part(`name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}`, file.bytes),
        Buffer.from(`--${boundary}--\r\n`),
      ]);
      return send('POST', new URL(form.action, page.url).href, body, `multipart/form-data; boundary=${boundary}`);
    },
  };
}
export type User = ReturnType<typeof openUser>;

/** The answer, if it is a page at such an address. @throws Error with what is said there instead */
export const expectPage = (answer: Answer, path: RegExp): Answer => {
  if (answer.status === 200 && path.test(new URL(answer.url).pathname)) return answer;
  const words = answer.html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 600);
  throw new Error(`expected ${String(path)}, got ${answer.status} ${answer.url}: ${words}`);
};

type Exchanged = {
  readonly status: number;
  readonly headers: { location?: string | undefined; 'set-cookie'?: string[] | undefined };
  readonly text: string;
};

function exchange(method: string, url: URL, headers: Record<string, string>, body?: Buffer): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

type Form = { readonly action: string; readonly hidden: Readonly<Record<string, string>> };

const formOf = (page: Answer, action: string | RegExp): Form => {
  const fits = (form: Form) => (typeof action === 'string' ? form.action.endsWith(action) : action.test(form.action));
  const form = formsOn(page).find(fits);
  if (form === undefined) throw new Error(`${page.url} (${page.status}) has no form for ${String(action)}`);
  return form;
};

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};
const plain = (text: string): string => text.replace(/&(amp|quot|#39|lt|gt);/g, (each) => entities[each] ?? each);
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : plain(found);
};

function formsOn({ html }: Answer): Form[] {
  return [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => {
    const [head = ''] = /^<form[^>]*>/.exec(text) ?? [];
    const inputs = [...text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => tag);
    return {
      action: attribute(head, 'action') ?? '',
      hidden: Object.fromEntries(inputs.map((tag) => [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? ''])),
    };
  });
}
