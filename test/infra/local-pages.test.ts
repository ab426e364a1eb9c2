import { request } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showInstant } from '../../infra/local/clock-time.ts';
import { type LogLine, openLog } from '../../infra/local/log.ts';
import { apply, commonAnswers, type Receipt } from '../replay/apply.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { payEverything } from '../replay/finance.ts';
import { everTold } from '../replay/one-time-codes.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { expectGood } from '../support/accessible.ts';
import { openChromium, openPhone, press, textOf } from '../support/browser.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { storedItems, taskTokens } from '../support/stored.ts';

const minute = 60_000;
const typed = { hospital: '金丝雀医院（虚构）', invoiceNumber: 'JSQ-2016-CANARY', note: '金丝雀在记录里' };
const treated = { from: '2016-01-11', until: '2016-02-20' };

let local: TestLocal;
let chromium: Browser;
let paid: Receipt;
/** What both formats of the log hold, the lines for debugging too. */
const logs = { text: '', json: '', quiet: '' };
const lines: LogLine[] = [];
/** What people typed, and what is known of the staff: none of it may be read where only the machine is seen. */
let canaries: string[];

beforeAll(async () => {
  const now = (): number => local?.now() ?? 0;
  const options = { now, isVerbose: true };
  const text = openLog({ ...options, format: 'text', write: (line) => (logs.text += line) });
  const json = openLog({ ...options, format: 'json', write: (line) => (logs.json += line) });
  const quiet = openLog({ now, format: 'json', write: (line) => (logs.quiet += line) });
  const log = (line: LogLine): void => {
    lines.push(line);
    for (const each of [text, json, quiet]) each(line);
  };
  [local, chromium] = await Promise.all([startTestLocal('2016-03-07T09:00', 'demo', { log }), openChromium()]);
  const usual = illnessApplication(inventPerson(1), 1, { ownShare: 36_800 }, treated);
  const { hospital, invoiceNumber } = typed;
  paid = await apply(local.url, { ...usual, answers: { ...usual.answers, hospital, invoiceNumber } });
  const others = illnessApplication(inventPerson(2), 2, { ownShare: 36_800 }, treated);
  await apply(local.url, others);
  const said = { note: typed.note };
  await decide(local.world, paid, [recommend(3_000, said), recommend(3_000, said)]);
  await decide(local.world, paid, [approve(3_000, said)]);
  await local.settle();
  await local.moveClock(local.now() + 10 * 24 * 60 * minute);
  await payEverything(local.world);
  await local.settle();

  const { name, idNumber, phone, email, address, account, unit } = inventPerson(1);
  const { payeeBankName } = commonAnswers(inventPerson(1));
  const second = inventPerson(2);
  const staff = (await storedItems(local)).filter((item) => item['__edb_e__'] === 'staff').map(({ body = {} }) => body);
  canaries = [name, idNumber, phone, email, address, account, unit, payeeBankName, ...Object.values(typed), paid.code]
    .concat([second.name, second.idNumber, second.phone, second.email, second.account])
    .concat(staff.flatMap((body) => [String(body['name']), String(body['email'])]));
  const codes = everTold(local.world);
  expect(codes.length).toBe(2 * 12);
  canaries.push(...codes);
  expect(canaries.length).toBeGreaterThan(60);
}, 180_000);
afterAll(async () => {
  await chromium?.close();
  await local?.stop();
});

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${local.url}${path}`, { redirect: 'manual', ...init });
const send = (path: string, form: Record<string, string>): Promise<Response> =>
  get(path, { method: 'POST', body: new URLSearchParams(form) });
const namedIn = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));

/** Every page of this machine that links lead to from the first one, by its address. */
async function everyPage(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const open = ['/_local'];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (pages.has(path)) continue;
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const text = await answer.text();
    pages.set(path, text);
    // A key of a table is sealed anew each time: one page further on is enough of each list.
    const links = [...text.matchAll(/href="(\/_local[^"#]*)/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
    open.push(...links.filter((link) => !(path.includes('after=') && link.includes('after='))));
    expect(pages.size).toBeLessThan(150);
  }
  return pages;
}

let seen: Map<string, string>;
beforeAll(async () => {
  seen = await everyPage();
}, 60_000);
const pageAt = (path: string): string => seen.get(path) ?? expect.unreachable(`${path} is not reached by links`);

describe('what runs on one machine can be seen', () => {
  test('every kind of page is reached by links alone', () => {
    const kinds = [/^\/_local$/, /\/workflows\//, /\/executions\/\d+$/, /\/waits$/, /\/inbox$/, /\/tables$/];
    for (const kind of [
      ...kinds,
      /\/tables\/[^/?]+$/,
      /kind=request/,
      /kind=audit-event/,
      /kind=outbox|kind=link/,
      /after=/,
    ]) {
      expect([String(kind), [...seen.keys()].some((path) => kind.test(path))]).toEqual([String(kind), true]);
    }
  });

  test('the way of an execution is lit up on the graph, and its history stands below', () => {
    const page = pageAt('/_local/executions/1');
    const lit = [...page.matchAll(/<g class="node [^"]*lit[^"]*">.*?<text[^>]*>(\w+)</g)].map(([, name]) => name);
    expect(lit.sort()).toEqual([
      'AwaitApproval',
      'AwaitNotice',
      'AwaitPayment',
      'AwaitReview',
      'CheckIntake',
      'ClimbNotice',
      'ClimbPayment',
    ]);
    expect(page.match(/class="edge [^"]*lit/g)?.length).toBeGreaterThan(7);
    expect(page).toContain('1. ExecutionStarted');
    expect(page).toMatch(/class="status SUCCEEDED"/);
  });

  test('what an execution waits for is told with who is asked, by role and id, and until when', () => {
    const page = pageAt('/_local/executions/2');
    expect(page).toMatch(/<g class="node task waits lit here">.*?AwaitReview</);
    expect(page).toMatch(/<code>patch-member<\/code> <code>[\w-]+<\/code>/);
    expect(pageAt('/_local/waits')).toMatch(
      /<time datetime="2016-03-[^>]*>2016-03-\d\d [\d:]{8}<\/time>.*?AwaitReview/s,
    );
  });

  test('the inbox tells subjects and the part of who is written to, and leads to the whole mails', () => {
    const page = pageAt('/_local/inbox');
    expect(page).toContain(`已发放：${paid.caseNumber}`);
    expect(page).toContain('承办人');
    expect(page).toContain('申请人');
    expect(page).toContain(`href="${local.inboxUrl}"`);
  });

  test('items of a table are listed by kind; what is sealed says so', () => {
    const [path = '', page = ''] = [...seen].find(([each]) => each.endsWith('kind=case')) ?? [];
    expect(page.match(/<summary><strong>case<\/strong>/g)).toHaveLength(2);
    const [, application = ''] = [...seen].find(([each]) => each.endsWith('kind=application')) ?? [];
    expect(application).toContain('&quot;payee&quot;: &quot;〔sealed〕&quot;');
    expect(page).not.toContain('<strong>staff</strong>');
    expect(path).toContain(encodeURIComponent(local.model.tables[0]!.name));
  });

  test('an execution is found by its name; what is not there is a page that says so', async () => {
    const name = /executions\/2">([\w-]+)</.exec(pageAt('/_local/waits'))?.[1] ?? '';
    const found = await get(`/_local/find?name=${name}`);
    expect([found.status, found.headers.get('location')]).toEqual([303, '/_local/executions/2']);
    for (const path of [
      '/_local/find?name=nobody',
      '/_local/executions/99',
      '/_local/tables/none',
      '/_local/workflows/x',
    ]) {
      const answer = await get(path);
      expect([path, answer.status, (await answer.text()).includes('没有找到')]).toEqual([path, 404, true]);
    }
    for (const path of ['/_local/nothing', '/_local/executions/x', '/_localx'])
      expect((await get(path)).status).toBe(404);
  });

  test('nonsense in an address is passed over', async () => {
    for (const query of [
      'before=x',
      'before=-5',
      'before=1e99',
      'status=NONE',
      'after=%00',
      'after=1.2',
      'kind=%F0%9F%90%A6',
    ]) {
      for (const path of [
        '/_local/waits',
        '/_local/inbox',
        '/_local/executions/1',
        ...[...seen.keys()].filter((each) => /(workflows|tables)\/[^/?]+$/.test(each)),
      ]) {
        expect([path, query, (await get(`${path}?${query}`)).status]).toEqual([path, query, 200]);
      }
    }
  });
});

describe('promise 13: nobody is known by what the machine shows', () => {
  test('no page holds what a person typed, nor who the staff are', () => {
    for (const [path, text] of seen) expect([path, namedIn(path + text, canaries)]).toEqual([path, []]);
  });

  test('no page holds a hash or a sealed value', async () => {
    const items = JSON.stringify(await storedItems(local));
    const opaque = [...new Set(items.match(/\b[0-9a-f]{64}\b|"[\w-]{8}\.[\w-]{20,}"/g))].map((each) =>
      each.replaceAll('"', ''),
    );
    expect(opaque.length).toBeGreaterThan(100);
    for (const [path, text] of seen) expect([path, namedIn(path + text, opaque)]).toEqual([path, []]);
  });

  test('promise 13: no mail holds the secret of an authenticator or a code that was shown once', async () => {
    const mails = await (await fetch(`${local.inboxUrl}/store`)).text();
    expect(mails.length).toBeGreaterThan(1_000);
    expect(namedIn(mails, everTold(local.world))).toEqual([]);
    expect(namedIn(JSON.stringify(await storedItems(local)), everTold(local.world))).toEqual([]);
  });

  test('no line of the log does, as text or as JSON, not even what is said for debugging', () => {
    expect(logs.text.split('\n').length).toBeGreaterThan(50);
    expect([namedIn(logs.text, canaries), namedIn(logs.json, canaries)]).toEqual([[], []]);
  });
});

test('promise 10: task tokens are in request items and the engine’s own history, nowhere else', async () => {
  const tokens = await taskTokens(local);
  expect(tokens.length).toBeGreaterThanOrEqual(5);
  const elsewhere = (await storedItems(local)).filter((item) => item['__edb_e__'] !== 'request');
  const mails = await (await fetch(`${local.inboxUrl}/store`)).text();
  const pages = await Promise.all(
    ['/', '/track', '/notices', '/programmes', '/sign-in', '/office', '/finance'].map(async (path) =>
      (await get(path)).text(),
    ),
  );
  const letters = await local.world.post.letters();
  const behindLinks = await Promise.all(
    letters.map(async ({ link }) => (link === '' ? '' : (await fetch(link)).text())),
  );
  for (const [where, text] of Object.entries({
    'other items': JSON.stringify(elsewhere),
    mails,
    pages: pages.join(),
    'pages behind links': behindLinks.join(),
    'pages of this machine, and their addresses': [...seen].flat().join(),
    'the log in text': logs.text,
    'the log in JSON': logs.json,
  })) {
    expect([where, text.length > 200, namedIn(text, tokens)]).toEqual([where, true, []]);
  }
});

describe('the log', () => {
  const kept = () =>
    logs.quiet
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LogLine);

  test('has one line a request, with its route’s pattern and never the path that matched', async () => {
    const before = lines.length;
    const shown = kept().length;
    await get('/notices');
    await get('/decide/0000000000000000');
    expect(
      lines
        .slice(before)
        .filter(({ level }) => level !== 'debug')
        .map(({ message, route }) => [message, route]),
    ).toEqual([
      ['GET 200', expect.stringMatching(/^(GET|ANY) /)],
      [expect.stringMatching(/^GET \d{3}$/), expect.not.stringContaining('0000000000000000')],
    ]);
    expect(kept().length - shown).toBe(2);
  });

  test('has one line a task, with the case’s id and how it ended', () => {
    const tasks = kept().filter(({ message }) => message.startsWith('task'));
    const cases = new Set(tasks.map(({ caseId }) => caseId));
    expect(cases.size).toBe(2);
    expect(cases).not.toContain(undefined);
    for (const task of tasks)
      expect(task).toMatchObject({ level: 'info', message: 'task done', ms: expect.any(Number) });
    const names = new Set(tasks.map((task) => String(task['function']).replace(/[0-9A-F]{8}$/, '')));
    expect([...names].sort()).toEqual(
      expect.arrayContaining(['CheckApplication', 'ClimbRung', 'RequestPayment', 'RequestReview']),
    );
  });

  test('is quiet about schedules that went well', () => {
    expect(lines.some(({ message }) => message === 'schedule done')).toBe(true);
    expect(kept().filter(({ message }) => message.startsWith('schedule'))).toEqual([]);
  });
});

describe('a page elsewhere', () => {
  const ask = (method: string, path: string, headers: Record<string, string>, body = ''): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(local.url);
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('that points its own name here reads nothing', async () => {
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example:4000',
      '127.0.0.1@evil.example',
    ]) {
      for (const path of [
        '/_local',
        '/_local/tables',
        '/_local/waits',
        '/_local/inbox',
        '/_local/executions/1',
        '/_local/clock',
      ]) {
        expect([host, path, await ask('GET', path, { host })]).toEqual([host, path, 404]);
      }
    }
  });

  test('moves nothing: not from another name, another port, a frame without a name, or by what its browser says of it', async () => {
    const { host } = new URL(local.url);
    const before = local.now();
    const foreign = [
      { host: 'evil.example', origin: 'http://evil.example' },
      { host, origin: 'http://evil.example' },
      { host, origin: 'null' },
      { host, origin: 'http://127.0.0.1:1' },
      { host, origin: `https://evil.example/?${host}` },
      { host, 'sec-fetch-site': 'cross-site' },
      { host, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      expect([headers, await ask('POST', '/_local/move', { ...form, ...headers }, 'by=7d')]).toEqual([headers, 404]);
      expect([headers, await ask('POST', '/_local/clock', headers, '{"by":"+7d"}')]).toEqual([headers, 404]);
    }
    expect(local.now() - before).toBeLessThan(minute);
    expect(await ask('POST', '/_local/move', { ...form, host, origin: `http://${host}` }, 'by=1s')).toBe(303);
  });

  test('a link to it moves nothing either: only a form does', async () => {
    const before = local.now();
    for (const path of ['/_local/move?by=7d', '/_local?by=7d']) await get(path);
    expect(local.now() - before).toBeLessThan(minute);
  });

  test('cannot frame a page, and nothing from elsewhere or any script runs on it', async () => {
    const { headers } = await get('/_local');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self'; form-action 'self'; /,
    );
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    for (const [path, text] of seen) expect([path, /<script|\s(style|on\w+)=/.exec(text)]).toEqual([path, null]);
  });
});

