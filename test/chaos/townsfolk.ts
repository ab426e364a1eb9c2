import { setTimeout as pause } from 'node:timers/promises';
import { makeBatch, orderedOn, releaseBatch } from '../bench/batches.ts';
import { type Answer, openUser, type User } from '../bench/http-user.ts';
import { expect as expectPage, papers, signIn } from '../bench/whole-way.ts';
import { commonAnswers } from '../replay/apply.ts';
import { documentFor } from '../replay/documents.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { openPhone } from '../support/phone.ts';
import { inParallel } from '../replay/world.ts';
import type { Killable } from './killable-reliefline.ts';

/** How the officers answer; who is returned does not come back, so that the time-out ends the case. */
export type End = 'paid' | 'declined' | 'lapsed';
export const endOf = (order: number): End => (order % 6 === 4 ? 'declined' : order % 6 === 5 ? 'lapsed' : 'paid');

/** What somebody began: moments at which it may be interesting to pull the plug. */
export type Doing = 'apply' | 'vote' | 'clock' | 'batch' | 'release' | 'confirm';

/** What was acknowledged on a page, and so must be true whatever happens later. */
export type Acknowledged = {
  readonly receipts: Map<string, number>;
  /** By the link that was followed: a mail may come twice, and who answers both is told twice of one vote. */
  readonly votes: Map<string, { readonly requestId: string; readonly verdict: string }>;
  readonly confirmed: Set<string>;
  clock: number;
};

const dayMs = 86_400_000;
const recorded = '您的决定已记录';
const width = 4;

/**
 * The people of the town, who know nothing but their mails and pages: they apply, follow every link in the inbox, pay what is to be
 * paid, and days go by. Each of their steps may be repeated, as a person does whose page did not load. Before each of them they wait for `turn`.
 */
