import { commonAnswers } from '../replay/apply.ts';
import { documentFor } from '../replay/documents.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { openPhone } from '../support/phone.ts';
import { desks } from '../replay/staff.ts';
import { makeBatch, orderedOn, recordAnswers, releaseBatch } from './batches.ts';
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

type Place = { readonly site: string; readonly inbox: Inbox };

/** From the first page to the notice: applies with five papers, two reviewers recommend, one officer approves. */
export async function applyToNotice(system: Place, order: number, note?: Note): Promise<Applied> {
  const { inbox } = system;
  const letters = inbox.count();
  const { caseNumber, email } = await handIn(system, order, note);
  const reviewers = await askedFor(system, caseNumber, { count: reviewQuorum, after: letters });
  for (const link of reviewers) await decide(system, link, 'recommend', note);
  const asked = await askedFor(system, caseNumber, { count: reviewQuorum + 1, after: letters });
  for (const link of asked.slice(reviewQuorum, reviewQuorum + 1)) await decide(system, link, 'approve', note);
  await inbox.wait(({ subject, to }) => subject.includes(caseNumber) && subject.includes('公示') && to === email, {
    after: letters,
  });
  return { caseNumber, order };
}

/** From the first page to the receipt, with five papers. */
export async function handIn(
  { site }: Place,
  order: number,
  note?: Note,
): Promise<{ readonly caseNumber: string; readonly email: string | undefined }> {
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
  const done = expect(await user.post(check, '/submit'), /\/submitted$/);
  const [caseNumber = ''] = /[A-Z]{2}-\d{4}-\d{5}/.exec(done.html) ?? [];
  return { caseNumber, email: person.email };
}

const reviewQuorum = 2;

/** The decision links of a case so far, in the order of their mails, as soon as there are so many. */
export async function askedFor(
  { inbox }: Pick<Place, 'inbox'>,
  caseNumber: string,
  { count, after }: { count: number; after: number },
): Promise<string[]> {
  const isMeant = ({ subject, link }: { subject: string; link: string }) =>
    subject.includes(caseNumber) && link.includes('/d/');
  return (await inbox.wait(isMeant, { count, after })).map(({ link }) => link);
}

export async function decide(
  { site }: Pick<Place, 'site'>,
  link: string,
  verdict: 'recommend' | 'approve',
  note?: Note,
): Promise<void> {
  const user = openUser(site, note);
  const page = expect(await user.get(link), /^\/decide\//);
  expect(await user.post(page, /^\/decide\//, { verdict, amount: '100' }), /^\/decide\//);
}

/** Somebody of finance, signed in. */
export async function signIn(system: Place, desk: keyof typeof desks, note?: Note): Promise<User> {
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

/** Waits until finance has been asked to pay every one of these cases. */
export async function awaitPayment(
  { inbox }: Pick<BenchedReliefline, 'inbox'>,
  cases: readonly Applied[],
  after: number,
): Promise<void> {
  for (const { caseNumber } of cases) {
    await inbox.wait(({ subject, link }) => subject.includes(caseNumber) && link.endsWith('/finance'), { after });
  }
}

const phones = new Map<string, ReturnType<typeof openPhone>>();
/** One phone for each site: it knows which codes were typed. */
function phoneOf(site: string): ReturnType<typeof openPhone> {
  const phone = phones.get(site) ?? openPhone(site);
  phones.set(site, phone);
  return phone;
}

/**
 * Finance makes a batch of so many ordered payouts, another releases it, and every applicant is told. One payment is confirmed by hand,
 * several by the file in which the bank answers. `phoneMs`: how long whoever pays looked at their phone for codes, with the half minute that
 * goes by on the clock where the last one is used up and all that falls due in it. That is waiting, and no work of the application's.
 */
export async function pay(
  system: Pick<BenchedReliefline, 'inbox' | 'site'>,
  { maker, checker }: { maker: User; checker: User },
  count: number,
  paidOn: string,
): Promise<{ readonly phoneMs: number }> {
  const { inbox, site } = system;
  const fresh = phoneOf(site);
  const after = inbox.count();
  const list = await maker.get('/finance');
  const chosen = orderedOn(list.html).slice(0, count);
  if (chosen.length === 0) throw new Error('finance has nothing to pay');
  let phoneMs = 0;
  const code = async (): Promise<string> => {
    const began = performance.now();
    const shown = await fresh('bian-sujun');
    phoneMs += performance.now() - began;
    return shown;
  };
  const batch = await makeBatch(maker, list, chosen);
  await releaseBatch(checker, batch, code);
  if (chosen.length > 1) await recordAnswers(checker, batch, { paidOn, fresh: code });
  else await confirm(checker, `/finance/payouts/${chosen[0]}`, { paidOn, code: await code() });
  await inbox.wait(({ subject }) => subject.includes('已发放'), { after, count: chosen.length });
  if (chosen.length < count) phoneMs += (await pay(system, { maker, checker }, count - chosen.length, paidOn)).phoneMs;
  return { phoneMs };
}

async function confirm(checker: User, address: string, filled: { paidOn: string; code: string }): Promise<void> {
  expect(await checker.get(address), /^\/finance\/payouts\//);
  // Past the upload of a receipt, as somebody goes who has none.
  const page = expect(await checker.get(`${address}?scan=none`), /^\/finance\/payouts\//);
  const bankReference = `BENCH-${address.slice(-30)}`;
  expect(await checker.post(page, '/confirm', { ...filled, bankReference }), /^\/finance\/payouts\//);
}
