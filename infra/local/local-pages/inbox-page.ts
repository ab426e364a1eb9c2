import type { LocalPages } from '../http-api.ts';
import type { Mail } from '../mail.ts';
import { type Html, html } from './html.ts';
import { localPage, pager, plain, say, table, when } from './layout.ts';
import type { LocalSystem } from './local-system.ts';
import { maskSubject } from './mask.ts';
import type { Word } from './words.ts';

const pageLength = 50;

/** What a mail asks of its reader tells who that is; the address itself stays in the inbox. */
function addresseeOf({ body }: Mail): Word {
  const link = /https?:\/\/[^/\s]+(\/[\w-]*)/.exec(body?.text ?? '')?.[1];
  if (link === '/d') return 'decider';
  if (link === '/track') return 'applicant';
  return link === '/sign-in' || link === '/office' || link === '/finance' ? 'staff' : 'somebody';
}

/** Mails before the `before`-th, the newest first: subject and reader's part, no address and no text. */
export function mailRows(mails: readonly Mail[], before: number, count: number): Html {
  const end = Math.min(Math.max(before, 0), mails.length);
  const rows = mails.slice(Math.max(0, end - count), end).toReversed();
  return table(
    plain('inbox'),
    ['time', 'subject', 'addressee'],
    rows.map((mail) => [when(mail.at * 1_000), maskSubject(mail.subject ?? ''), say(addresseeOf(mail))]),
  );
}

/** `/_local/inbox`: what was mailed when; the whole mails are in the inbox on its own port. */
export function inboxPage({ mails, inboxUrl, now }: LocalSystem): LocalPages {
  const path = '/_local/inbox';
  return ({ method, path: asked, query }) => {
    if (asked !== path || method !== 'GET') return undefined;
    const all = mails();
    const wanted = Number(query.get('before') ?? all.length);
    const before = Number.isSafeInteger(wanted) ? Math.min(wanted, all.length) : all.length;
    return Promise.resolve(
      localPage({
        path,
        now: now(),
        heading: html`${say('inbox')} · ${all.length}`,
        title: plain('inbox'),
        content: html`<section><p><a href="${inboxUrl}">${say('openInbox')}</a></p>${mailRows(all, before, pageLength)}${pager(
          [
            query.has('before') ? [path, 'newest'] : undefined,
            before > pageLength ? [`${path}?before=${before - pageLength}`, 'older'] : undefined,
          ],
        )}</section>`,
      }),
    );
  };
}
