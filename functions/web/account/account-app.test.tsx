import { beforeEach, describe, expect, it } from 'vitest';
import { personIdSchema } from '../../../shared/kernel/ids.ts';
import { addMs, asLocalDate } from '../../../shared/kernel/time.ts';
import { plainPrintedCode } from '../../../shared/register/printed-code.ts';
import { codeOfStep, stepOf } from '../../../shared/register/totp.ts';
import { type Page, pageReader } from '../../../test/support/page-reader.ts';
import { signInRoutes } from '../office/sign-in.tsx';
import { accountApp } from './account-app.tsx';
import { staffPorts } from '../../../test/support/staff-ports.ts';

const own = '/account/authenticator';
const person = 'ji-qiushi';
const minute = 60_000;

let ports: ReturnType<typeof staffPorts>;
beforeEach(() => {
  ports = staffPorts();
});

/** Signed in, in a browser of their own. */
async function signedIn(who: string, sender?: string) {
  const app = accountApp(ports.deps);
  signInRoutes(app, ports.deps);
  const reader = pageReader(app, sender);
  const ask = await reader.get('/sign-in');
  await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(who))!.email });
  await reader.post(await reader.get(`/sign-in/sign-in-${who}`), `/sign-in/sign-in-${who}`);
  return reader;
}

const authenticatorOf = (who = person) => ports.authenticators.get(personIdSchema.parse(who));
const printedOn = ({ html }: Page): string[] =>
  [...html.matchAll(/<code>([A-Z0-9]{5}-[A-Z0-9]{5})<\/code>/g)].map(([, code = '']) => code);
const secretOn = ({ html }: Page): string | undefined => /secret=([A-Z2-7]+)/.exec(html)?.[1];

/** The office hands a code over; gives what stands on its page. */
async function offered(to = person, by = 'wen-zhuxi') {
  const reader = await signedIn(by);
  const page = await reader.get(`/account/staff/${to}`);
  const answer = await reader.post(page, `/account/staff/${to}/offer`);
  return { reader, answer, code: printedOn(answer)[0] ?? '' };
}

const codeNow = () => codeOfStep(authenticatorOf()!.secret!, stepOf(ports.clock.now));

