import * as z from 'zod';
import { lastInstant, readDuration, readInstant, showInstant } from './clock-time.ts';
import { gatewayAnswer, type HttpAnswer } from './http-response.ts';
import type { LocalPages } from './http-api.ts';

const wanted = z.union([z.strictObject({ to: z.string() }), z.strictObject({ by: z.string() })]);

/**
 * `GET /_local/clock` says what time it is on this machine; `POST` with `{"to":"2016-03-01T09:00:00+08:00"}` or
 * `{"by":"+3d"}` moves it and answers when the services are still again. The clock goes forward only.
 */
export function clockPage(options: { now: () => number; move: (to: number) => Promise<void> }): LocalPages {
  const { now, move } = options;
  const shown = (): HttpAnswer => ({
    status: 200,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ now: showInstant(now()), epochMs: now() })),
  });
  const post = async (body: Buffer): Promise<HttpAnswer> => {
    const parsed = wanted.safeParse(readJson(body));
    if (!parsed.success) return gatewayAnswer(400, 'Send {"to":"2016-03-01T09:00:00+08:00"} or {"by":"+3d"}.');
    const step = 'by' in parsed.data ? readDuration(parsed.data.by) : undefined;
    const to = 'to' in parsed.data ? readInstant(parsed.data.to) : step === undefined ? undefined : now() + step;
    if (to === undefined || to > lastInstant)
      return gatewayAnswer(400, 'That is no time. Write 2016-03-01T09:00:00+08:00, or +3d, +12h, +30m.');
    if (to < now()) {
      return gatewayAnswer(400, `The clock stands at ${showInstant(now())} and goes forward only.`);
    }
    await move(to);
    return shown();
  };
  return ({ method, path, body }) => {
    if (path !== '/_local/clock') return undefined;
    if (method === 'GET') return Promise.resolve(shown());
    if (method === 'POST') return post(body);
    return Promise.resolve(gatewayAnswer(405, 'Method Not Allowed'));
  };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
