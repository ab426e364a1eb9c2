import { isAbsolute } from 'node:path';
import * as z from 'zod';
import type { LocalPages } from './http-api.ts';
import { gatewayAnswer, type HttpAnswer } from './http-response.ts';
import { messageOf, StartError } from './start-error.ts';
import type { Backup } from './take-backup.ts';

const wanted = z.strictObject({ to: z.string().refine(isAbsolute) });

/** `POST /_local/backup` with `{"to":"/absolute/folder"}` takes a backup into a new folder; it answers when that is done. */
export function backupPage(take: (to: string) => Promise<Backup>): LocalPages {
  const post = async (body: Buffer): Promise<HttpAnswer> => {
    const parsed = wanted.safeParse(readJson(body));
    if (!parsed.success) return gatewayAnswer(400, 'Send {"to":"/absolute/folder"}.');
    try {
      const taken = await take(parsed.data.to);
      const headers: [string, string][] = [['content-type', 'application/json']];
      return { status: 200, headers, body: Buffer.from(JSON.stringify(taken)) };
    } catch (error) {
      return gatewayAnswer(error instanceof StartError ? 409 : 500, messageOf(error));
    }
  };
  return ({ method, path, body }) => {
    if (path !== '/_local/backup') return undefined;
    return method === 'POST' ? post(body) : Promise.resolve(gatewayAnswer(405, 'Method Not Allowed'));
  };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
