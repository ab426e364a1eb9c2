import { commonAnswers } from '../replay/apply.ts';
import { documentFor } from '../replay/documents.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { desks } from '../replay/staff.ts';
import { makeBatch, orderedOn, releaseBatch } from './batches.ts';
import { expectPage as expect, type Note, openUser, type User } from './http-user.ts';
import type { Inbox } from './inbox.ts';
import type { BenchedReliefline } from './reliefline-process.ts';

/**
 * The reference application: major illness, one own share of 6,400 yuan and so 1,000 yuan of help; five papers, review by two of
 * three, one level of approval, five working days of notice, one payout.
 */
const plan = { ownShare: 6_400 };
export const papers = ['diagnosis', 'invoice', 'insurance-settlement', 'id-card', 'bank-card'];

export type Applied = { readonly caseNumber: string; readonly order: number };

export { expectPage as expect } from './http-user.ts';

/** From the first page to the notice: applies with five papers, two reviewers recommend, one officer approves. */
export async function applyToNotice(system: BenchedReliefline, order: number, note?: Note): Promise<Applied> {
  const { site, inbox } = system;
  const user = openUser(site, note);
  const person = inventPerson(order);
  const { answers } = illnessApplication(person, order, plan, { from: '2016-01-10', until: '2016-02-20' });
  const about = await user.get('/programmes/major-illness-relief');
  const form = expect(await user.post(about, '/apply'), /\/form$/);
  const filled = { ...commonAnswers(person), ...answers } as Record<string, string>;
  let page = expect(await user.post(form, '/form', filled), /\/papers$/);
  for (const paper of papers) {
    const { fileName, contentType, bytes } = documentFor(paper, 1);
    const file = { name: fileName, type: contentType, bytes: Buffer.from(bytes) };
    page = expect(await user.upload(page, `/${paper}/`, file), /\/papers$/);
  }
  const check = expect(await user.post(page, '/papers'), /\/check$/);
  const letters = inbox.count();
  const done = expect(await user.post(check, '/submit'), /\/submitted$/);
  const [caseNumber = ''] = /[A-Z]{2}-\d{4}-\d{5}/.exec(done.html) ?? [];
  const reviewers = await askedFor(system, caseNumber, { count: reviewQuorum, after: letters });
  for (const link of reviewers) await decide(system, link, 'recommend', note);
  const asked = await askedFor(system, caseNumber, { count: reviewQuorum + 1, after: letters });
  for (const link of asked.slice(reviewQuorum, reviewQuorum + 1)) await decide(system, link, 'approve', note);
  await inbox.wait(
    ({ subject, to }) => subject.includes(caseNumber) && subject.includes('公示') && to === person.email,
    { after: letters },
  );
  return { caseNumber, order };
}

const reviewQuorum = 2;

/** The decision links of a case so far, in the order of their mails, as soon as there are so many. */
async function askedFor(
  { inbox }: BenchedReliefline,
  caseNumber: string,
  { count, after }: { count: number; after: number },
): Promise<string[]> {
  const isMeant = ({ subject, link }: { subject: string; link: string }) =>
    subject.includes(caseNumber) && link.includes('/d/');
  return (await inbox.wait(isMeant, { count, after })).map(({ link }) => link);
}

async function decide(
  { site }: BenchedReliefline,
  link: string,
  verdict: 'recommend' | 'approve',
  note?: Note,
): Promise<void> {
  const user = openUser(site, note);
  const page = expect(await user.get(link), /^\/decide\//);
  expect(await user.post(page, /^\/decide\//, { verdict, amount: '100' }), /^\/decide\//);
}

/** Somebody of finance, signed in. */
export async function signIn(
  system: { readonly site: string; readonly inbox: Inbox },
  desk: keyof typeof desks,
  note?: Note,
): Promise<User> {
  const user = openUser(system.site, note);
  const after = system.inbox.count();
  const door = await user.get('/finance');
  await user.post(door, '/sign-in', { email: desks[desk] });
  const [letter] = await system.inbox.wait(({ to, link }) => to === desks[desk] && link.includes('/sign-in/'), {
    after,
  });
  expect(await user.post(await user.get(letter?.link ?? ''), /^\/sign-in\//), /^\/finance/);
  return user;
}

/** The end of a notice of five working days: midnight after the fifth working day. */
export const noticeEnd = Date.parse('2016-03-15T00:00:00+08:00');

/** Waits until finance has been asked to pay every one of these cases. */
export async function awaitPayment(
  { inbox }: BenchedReliefline,
  cases: readonly Applied[],
  after: number,
): Promise<void> {
  for (const { caseNumber } of cases) {
    await inbox.wait(({ subject, link }) => subject.includes(caseNumber) && link.endsWith('/finance'), { after });
  }
}

/** Finance makes a batch of so many ordered payouts, another releases it; each is confirmed; every applicant is told. */
export async function pay(
  system: Pick<BenchedReliefline, 'inbox'>,
  { maker, checker }: { maker: User; checker: User },
  count: number,
  width: number,
): Promise<void> {
  const { inbox } = system;
  const after = inbox.count();
  const list = await maker.get('/finance');
  const chosen = orderedOn(list.html).slice(0, count);
  if (chosen.length === 0) throw new Error('finance has nothing to pay');
  await releaseBatch(checker, await makeBatch(maker, chosen));
  const pages = chosen.map((value) => `/finance/payouts/${value}`).values();
  const confirm = async () => {
    for (const address of pages) {
      const page = expect(await checker.get(address), /^\/finance\/payouts\//);
      const filled = { bankReference: `BENCH-${after}-${address.slice(-30)}`, paidOn: '2016-03-15' };
      expect(await checker.post(page, '/confirm', filled), /^\/finance\/payouts\//);
    }
  };
  await Promise.all(Array.from({ length: width }, confirm));
  await inbox.wait(({ subject }) => subject.includes('已发放'), { after, count: chosen.length });
  if (chosen.length < count) await pay(system, { maker, checker }, count - chosen.length, width);
}
