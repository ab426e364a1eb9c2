import { lastInstant, readDuration, readInstant, showInstant } from '../clock-time.ts';
import type { LocalPages } from '../http-api.ts';
import { type Html, html, seeOther } from './html.ts';
import { mailRows } from './inbox-page.ts';
import { localPage, plain, say, table, when } from './layout.ts';
import type { LocalSystem } from './local-system.ts';
import { machineCounts } from './machine-page.ts';
import { waitRows, waitTable } from './waits-page.ts';
import type { Word } from './words.ts';

type Tried = { fault?: Word; typed?: string };

/** `/_local`: the clock and how to move it, what runs and waits, the last mails. `POST /_local/move` takes the clock's form. */
export function overviewPage(system: LocalSystem): LocalPages {
  const { now, look, site, inboxUrl } = system;

  const show = async (tried: Tried = {}) => {
    const waits = look.waits(null, 5);
    return localPage({
      path: '/_local',
      now: now(),
      status: tried.fault === undefined ? 200 : 422,
      heading: say('overview'),
      title: plain('overview'),
      content: html`<div class="two">${clockSection(now(), waits[0]?.due, tried)}
<section><h2>${say('machine')}</h2><ul class="plain">${look.machines().map(machineCounts)}</ul>
<p><a href="/_local/waits">${look.waiting()} ${say('timers')}</a></p>
<p><a href="${site}/">${say('site')}</a></p></section></div>
<section><h2>${say('waits')}</h2>${waitTable(await waitRows(system, waits))}</section>
<div class="two"><section><h2>${say('inbox')}</h2>${mailRows(system.mails(), Infinity, 5)}
<p><a href="${inboxUrl}">${say('openInbox')}</a></p></section>
<section><h2>${say('schedules')}</h2>${table(
        plain('schedules'),
        ['name', 'rule', 'due'],
        system
          .schedules()
          .map(({ name, expression, due }) => [
            html`<code>${name}</code>`,
            html`<code>${expression}</code>`,
            due === undefined ? '' : when(due),
          ]),
      )}</section></div>`,
    });
  };

  const move = async (body: Buffer) => {
    const form = new URLSearchParams(body.toString('utf8'));
    const typed = form.get('to')?.trim() ?? '';
    const step = readDuration(form.get('by') ?? '');
    const next = form.has('next') ? look.waits(null, 1)[0]?.due : undefined;
    const to = next === undefined ? (step === undefined ? readInstant(typed) : now() + step) : Math.max(next, now());
    if (form.has('next') && next === undefined) return show({ fault: 'noTimer' });
    if (to === undefined || to > lastInstant) return show({ fault: 'noTime', typed });
    if (to < now()) return show({ fault: 'isPast', typed });
    await system.move(to);
    return seeOther('/_local');
  };

  return ({ method, path, body }) => {
    if (path === '/_local' || path === '/_local/') return method === 'GET' ? show() : undefined;
    return path === '/_local/move' && method === 'POST' ? move(body) : undefined;
  };
}

function clockSection(now: number, nextDue: number | undefined, { fault, typed }: Tried): Html {
  return html`<section id="clock"><h2>${say('clock')}</h2>
<p class="big">${when(now)} <span class="en">${say('chinaTime')}</span></p>
${fault !== undefined && html`<p class="error" role="alert" id="fault">${say(fault)}</p>`}
<form method="post" action="/_local/move" class="buttons">
<button name="by" value="1h">${say('hour')}</button><button name="by" value="1d">${say('day')}</button>
<button name="next" value="1" class="quiet">${say('nextTimer')}${nextDue !== undefined && html` · ${when(nextDue)}`}</button></form>
<form method="post" action="/_local/move" class="row"><div><label for="to">${say('moveTo')}</label>
<input id="to" name="to" type="datetime-local" value="${typed ?? showInstant(now).slice(0, 16)}" aria-describedby="move-hint${
    fault === undefined ? '' : ' fault'
  }"></div><button class="quiet">${say('move')}</button></form>
<p class="hint" id="move-hint">${say('moveHint')}</p></section>`;
}
