import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPorts } from '../../infra/local/ports.ts';
import { type Local, startLocal } from '../../infra/local/run.ts';
import { fetchFrom } from '../support/fetch-from.ts';

/** Answers of the fixture's functions and of the inbox: loose, since each test says what it expects of one. */
type Body = ReturnType<typeof JSON.parse>;
type Inbox = { emails: { messageId: string; subject: string; at: number }[] };

const cdkOut = join(import.meta.dirname, 'fixtures', 'local');
const data = mkdtempSync(join(tmpdir(), 'reliefline-local-'));
const start = (more: object = {}): Promise<Local> => startLocal({ data, cdkOut, clock: '2016-01-01T09:00', ...more });
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('the synthesized stack on one machine', () => {
  let local: Local;
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${local.url}${path}`, { redirect: 'manual', ...init });
  const json = async (path: string, init: RequestInit = {}): Promise<Body> => (await get(path, init)).json();
  beforeAll(async () => {
    local = await start();
  });
  afterAll(() => local.stop());

  test('a request arrives as an event of payload format 2.0', async () => {
    const event = await json('/echo/a%20b/c?x=1&x=2&name=%E4%B8%AD', {
      method: 'POST',
      headers: { cookie: 'a=1; b=2', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'k=v',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{proxy+}',
      rawPath: '/echo/a b/c',
      rawQueryString: 'x=1&x=2&name=%E4%B8%AD',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2', name: '中' },
      pathParameters: { proxy: 'a b/c' },
      body: Buffer.from('k=v').toString('base64'),
      isBase64Encoded: true,
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.requestContext.time).toMatch(/^01\/Jan\/2016:01:/);
  });

  test('an event names the address that the request came from, as the socket knows it and no header', async () => {
    const forged = { 'x-forwarded-for': '198.51.100.1', forwarded: 'for=198.51.100.1' };
    for (const address of ['127.0.0.1', '127.0.0.9']) {
      const answer = await fetchFrom(address)(new URL('/echo/x', local.url), { headers: forged });
      const { requestContext } = (await answer.json()) as Body;
      expect(requestContext.http.sourceIp).toBe(address);
    }
  });

  test('no route is a 404 in the words of the gateway', async () => {
    const answer = await get('/nowhere');
    expect([answer.status, await answer.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  test('HEAD meets a route for ANY and not one for GET', async () => {
    expect((await get('/echo/x', { method: 'HEAD' })).status).toBe(200);
    expect((await get('/', { method: 'HEAD' })).status).toBe(404);
    expect((await get('/')).status).toBe(200);
  });

  test('more than 10 MB is refused', async () => {
    const answer = await get('/echo/x', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });

  test('an answer keeps its cookies, its bytes, or is JSON when it names no status', async () => {
    const redirected = await get('/echo/cookies');
    expect([redirected.status, redirected.headers.getSetCookie()]).toEqual([303, ['a=1; Path=/', 'b=2']]);
    const picture = await get('/echo/picture');
    expect([...new Uint8Array(await picture.arrayBuffer())]).toEqual([0x89, 0x50, 0xff]);
    expect(await json('/echo/bare')).toEqual({ bare: true });
  });

  test('a function has its own environment, with the addresses of this machine and nothing of ours', async () => {
    const environment = await json('/echo/environment');
    expect(environment).toMatchObject({
      ADDRESS: 'administrator@reliefline.example',
      URL: local.url,
      STAGE_URL: `${local.url}/`,
      AWS_ENDPOINT_URL_DYNAMODB: local.dynamoDbUrl,
      TZ: 'UTC',
      AWS_LAMBDA_LOG_LEVEL: 'INFO',
    });
    expect(environment).not.toHaveProperty('PATH');
  });

  test.each(['exit', 'late-throw', 'rejection'])('a function that ends by %s fails alone', async (how) => {
    const [broken, other] = await Promise.all([get(`/echo/${how}`), json('/things/nobody')]);
    expect([broken.status, await broken.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(other).toEqual({ id: 'nobody' });
    expect((await get('/')).status).toBe(200);
  });

  test('KMS keeps the encryption context, S3 the object and a presigned form', async () => {
    expect(await json('/echo/kms')).toMatchObject({ same: true, wrong: 'InvalidCiphertextException' });
    const { length, text, post } = await json('/echo/s3');
    expect([length, text]).toEqual([8, 'evidence']);
    const form = new FormData();
    for (const [name, value] of Object.entries<string>(post.fields)) form.set(name, value);
    form.set('file', new Blob(['photograph']), 'fire.jpg');
    expect((await fetch(post.url, { method: 'POST', body: form })).status).toBe(204);
    expect(await json('/echo/posted')).toEqual({ text: 'photograph' });
  });

  test('a mail reaches the inbox with the moved time', async () => {
    const { id } = await json('/echo/mail');
    const { emails } = (await (await fetch(`${local.inboxUrl}/store`)).json()) as Inbox;
    const mail = emails.find(({ messageId }) => messageId === id)!;
    expect(mail.subject).toBe('受理');
    expect(new Date(mail.at * 1_000).toISOString()).toMatch(/^2016-01-01/);
  });

  test('a call to a service that does not run here is refused on this machine', async () => {
    const answer = await fetch(`http://127.0.0.1:${local.ports.kms}`, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: '{}',
    });
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'UnknownOperationException']);
  });

  test('moving the clock fires timers and schedules at their own time, in order', async () => {
    await get('/things/waits', { method: 'PUT', body: 'owner' });
    await local.settle();
    const began = local.now();
    await json('/echo/expiring');
    const moved = await json('/_local/clock', { method: 'POST', body: JSON.stringify({ by: '+3d' }) });
    expect(moved.now).toMatch(/^2016-01-04T09:0/);
    const [reminder] = await json('/echo/reminders');
    expect(reminder.name).toBe('waits');
    expect(Math.abs(reminder.at - began - 2 * 86_400_000)).toBeLessThan(60_000);
    const fired: { sk: string; at: number }[] = await json('/echo/listing');
    const hourly = fired.filter(({ sk }) => sk.startsWith('aws.events')).map(({ at }) => at);
    expect(hourly.length).toBe(72);
    expect(hourly.every((at, index) => index === 0 || Math.abs(at - hourly[index - 1]! - 3_600_000) < 60_000)).toBe(
      true,
    );
    expect(fired.filter(({ sk }) => sk.startsWith('aws.scheduler')).length).toBe(3);
    expect((await get('/things/soon-gone')).status).toBe(404);
    expect((await get('/things/stays')).status).toBe(200);
    expect(Math.abs((await json('/echo/clock')).now - local.now())).toBeLessThan(5_000);
  });

  test('the clock goes forward only, and only for this machine', async () => {
    const back = await get('/_local/clock', { method: 'POST', body: '{"to":"2015-01-01"}' });
    expect(back.status).toBe(400);
    const foreign = await get('/_local/clock', {
      method: 'POST',
      body: '{"by":"+1d"}',
      headers: { origin: 'http://elsewhere.example' },
    });
    expect(foreign.status).toBe(404);
    for (const by of ['soon', '+999999999d', `+${'9'.repeat(400)}d`]) {
      expect((await get('/_local/clock', { method: 'POST', body: JSON.stringify({ by }) })).status).toBe(400);
    }
    expect((await get('/_local/clock')).status).toBe(200);
  });

  test('a second start on the same data goes on where the first stopped, and seeds once', async () => {
    await get('/things/kept', { method: 'PUT', body: 'owner' });
    await local.settle();
    const { id } = await json('/echo/mail');
    const stoodAt = local.now();
    await local.stop();
    local = await start({ clock: undefined });
    expect(local.now()).toBeGreaterThanOrEqual(stoodAt);
    expect(await json('/things/kept')).toEqual({ id: 'kept', owner: 'owner' });
    const { emails } = (await (await fetch(`${local.inboxUrl}/store`)).json()) as Inbox;
    expect(emails.map(({ messageId }) => messageId)).toContain(id);
    expect((await get('/things/kept', { method: 'POST' })).status).toBe(200);
  });

  test('the same data cannot be used twice at once', async () => {
    await expect(start()).rejects.toThrow(/Another Reliefline is running/);
  });
});

