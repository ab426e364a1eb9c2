import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { readForm } from './form-body.ts';

const app = new Hono();
app.post('/', async (c) => {
  const form = await readForm(c);
  return c.json({
    name: form.text('name'),
    kinds: form.texts('kind'),
    files: form.files('paper').map((file) => file.name),
    values: form.values,
  });
});
app.onError((error, c) => {
  if (error instanceof HTTPException) return c.text('refused', error.status);
  throw error;
});

const post = (body: string | URLSearchParams | FormData, headers: Record<string, string> = {}) =>
  app.request('/', { method: 'POST', body, headers });

describe('a form that comes in', () => {
  it('is read with repeated fields, and kept exactly as typed', async () => {
    const body = new URLSearchParams([
      ['name', ' 王小明 '],
      ['kind', 'a'],
      ['kind', 'b'],
      ['_csrf', 't'],
    ]);
    expect(await (await post(body)).json()).toEqual({
      name: '王小明',
      kinds: ['a', 'b'],
      files: [],
      values: { name: [' 王小明 '], kind: ['a', 'b'] },
    });
  });

  it('is read with its files, without those left empty', async () => {
    const body = new FormData();
    body.append('name', 'x');
    body.append('paper', new File(['abc'], 'invoice.jpg'));
    body.append('paper', new File([], ''));
    expect(await (await post(body)).json()).toMatchObject({ files: ['invoice.jpg'], values: { name: ['x'] } });
  });

  it('cannot reach anything by the names of its fields', async () => {
    const body = new URLSearchParams([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(await (await post(body)).json()).toMatchObject({ name: '', values: { constructor: ['y'] } });
  });

  it.each([
    ['{"name":"x"}', 'application/json', 415],
    ['name=x', 'text/plain', 415],
    ['--broken', 'multipart/form-data; boundary=zzz', 400],
    ['--broken', 'multipart/form-data', 400],
  ])('%s as %s is refused with %i', async (body, type, status) => {
    expect((await post(body, { 'content-type': type })).status).toBe(status);
  });
});
