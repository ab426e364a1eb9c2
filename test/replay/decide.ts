import type { Receipt } from './apply.ts';
import { type Browser, type Filled, openBrowser } from './browser.ts';
import type { Page } from './page.ts';
import type { Letter } from './post-office.ts';
import type { World } from './world.ts';

/** What somebody who is asked answers; sums in yuan. */
export type Ballot = {
  readonly verdict: 'recommend' | 'approve' | 'return' | 'decline';
  readonly yuan?: number;
  /** What the page must have filled in already: the suggestion, or what was recommended. */
  readonly filledInYuan?: number;
  readonly note?: string;
  readonly hasVisited?: boolean;
  /** What the applicant is to mend, by its value on the page. */
  readonly missing?: readonly string[];
};

export const recommend = (yuan: number, rest: Partial<Ballot> = {}): Ballot => ({
  verdict: 'recommend',
  yuan,
  ...rest,
});
export const approve = (yuan: number, rest: Partial<Ballot> = {}): Ballot => ({ verdict: 'approve', yuan, ...rest });

type Seat = { readonly browser: Browser; readonly page: Page; readonly letter: Letter };

/**
 * Lets as many of those who are asked by mail answer as there are ballots, one after the other. Links that lead to no decision
 * (any more) are passed over, as people do. `isMeant` picks letters by subject or address. Returns the letters of those who answered.
 */
export async function decide(
  world: World,
  { caseNumber }: Pick<Receipt, 'caseNumber'>,
  ballots: readonly Ballot[],
  isMeant: (letter: Letter) => boolean = () => true,
): Promise<readonly Letter[]> {
  const tried = new Set<number>();
  const voters: Letter[] = [];
  for (const ballot of ballots) {
    const { browser, page, letter } = await takeSeat(world, caseNumber, tried, isMeant);
    await answer(world, browser, page, ballot);
    voters.push(letter);
  }
  return voters;
}

async function takeSeat(
  world: World,
  caseNumber: string,
  tried: Set<number>,
  isMeant: (letter: Letter) => boolean,
): Promise<Seat> {
  for (;;) {
    const letters = await world.post.wait(
      `somebody is asked to decide ${caseNumber}`,
      (letter) =>
        letter.subject.includes(caseNumber) &&
        letter.link.includes('/d/') &&
        !tried.has(letter.order) &&
        isMeant(letter),
    );
    // The newest first: older links were for steps that are done.
    for (const letter of letters.toSorted((a, b) => b.order - a.order)) {
      tried.add(letter.order);
      const browser = openBrowser(world.site);
      const page = await browser.open(letter.link);
      if (ballotFormOn(page) !== undefined) return { browser, page, letter };
    }
  }
}

const ballotFormOn = (page: Page) => page.forms.find(({ options }) => options.has('verdict'));

async function answer(world: World, browser: Browser, page: Page, ballot: Ballot): Promise<void> {
  const form = ballotFormOn(page);
  const { verdict, yuan, filledInYuan, note = '', hasVisited = false, missing = [] } = ballot;
  const filledIn = Number((form?.values.get('amount')?.[0] ?? '').replaceAll(',', ''));
  if (filledInYuan !== undefined && filledIn !== filledInYuan) {
    throw new Error(`${page.url.pathname}: ${filledIn} yuan are filled in, not ${filledInYuan}`);
  }
  const filled: Filled = {
    verdict,
    ...(yuan === undefined ? {} : { amount: String(yuan) }),
    ...(note === '' ? {} : { note }),
    ...(hasVisited ? { visitedOn: world.today() } : {}),
    ...(missing.length === 0 ? {} : { missing }),
  };
  const done = await browser.send(page, form?.action ?? '', filled);
  if (done.status !== 200 || ballotFormOn(done) !== undefined) {
    throw new Error(
      `${page.url.pathname}: ${verdict} is not taken: ${done.status} ${done.errors.join('; ') || done.text}`,
    );
  }
}
