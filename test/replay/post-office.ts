import * as z from 'zod';
import { pause } from './pause.ts';

const storeSchema = z.object({
  emails: z.array(
    z.object({
      messageId: z.string(),
      at: z.number(),
      subject: z.string(),
      destination: z.object({ to: z.array(z.string()) }),
      body: z.object({ text: z.string().optional() }),
    }),
  ),
});

export type Letter = {
  /** Counts from 0 in the order of arrival. */
  readonly order: number;
  readonly to: string;
  readonly subject: string;
  /** The first address in the text; a mail of the house has one. */
  readonly link: string;
  readonly text: string;
};

/** All mails that were sent, to whomever. */
export type PostOffice = {
  /** The letters from `after` on that are meant, as soon as there is one. @throws Error when none comes */
  wait(what: string, isMeant: (letter: Letter) => boolean, after?: number): Promise<Letter[]>;
  /** The letters that have come so far. */
  letters(): Promise<readonly Letter[]>;
};

const patienceMs = 40_000;
const longWaitMs = 3_000;
const pollMs = 60;

/**
 * Reads the inbox of a mail server that keeps what it was given. One reading serves all who wait. `meanwhile` is done whenever
 * somebody has waited for some seconds: where mail may fail at first, time must pass before it is tried again.
 */
export function openPostOffice(inbox: string, meanwhile?: () => Promise<void>): PostOffice {
  const letters: Letter[] = [];
  let latest = 0;
  const seen = new Set<string>();
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const response = await fetch(new URL(`/store?since=${latest}`, inbox));
    const { emails } = storeSchema.parse(await response.json());
    for (const { messageId, at, subject, destination, body } of emails) {
      if (seen.has(messageId)) continue;
      seen.add(messageId);
      const text = body.text ?? '';
      const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
      const to = /[^\s<>]+@[^\s<>]+/.exec(destination.to[0] ?? '')?.[0] ?? '';
      letters.push({ order: letters.length, to, subject, link, text });
      latest = Math.max(latest, at);
    }
  };
  const refresh = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  return {
    async wait(what, isMeant, after = 0) {
      const begun = performance.now();
      let waitedMs = longWaitMs;
      for (;;) {
        const found = letters.slice(after).filter(isMeant);
        if (found.length > 0) return found;
        if (performance.now() - begun > patienceMs) throw new Error(`no mail came: ${what}`);
        if (meanwhile !== undefined && performance.now() - begun > waitedMs) {
          await meanwhile();
          waitedMs = performance.now() - begun + longWaitMs;
        }
        await refresh();
        await pause(pollMs);
      }
    },
    async letters() {
      await refresh();
      return letters;
    },
  };
}