describe('an authenticator', () => {
  it('promise 7: is taken up with a code from the office’s hand, a secret on the page and a first code; recovery codes are shown once', async () => {
    const reader = await signedIn(person);
    const before = await reader.get(own);
    expect(before.text).toContain('请当面找工会办公室');
    expect(before.html).not.toContain('enrolmentCode');
    const { code } = await offered();
    expect(code).toMatch(/^[A-Z0-9]{5}-[A-Z0-9]{5}$/);
    const door = await reader.get(own);
    const opened = await reader.post(door, `${own}/open`, { enrolmentCode: code.toLowerCase() });
    const secret = secretOn(opened);
    expect(secret).toBe(authenticatorOf()?.secret);
    expect(opened.html).toMatch(/<svg[^>]*role="img"[^>]*aria-label/);
    expect(opened.html).toContain('otpauth://totp/');
    const done = await reader.post(opened, `${own}/activate`, { firstCode: codeNow() });
    expect(printedOn(done)).toHaveLength(10);
    expect(authenticatorOf()).toMatchObject({ status: 'active', lastStep: stepOf(ports.clock.now) });
    const later = await reader.get(own);
    expect(later.text).toContain('10 个');
    expect([printedOn(later), secretOn(later)]).toEqual([[], undefined]);
    expect(ports.authenticatorFacts.map(({ event, by }) => [event, by])).toEqual([
      ['authenticator.offered', 'wen-zhuxi'],
      ['authenticator.opened', person],
      ['authenticator.activated', person],
    ]);
  });

  it('promise 7: is not to be had by a link alone: the secret is shown in the browser alone in which the code was typed', async () => {
    const reader = await signedIn(person);
    const thief = await signedIn(person, '192.0.2.66');
    const { code } = await offered();
    const door = await thief.get(own);
    for (const guess of ['', 'AAAAA', 'AAAAA-AAAAA'])
      expect((await thief.post(door, `${own}/open`, { enrolmentCode: guess })).status).toBe(422);
    const opened = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: code });
    expect(secretOn(opened)).toBeDefined();
    const seen = await thief.get(own);
    expect([secretOn(seen), seen.html.includes('/activate')]).toEqual([undefined, false]);
    const tried = await thief.post(seen, `${own}/activate`, { firstCode: codeNow() });
    expect([tried.status, authenticatorOf()?.status]).toEqual([403, 'opened']);
    // The code from the office opens once.
    const twice = await thief.post(door, `${own}/open`, { enrolmentCode: code });
    expect([twice.status, secretOn(twice)]).toEqual([422, undefined]);
  });

  it('promise 7: nobody hands it to themselves, and nobody hands it over who does not keep the directory', async () => {
    const self = await offered('wen-zhuxi');
    expect([self.answer.status, authenticatorOf('wen-zhuxi')]).toEqual([403, undefined]);
    const finance = await offered(person, 'bian-sujun');
    expect([finance.answer.status, authenticatorOf()]).toEqual([403, undefined]);
    const auditor = await offered(person, 'qiu-zhengheng');
    expect([auditor.answer.status, authenticatorOf()]).toEqual([403, undefined]);
  });

  it('promise 7: a new code from the office stops the old secret and its recovery codes at once', async () => {
    const reader = await signedIn(person);
    const first = await offered();
    const opened = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: first.code });
    await reader.post(opened, `${own}/activate`, { firstCode: codeNow() });
    const second = await offered();
    expect(authenticatorOf()).toMatchObject({ status: 'offered', recoveryHashes: [] });
    expect(authenticatorOf()?.secret).toBeUndefined();
    const old = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: first.code });
    expect(old.status).toBe(422);
    const page = await second.reader.get(`/account/staff/${person}`);
    await second.reader.post(page, `/account/staff/${person}/revoke`);
    expect(authenticatorOf()?.status).toBe('revoked');
    const late = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: second.code });
    expect([late.status, late.text.includes('没有等待启用的启用码')]).toEqual([422, true]);
  });

  it('promise 7: the code from the office ends after an hour, and what it opened after a quarter of one', async () => {
    const reader = await signedIn(person);
    const first = await offered();
    ports.clock.now = addMs(ports.clock.now, 60 * minute);
    const late = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: first.code });
    expect([late.status, late.text.includes('启用码已过期')]).toEqual([422, true]);
    const second = await offered();
    const opened = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: second.code });
    ports.clock.now = addMs(ports.clock.now, 15 * minute);
    expect(secretOn(await reader.get(own))).toBeUndefined();
    const tooLate = await reader.post(opened, `${own}/activate`, { firstCode: codeNow() });
    expect([tooLate.status, authenticatorOf()?.status]).toEqual([422, 'opened']);
  });

  it('promise 7: five wrong codes lock here too, and a new code from the office unlocks', async () => {
    const reader = await signedIn(person);
    const { code } = await offered();
    const door = await reader.get(own);
    const statuses: number[] = [];
    for (let tries = 0; tries < 5; tries += 1)
      statuses.push((await reader.post(door, `${own}/open`, { enrolmentCode: 'AAAAAAAAAA' })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 429]);
    expect((await reader.post(door, `${own}/open`, { enrolmentCode: code })).status).toBe(429);
    const fresh = await offered();
    expect(secretOn(await reader.post(door, `${own}/open`, { enrolmentCode: fresh.code }))).toBeDefined();
  });

  it('of somebody who keeps the directory alone: they hand codes to others, audited as such, and get none themselves', async () => {
    const last = asLocalDate('2016-02-01');
    const second = ports.staff.get('zhuang-caiwei')!;
    ports.staff.set('zhuang-caiwei', {
      ...second,
      appointments: second.appointments.map((each) => ({ ...each, until: last })),
    });
    const { reader, code } = await offered();
    expect(plainPrintedCode(code)).toHaveLength(10);
    expect(ports.authenticatorFacts.map(({ event }) => event)).toEqual(['authenticator.offered-alone']);
    const theirs = await reader.get('/account/staff/wen-zhuxi');
    expect(theirs.text).toContain('没有人可以给您开');
    expect(theirs.html).not.toContain('/offer');
  });

  it('keeps secret and codes out of every address and out of what is audited and mailed', async () => {
    const reader = await signedIn(person);
    const { code } = await offered();
    const opened = await reader.post(await reader.get(own), `${own}/open`, { enrolmentCode: code });
    const first = codeNow();
    const done = await reader.post(opened, `${own}/activate`, { firstCode: first });
    const secrets = [secretOn(opened)!, plainPrintedCode(code), ...printedOn(done).map(plainPrintedCode)];
    const told = JSON.stringify([ports.authenticatorFacts, ports.posted, ports.staffFacts, opened.path, done.path]);
    expect(secrets).toHaveLength(12);
    for (const each of [...secrets, code, first]) expect(told).not.toContain(each);
  });
});