export function openTown(
  system: Killable,
  tell: (doing: Doing) => void = () => undefined,
  turn: () => Promise<void> = () => Promise.resolve(),
) {
  const { site, inbox } = system;
  const fresh = openPhone(site);
  const done = new Set<string>();
  const desks = new Map<'finance-maker' | 'finance-checker', User>();
  const acknowledged: Acknowledged = { receipts: new Map(), votes: new Map(), confirmed: new Set(), clock: 0 };

  /** Applies from the first page to the receipt. A page that did not come is asked for again where its answer would be. */
  async function apply(order: number): Promise<void> {
    await turn();
    const user = openUser(site);
    const person = inventPerson(order);
    const treated = { from: '2016-01-10', until: '2016-02-20' };
    const { answers } = illnessApplication(person, order, { ownShare: 6_400 }, treated);
    const about = await system.insist(() => user.get('/programmes/major-illness-relief'));
    const form = expectPage(await system.insist(() => user.post(about, '/apply')), /\/form$/);
    const filled = Object.fromEntries(
      Object.entries({ ...commonAnswers(person), ...answers }).map(([name, value]) => [name, String(value)]),
    );
    let page = expectPage(await system.insist(() => user.post(form, '/form', filled)), /\/papers$/);
    for (const paper of papers) {
      const { fileName, contentType, bytes } = documentFor(paper, 1);
      const file = { name: fileName, type: contentType, bytes: Buffer.from(bytes) };
      const before = page;
      page = expectPage(await system.insist(() => user.upload(before, `/${paper}/`, file)), /\/papers$/);
    }
    const check = expectPage(await system.insist(() => user.post(page, '/papers')), /\/check$/);
    tell('apply');
    const receipt = await system.insist(async () => {
      const now = await user.get(check.url);
      return expectPage(/\/submitted$/.test(now.url) ? now : await user.post(now, '/submit'), /\/submitted$/);
    });
    const [caseNumber = ''] = /[A-Z]{2}-\d{4}-\d{5}/.exec(receipt.html) ?? [];
    acknowledged.receipts.set(caseNumber, order);
  }

  const ballotFor = (page: Answer, order: number): Record<string, string> => {
    if (page.html.includes('value="recommend"')) return { verdict: 'recommend', amount: '1000' };
    const end = endOf(order);
    if (end === 'paid') return { verdict: 'approve', amount: '1000' };
    if (end === 'declined') return { verdict: 'decline', note: '不符合规定' };
    return { verdict: 'return', note: '发票看不清', missing: 'paper:invoice' };
  };

  /** Follows one link; true when an answer was recorded. */
  async function answer(link: string, order: number): Promise<boolean> {
    await turn();
    const user = openUser(site);
    const page = await user.get(link);
    if (!page.html.includes('name="verdict"')) return false;
    const ballot = ballotFor(page, order);
    tell('vote');
    const after = await user.post(page, /^\/decide\//, ballot);
    if (after.status >= 500) throw new Error(`${after.url} answers ${after.status}`);
    if (!after.html.includes(recorded)) return false;
    const [, requestId = ''] = /\/decide\/([^/?]+)/.exec(after.url) ?? [];
    acknowledged.votes.set(link, { requestId, verdict: ballot['verdict'] ?? '' });
    return true;
  }

  /** Signed in; a session ends after a day. */
  const atDesk = (desk: 'finance-maker' | 'finance-checker'): Promise<User> =>
    system.insist(async () => {
      const known = desks.get(desk);
      if (known !== undefined && new URL((await known.get('/finance')).url).pathname === '/finance') return known;
      // The letters so far have been read: the one to come is the one that is meant.
      inbox.letters();
      const user = await signIn(system, desk);
      desks.set(desk, user);
      return user;
    });

  async function pay(): Promise<void> {
    const maker = await atDesk('finance-maker');
    const checker = await atDesk('finance-checker');
    for (;;) {
      const list = await system.insist(() => maker.get('/finance'));
      const payout = orderedOn(list.html);
      if (payout.length === 0) break;
      tell('batch');
      // A press whose answer was lost may have made its batch: then those payments are no longer ordered, and it is released below.
      await system.insist(async () => {
        const again = await maker.get('/finance');
        const now = new Set(orderedOn(again.html));
        const left = payout.filter((each) => now.has(each));
        if (left.length > 0) await makeBatch(maker, again, left);
      });
    }
    await releaseAll(checker);
    for (;;) {
      const list = await system.insist(() => checker.get('/finance?tab=sent'));
      const links = [...list.html.matchAll(/href="(\/finance\/payouts\/[^"?#]+)"/g)].map(([, href = '']) => href);
      if (links.length === 0) break;
      // One after the other: each asks for a code of its own.
      for (const link of new Set(links)) await system.insist(() => confirm(checker, link));
    }
  }

  /** Until every batch has been released and has told its payments, however often the process died on the way. */
  async function releaseAll(checker: User): Promise<void> {
    for (;;) {
      const waiting = await system.insist(() => checker.get('/finance/batches?status=made'));
      const making = await system.insist(() => checker.get('/finance/batches?status=making'));
      const batches = [...`${waiting.html}${making.html}`.matchAll(/href="(\/finance\/batches\/[^"?#]+)"/g)];
      const paths = [...new Set(batches.map(([, path = '']) => path))];
      tell('release');
      for (const path of paths) await system.insist(() => goOnWith(checker, path));
      const batched = await system.insist(() => checker.get('/finance?tab=batched'));
      const isDone = paths.length === 0 && !batched.html.includes('href="/finance/payouts/');
      if (isDone) return;
      if (paths.length === 0) await goOnWithReleased(checker);
    }
  }

  async function goOnWith(checker: User, path: string): Promise<void> {
    const page = expectPage(await checker.get(path), /^\/finance\/batches\//);
    if (page.html.includes('/go-on"')) expectPage(await checker.post(page, '/go-on'), /^\/finance\/batches\//);
    await releaseBatch(checker, path, () => fresh('bian-sujun'));
  }

  /** Those released by a process that died before the payments were told. */
  async function goOnWithReleased(checker: User): Promise<void> {
    const list = await system.insist(() => checker.get('/finance/batches?status=released'));
    const paths = [...list.html.matchAll(/href="(\/finance\/batches\/[^"?#]+)"/g)].map(([, path = '']) => path);
    for (const path of new Set(paths)) await system.insist(() => goOnWith(checker, path));
  }

  async function confirm(checker: User, link: string): Promise<void> {
    await turn();
    const page = expectPage(await checker.get(`${link}?scan=none`), /^\/finance\/payouts\//);
    if (page.html.includes('/confirm"')) {
      const code = await fresh('bian-sujun');
      const filled = { bankReference: `ICBC-${link.slice(-40)}`, paidOn: localDate(await system.now()), code };
      tell('confirm');
      expectPage(await checker.post(page, '/confirm', filled), /^\/finance\/payouts\//);
    }
    acknowledged.confirmed.add(link.slice('/finance/payouts/'.length));
  }

  return {
    acknowledged,
    apply: (orders: readonly number[]) => inParallel(orders, apply, width),
    /** Follows every link to a decision that is in the inbox, until none leads to a form; `many` ends it sooner. */
    async decide(many = Number.POSITIVE_INFINITY): Promise<void> {
      for (let answers = 0; answers < many; ) {
        const open = inbox.letters().filter(({ link }) => link.includes('/d/') && !done.has(link));
        if (open.length === 0) return;
        await inParallel(
          open.slice(0, many - answers),
          async ({ link, subject }) => {
            const [caseNumber = ''] = /[A-Z]{2}-\d{4}-\d{5}/.exec(subject) ?? [];
            const order = acknowledged.receipts.get(caseNumber);
            // Whose receipt is on its way yet is answered with the next round.
            if (order === undefined) return;
            if (await system.insist(() => answer(link, order))) answers += 1;
            done.add(link);
          },
          width,
        );
        await pause(60);
      }
    },
    pay,
    async letDaysPass(days: number): Promise<void> {
      const to = (await system.insist(() => system.now())) + days * dayMs;
      tell('clock');
      await system.insist(() => system.moveClock(to));
      acknowledged.clock = to;
    },
  };
}
export type Town = ReturnType<typeof openTown>;

const localDate = (at: number): string => new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