describe('the clock', () => {
  test('is moved by buttons: an hour, a day, to the next timer', async () => {
    const hour = 60 * minute;
    for (const [by, ms] of [
      ['1h', hour],
      ['1d', 24 * hour],
    ] as const) {
      const before = local.now();
      const answer = await send('/_local/move', { by });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_local']);
      expect(Math.abs(local.now() - before - ms)).toBeLessThan(minute);
    }
    const due = Date.parse(
      /<button name="next".*?datetime="([^"]+)"/.exec(await (await get('/_local')).text())?.[1] ?? '',
    );
    expect(due).toBeGreaterThan(local.now());
    await send('/_local/move', { next: '1' });
    expect(local.now()).toBeGreaterThanOrEqual(due);
    expect(local.now()).toBeLessThan(due + minute);
  });

  test('is moved to a moment; one that has passed, or is none, is refused in both languages and kept in its field', async () => {
    for (const [to, words] of [
      ['2016-01-01T09:00', ['已经过去', 'goes forward only']],
      ['tomorrow', ['这不是一个时间', 'no time']],
    ] as const) {
      const before = local.now();
      const answer = await send('/_local/move', { to });
      const text = await answer.text();
      expect([answer.status, ...words.filter((word) => text.includes(word))]).toEqual([422, ...words]);
      expect(text).toContain(`value="${to}"`);
      expect(local.now() - before).toBeLessThan(minute);
    }
    const to = local.now() + 120 * minute;
    expect((await send('/_local/move', { to: showInstant(to).slice(0, 16) })).status).toBe(303);
    expect(Math.abs(local.now() - to)).toBeLessThan(2 * minute);
  });
});

test('everybody can use it: axe finds nothing on a phone or a desktop, and it works without script', async () => {
  const { name } = local.model.tables[0]!;
  const paths = [
    '/_local',
    '/_local/waits',
    '/_local/inbox',
    '/_local/tables',
    `/_local/tables/${name}`,
    '/_local/executions/1',
  ];
  const workflow = [...seen.keys()].find((path) => path.includes('/workflows/')) ?? '';
  for (const width of [390, 1_280]) {
    const phone = await openPhone(chromium, local.url, { width });
    const page = await phone.newPage();
    for (const path of [...paths, workflow, '/_local/executions/99']) {
      await page.goto(path);
      await expectGood(page, `local${path.replace(/[^\w]+/g, '-')}-${width}`);
    }
    await phone.close();
  }
  const plain = await openPhone(chromium, local.url, { hasScript: false });
  const page = await plain.newPage();
  await page.goto('/_local');
  const before = local.now();
  await press(page, '+1 小时 +1 h');
  expect(await textOf(page)).toContain('中国时间');
  expect(local.now() - before).toBeGreaterThanOrEqual(60 * minute);
  await plain.close();
}, 120_000);
