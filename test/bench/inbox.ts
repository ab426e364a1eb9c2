import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type Letter = { readonly to: string; readonly subject: string; readonly link: string };

/**
 * Reads the file in which the inbox keeps its mails, so that waiting for one costs the measured process nothing. Each letter is
 * handed to whoever waits for its case number.
 */
export function openInbox(file: string) {
  const letters: Letter[] = [];
  let read = 0;
  let rest = '';

  function refresh(): void {
    const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size <= read) return;
    const bytes = Buffer.alloc(size - read);
    const handle = openSync(file, 'r');
    readSync(handle, bytes, 0, bytes.length, read);
    closeSync(handle);
    read = size;
    const lines = (rest + bytes.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const mail: { subject: string; destination: { to: string[] }; body: { text?: string } } = JSON.parse(line);
      letters.push({
        to: /[^\s<>]+@[^\s<>]+/.exec(mail.destination.to[0] ?? '')?.[0] ?? '',
        subject: mail.subject,
        link: /https?:\/\/\S+/.exec(mail.body.text ?? '')?.[0] ?? '',
      });
    }
  }

  return {
    count: () => letters.length,
    /** All letters that have come so far. */
    letters(): readonly Letter[] {
      refresh();
      return letters;
    },
    /** The first letters that fit, from the `after`-th on, as soon as there are so many. */
    async wait(isMeant: (letter: Letter) => boolean, { count = 1, after = 0 } = {}): Promise<Letter[]> {
      const until = performance.now() + 60_000;
      for (;;) {
        const found = letters.slice(after).filter(isMeant);
        if (found.length >= count) return found;
        if (performance.now() > until) throw new Error('no mail came within a minute');
        await pause(2);
        refresh();
      }
    },
  };
}
export type Inbox = ReturnType<typeof openInbox>;