describe('npm start', () => {
  const main = join(import.meta.dirname, '..', '..', 'infra', 'local', 'start.mjs');
  const fails = async (...args: string[]): Promise<{ code: unknown; lines: string[] }> => {
    const ended = await promisify(execFile)(process.execPath, [main, '--cdk-out', cdkOut, ...args]).catch(
      (error) => error,
    );
    return { code: ended.code, lines: String(ended.stderr).trim().split('\n') };
  };

  test('a start that cannot be says why in one line and ends with 1', async () => {
    const { web } = await findPorts();
    const folder = join(data, 'bad');
    const port = ['--port', String(web)];
    const once = await startLocal({ data: folder, cdkOut });
    const taken = await fails('--data', join(data, 'other'), '--port', String(once.ports.web - 1));
    await once.stop();
    expect(taken).toEqual({ code: 1, lines: [expect.stringMatching(/^Port \d+ \(for .+\) is taken/)] });
    for (const [name, says] of [
      ['clock.json', /clock file .+ is damaged/],
      ['step-functions.sqlite', /executions in .+ cannot be read/],
      ['dynamodb.sqlite', /database did not start on/],
    ] as const) {
      writeFileSync(join(folder, name), 'no such thing '.repeat(400));
      const ended = await fails('--data', folder, ...port);
      expect(ended).toEqual({ code: 1, lines: [expect.stringMatching(says)] });
      rmSync(join(folder, name));
    }
    const unwritable = await fails('--data', '/proc/reliefline', ...port);
    expect(unwritable).toEqual({ code: 1, lines: [expect.stringMatching(/cannot be written/)] });
    expect((await fails('--port', 'many')).lines).toEqual([expect.stringMatching(/^--port many/)]);
  });

  test('a machine that has no database for it is told in one line what it needs', async () => {
    // This checkout as it is on another platform: without the package of the binary, and without Java.
    const elsewhere = mkdtempSync(join(tmpdir(), 'reliefline-elsewhere-'));
    const here = join(import.meta.dirname, '..', '..');
    cpSync(join(here, 'infra', 'local'), join(elsewhere, 'infra', 'local'), { recursive: true });
    cpSync(join(here, 'package.json'), join(elsewhere, 'package.json'));
    mkdirSync(join(elsewhere, 'node_modules'));
    for (const name of readdirSync(join(here, 'node_modules')).filter((each) => each !== '@dynoxide')) {
      symlinkSync(join(here, 'node_modules', name), join(elsewhere, 'node_modules', name));
    }
    const { web } = await findPorts();
    const args = ['--cdk-out', cdkOut, '--data', join(elsewhere, 'data'), '--port', String(web)];
    const started = join(elsewhere, 'infra', 'local', 'start.mjs');
    const ended = await promisify(execFile)(process.execPath, [started, ...args], { env: { PATH: elsewhere } }).catch(
      (error) => error,
    );
    rmSync(elsewhere, { recursive: true, force: true });
    expect({ code: ended.code, said: String(ended.stderr).trim().split('\n') }).toEqual({
      code: 1,
      said: [expect.stringMatching(/^This machine has no database for Reliefline: it needs Linux on x64, or Java 17/)],
    });
  });

  test('after a kill the database is gone too, and the next start goes on', async () => {
    const { web } = await findPorts();
    const args = [main, '--cdk-out', cdkOut, '--data', join(data, 'killed'), '--port', String(web)];
    const begin = async () => {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const chunk of child.stdout) if (String(chunk).includes(`Reliefline is ready at`)) break;
      return child;
    };
    const first = await begin();
    await fetch(`http://127.0.0.1:${web}/things/survives`, { method: 'PUT', body: 'owner' });
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = await begin();
    const found = await fetch(`http://127.0.0.1:${web}/things/survives`);
    expect(await found.json()).toEqual({ id: 'survives', owner: 'owner' });
    second.kill('SIGINT');
    expect((await once(second, 'exit'))[0]).toBe(0);
    await expect(fetch(`http://127.0.0.1:${web + 3}`)).rejects.toThrow();
  });

  test.skipIf(!existsSync('/proc/self/cmdline'))(
    'a database that ends by itself ends the machine, which says so',
    async () => {
      const { web } = await findPorts();
      const folder = join(data, 'bereft');
      const args = [main, '--cdk-out', cdkOut, '--data', folder, '--port', String(web)];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }))
        if (String(chunk).includes('Reliefline is ready at')) break;
      let said = '';
      child.stderr.on('data', (chunk) => (said += String(chunk)));
      for (const pid of databasesOf(folder)) process.kill(pid, 'SIGKILL');
      expect((await once(child, 'close'))[0]).toBe(1);
      expect(said).toBe('The database has ended by itself. Nothing that was acknowledged is lost: start again.\n');
    },
  );
});

/** The processes that keep the tables of this data folder. */
function databasesOf(folder: string): number[] {
  const isDatabase = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(join(folder, 'dynamodb.sqlite'));
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isDatabase(name))
    .map(Number);
}
