import { request } from 'node:http';

/**
 * Fetches from another address of this machine (`127.0.0.2` and its like are all its own on Linux), so that a server sees another
 * sender. Redirects are not followed.
 */
export const fetchFrom =
  (localAddress: string) =>
  async (url: URL, init: RequestInit = {}): Promise<Response> => {
    const wanted = new Request(url, init);
    const body = Buffer.from(await wanted.arrayBuffer());
    return new Promise((resolve, reject) => {
      const headers = { ...Object.fromEntries(wanted.headers), 'content-length': String(body.length) };
      const asked = request(url, { method: wanted.method, headers, localAddress }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const received = new Headers();
          for (const [name, values] of Object.entries(answer.headersDistinct))
            for (const value of values ?? []) received.append(name, value);
          resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: received }));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  };
