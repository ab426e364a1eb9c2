import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as z from 'zod';
import { openAppendFile } from './append-file.ts';
import { type Gate, gateRequests } from './gate.ts';
import { closeServer } from './listen.ts';
import { StartError } from './start-error.ts';

const emailSchema = z.looseObject({
  messageId: z.string(),
  at: z.number(),
  subject: z.string().optional(),
  body: z.looseObject({ text: z.string().optional() }).optional(),
});
type Email = z.infer<typeof emailSchema>;
/** A mail as the inbox keeps it; `at` in seconds of the moved time. */
export type Mail = Email;
type Store = { emails: Email[] };

/**
 * The mail inbox: SES's API and a page that shows what was sent. The library keeps mails in memory only, so its list is
 * replaced by one that writes each mail to the disk before the sender hears that it was accepted, stamped with the
 * moved time. `GET /store` lists the mails; "Clear" on the page clears the file too.
 */
export async function startMail(options: {
  port: number;
  file: string;
  now: () => number;
}): Promise<{ gate: Gate; mails(): readonly Mail[]; close(): Promise<void> }> {
  const { startServer, store } = loadLibrary();
  const file = openAppendFile(options.file);
  const list = (mails: Email[]): Email[] => {
    Object.defineProperty(mails, 'push', {
      value: (mail: Email): number => {
        const stamped = { ...mail, at: Math.floor(options.now() / 1_000) };
        file.append(JSON.stringify(stamped));
        return Array.prototype.push.call(mails, stamped);
      },
    });
    return mails;
  };
  let emails = list(readMails(options.file));
  Object.defineProperty(store, 'emails', {
    get: () => emails,
    set: (next: Email[]) => {
      file.empty();
      emails = list(next);
    },
  });
  const server = await startServer({ host: '127.0.0.1', port: options.port });
  server.prependListener('request', (_request, response) => {
    const end = response.end.bind(response);
    // Nobody hears that a mail was accepted before it is on the disk.
    response.end = (...said: unknown[]) => {
      void file.flushed().then(
        () => Reflect.apply(end, response, said),
        () => response.destroy(),
      );
      return response;
    };
  });
  return {
    gate: gateRequests(server),
    mails: () => emails,
    async close() {
      await closeServer(server);
      await file.close();
    },
  };
}

type Library = {
  startServer(config: { host: string; port: number }): Promise<Server>;
  store: Store;
};

/** Loads the library afresh: its list of mails is the module's own, and each runtime needs one of its own. */
function loadLibrary(): Library {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('aws-ses-v2-local');
  const folder = dirname(entry);
  for (const file of Object.keys(require.cache)) if (file.startsWith(folder)) delete require.cache[file];
  const main: { default: Library['startServer'] } = require(entry);
  const { getStoreReadonly }: { getStoreReadonly(): Store } = require(`${folder}/store.js`);
  return { startServer: main.default, store: getStoreReadonly() };
}

/** Reads the kept mails. A last line cut short by a crash was never acknowledged and is left out. */
function readMails(file: string): Email[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.pop();
  return lines.map((line, index) => {
    try {
      return emailSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new StartError(
        `The mail file ${file} is damaged in line ${index + 1}. Move it away, or start with --fresh.`,
        { cause },
      );
    }
  });
}
