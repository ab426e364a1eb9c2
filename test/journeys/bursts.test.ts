import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, expectPage, type Receipt, track } from '../replay/apply.ts';
import { openBrowser } from '../replay/browser.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { fetchFrom } from '../support/fetch-from.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { signInAs } from '../support/staff-desk.ts';

let local: TestLocal;
let receipt: Receipt;
beforeAll(async () => {
  local = await startTestLocal();
  const treated = { from: '2016-01-11', until: '2016-02-20' };
  receipt = await apply(local.url, illnessApplication(inventPerson(1), 1, { ownShare: 36_800 }, treated));
});
afterAll(() => local?.stop());

/** Somebody elsewhere, whose requests come from another address. */
const stranger = () => openBrowser(local.url, fetchFrom('127.0.0.2'));

test('a stranger who asks for links to sign in with an officer’s address stops their own, and the officer signs in', async () => {
  const officer = 'wen.zhuxi-demo@union.example';
  const mails = async () => {
    await local.settle();
    return (await local.world.post.letters()).filter(({ to, link }) => to === officer && link.includes('/sign-in/'));
  };
  const browser = stranger();
  const page = expectPage(await browser.open('/sign-in'), /^\/sign-in$/);
  const statuses: number[] = [];
  for (let time = 0; time < 12; time += 1)
    statuses.push((await browser.send(page, '/sign-in', { email: officer })).status);
  expect(statuses).toEqual([...Array(5).fill(200), ...Array(7).fill(429)]);
  expect(await mails()).toHaveLength(5);
  const { page: home } = await signInAs(local.world, officer, '/office/cases');
  expect(home.url.pathname).toBe('/office/cases');
  expect(await mails()).toHaveLength(6);
});

test('a stranger who asks for new decision links stops their own, and the approver gets one', async () => {
  const [letter] = await local.world.post.wait(
    'a decision link',
    ({ subject, link }) => subject.includes(receipt.caseNumber) && link.includes('/d/'),
  );
  const { to, link } = letter!;
  const at = (await openBrowser(local.url).open(link)).url.pathname;
  const browser = stranger();
  const page = await browser.open(at);
  const statuses: number[] = [];
  for (let time = 0; time < 6; time += 1)
    statuses.push((await browser.send(page, /\/new-link$/, { email: to })).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
  await local.settle();
  const before = (await local.world.post.letters()).length;
  const own = openBrowser(local.url);
  expect((await own.send(await own.open(at), /\/new-link$/, { email: to })).status).toBe(200);
  const [fresh] = await local.world.post.wait(
    'a new link',
    (each) => each.to === to && each.link.includes('/d/'),
    before,
  );
  const decision = await openBrowser(local.url).open(fresh!.link);
  expect(decision.forms.some(({ options }) => options.has('verdict'))).toBe(true);
});

test('a stranger who guesses at a tracking code stops themselves, and the applicant sees the case', async () => {
  const browser = stranger();
  const page = await browser.open('/track');
  const { caseNumber } = receipt;
  let status = 0;
  for (let time = 0; time < 21; time += 1)
    ({ status } = await browser.send(page, '/track', { caseNumber, code: 'AAAA AAAA' }));
  expect(status).toBe(429);
  const seen = await track(receipt);
  expect(seen.text).toContain(caseNumber);
});
