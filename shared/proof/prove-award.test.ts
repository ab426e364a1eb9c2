import { describe, expect, test } from 'vitest';
import {
  altered,
  owingFire,
  paidFire,
  returnedIllness,
  withdrawnIllness,
  without,
} from '../../test/support/proof-books.ts';
import { person } from '../../test/support/small-union.ts';
import { fen } from '../kernel/money.ts';
import type { CaseBook } from './case-book.ts';
import { proveAward, proveEntriesOfCase } from './prove-award.ts';

const fire = paidFire();
const owing = owingFire();
const illness = returnedIllness();

const faultsOf = (book: CaseBook) => book.awards.flatMap((award) => proveAward(book, award));
const first = (book: CaseBook) => faultsOf(book)[0];
const whole = 'award#case-1.2';
const advance = 'award#case-1.1';
const indexOf = <T>(items: readonly T[], is: (item: T) => boolean): number => {
  const index = items.findIndex(is);
  if (index < 0) throw new Error('nothing like this in the book');
  return index;
};
const requestAt = (book: CaseBook, purpose: string, level = 0) =>
  indexOf(book.requests, (each) => each.purpose === purpose && each.levelIndex === level);
const voteOf = (book: CaseBook, who: string) => indexOf(book.votes, ({ personId }) => personId === who);
const entryOf = (book: CaseBook, kind: string, awardId: string) =>
  indexOf(book.entries, (each) => each.kind === kind && each.awardId === awardId);

test('awards that were made by the rules agree with what they rest on', () => {
  for (const book of [fire, owing, illness, withdrawnIllness()]) expect(faultsOf(book)).toEqual([]);
});

describe('what is reserved for an award', () => {
  test.each([
    ['without one of its reservations', without(fire, 'entries', entryOf(fire, 'reserve', 'case-1.2'))],
    [
      'with another sum in the ledger',
      altered(fire, 'entries', entryOf(fire, 'reserve', 'case-1.2'), (entry) => ({
        ...entry,
        amountFen: fen(entry.amountFen + 1),
      })),
    ],
    [
      'reserved in another fund',
      altered(fire, 'entries', entryOf(fire, 'reserve', 'case-1.2'), (entry) => ({
        ...entry,
        fundId: fire.entries[1]!.fundId,
      })),
    ],
    [
      'released though it stands',
      {
        ...fire,
        entries: [
          ...fire.entries,
          { ...fire.entries[entryOf(fire, 'reserve', 'case-1.2')]!, kind: 'release' as const },
        ],
      },
    ],
  ])('an award %s is named', (_, book) => {
    expect(first(book)).toEqual({ item: whole, code: 'not-reserved' });
  });

  test('an award whose shares do not make its sum is named', () => {
    const more = altered(fire, 'awards', 1, (award) => ({ ...award, amountFen: fen(award.amountFen + 1) }));
    expect(first(more)).toEqual({ item: whole, code: 'shares-differ' });
  });

  test('a released award for which money is still reserved is named', () => {
    const book = withdrawnIllness();
    const kept = without(
      book,
      'entries',
      indexOf(book.entries, ({ kind }) => kind === 'release'),
    );
    expect(first(kept)).toEqual({ item: advance, code: 'not-reserved' });
  });
});

describe('whoever signed an award', () => {
  test.each([
    [
      'a signer without a vote',
      altered(fire, 'awards', 1, (award) => ({ ...award, signedBy: [...award.signedBy, person('officer-9')] })),
    ],
    [
      'a signer counted twice',
      altered(fire, 'awards', 1, (award) => ({ ...award, signedBy: [...award.signedBy, award.signedBy[0]!] })),
    ],
    [
      'one signer exchanged for another',
      altered(fire, 'awards', 1, (award) => ({
        ...award,
        signedBy: [person('officer-9'), ...award.signedBy.slice(1)],
      })),
    ],
    ['a vote that is missing', without(fire, 'votes', voteOf(fire, 'vice-1'))],
    [
      'a vote that was a no',
      altered(fire, 'votes', voteOf(fire, 'vice-1'), (vote) => ({ ...vote, verdict: 'decline' })),
    ],
    [
      'a vote on something else',
      altered(fire, 'votes', voteOf(fire, 'vice-1'), (vote) => ({ ...vote, purpose: 'advance' })),
    ],
  ])('has a vote on file: %s is told', (_, book) => {
    expect(first(book)).toMatchObject({ item: whole, code: 'signer-not-on-file' });
  });

  test('signed an advance by a vote on the advance', () => {
    const book = altered(owing, 'votes', 0, (vote) => ({ ...vote, purpose: 'approval' }));
    expect(first(book)).toEqual({ item: advance, code: 'signer-not-on-file' });
  });

  test.each([
    ['is not there', without(fire, 'requests', requestAt(fire, 'approval'))],
    [
      'was declined',
      altered(fire, 'requests', requestAt(fire, 'approval'), (each) => ({ ...each, outcome: 'decline' })),
    ],
    [
      'asked for something else',
      altered(fire, 'requests', requestAt(fire, 'approval'), (each) => ({ ...each, purpose: 'review' })),
    ],
    ['needs more voices', altered(fire, 'requests', requestAt(fire, 'approval'), (each) => ({ ...each, quorum: 3 }))],
    [
      'was about other content',
      altered(fire, 'requests', requestAt(fire, 'approval'), (each) => ({ ...each, contentVersion: 7 })),
    ],
  ])('answered a request: one that %s is told', (_, book) => {
    expect(first(book)).toMatchObject({ item: whole, code: 'not-approved' });
  });

  test('answered what was decided on: a vote on an earlier version of the application does not count', () => {
    const book = altered(fire, 'votes', voteOf(fire, 'chair-1'), (vote) => ({ ...vote, contentVersion: 7 }));
    expect(first(book)).toMatchObject({ item: whole, code: 'not-approved' });
  });

  test('is of every level that the sum asks for', () => {
    const oneLevel = {
      ...altered(fire, 'awards', 1, (award) => ({
        ...award,
        signedBy: award.signedBy.filter((who) => who !== 'chair-1'),
        requestIds: award.requestIds.slice(0, 1),
      })),
      votes: fire.votes.filter(({ personId }) => personId !== 'chair-1'),
    };
    expect(first(oneLevel)).toEqual({ item: whole, code: 'level-missing', params: { levels: 2 } });
    // That the case says less was approved makes it no smaller.
    const told = { ...oneLevel, case: { ...oneLevel.case, approvedFen: fen(100) } };
    expect(first(told)).toEqual({ item: whole, code: 'level-missing', params: { levels: 2 } });
  });

  test('is as many as the programme asks for, also where the request asked for fewer', () => {
    const fewer = {
      ...altered(fire, 'awards', 1, (award) => ({
        ...award,
        signedBy: award.signedBy.filter((who) => who !== 'vice-1'),
      })),
      votes: fire.votes.filter(({ personId }) => personId !== 'vice-1'),
    };
    const alone = altered(fewer, 'requests', requestAt(fire, 'approval'), (each) => ({ ...each, quorum: 1 }));
    expect(first(alone)).toEqual({ item: whole, code: 'level-missing', params: { levels: 2 } });
  });

  test.each(['member-1', 'officer-1'])('did not decide at an earlier stage: %s did', (who) => {
    const asked = altered(fire, 'requests', requestAt(fire, 'approval', 1), (each) => ({
      ...each,
      seats: each.seats.map((seat) => (seat.personId === 'chair-1' ? { ...seat, personId: person(who) } : seat)),
    }));
    const voted = altered(asked, 'votes', voteOf(fire, 'chair-1'), (vote) => ({ ...vote, personId: person(who) }));
    const signed = altered(voted, 'awards', 1, (award) => ({
      ...award,
      signedBy: award.signedBy.map((each) => (each === 'chair-1' ? person(who) : each)),
    }));
    expect(faultsOf(signed)).toEqual([{ item: whole, code: 'not-four-eyes' }]);
  });
});

describe('the sum of an award', () => {
  test('is what was voted: less is told where nothing was taken back', () => {
    const lower = altered(fire, 'votes', voteOf(fire, 'chair-1'), (vote) => ({ ...vote, amountFen: fen(700_000) }));
    expect(first(lower)).toEqual({ item: whole, code: 'amount-differs', params: { votedFen: 700_000 } });
  });

  test('is what was voted: more is told', () => {
    const lower = altered(fire, 'votes', voteOf(fire, 'chair-1'), (vote) => ({ ...vote, amountFen: fen(599_999) }));
    expect(first(lower)).toEqual({ item: whole, code: 'amount-differs', params: { votedFen: 599_999 } });
  });

  test('of an advance is what its officers voted', () => {
    const votes = fire.votes.map((vote) => (vote.purpose === 'advance' ? { ...vote, amountFen: fen(299_999) } : vote));
    expect(first({ ...fire, votes })).toEqual({ item: advance, code: 'amount-differs', params: { votedFen: 299_999 } });
  });

  test('is never more than was voted and has come back', () => {
    const votes = (amountFen: number) =>
      owing.votes.map((vote) => (vote.purpose === 'advance' ? { ...vote, amountFen: fen(amountFen) } : vote));
    expect(faultsOf({ ...owing, votes: votes(260_000) })).toEqual([]);
    expect(first({ ...owing, votes: votes(259_999) })).toMatchObject({ item: advance, code: 'amount-differs' });
  });
});

describe('the status of an award', () => {
  test.each(['reserved', 'released'] as const)('is paid when all of it is: %s is told', (status) => {
    expect(faultsOf(altered(illness, 'awards', 0, (award) => ({ ...award, status })))).toContainEqual({
      item: advance,
      code: 'award-differs',
    });
  });

  test('is not paid while one of its payments is not', () => {
    const book = altered(illness, 'payouts', 1, (payout) => ({ ...payout, status: 'sent' }));
    expect(first(book)).toEqual({ item: advance, code: 'award-differs' });
  });
});

describe('an advance', () => {
  test('that no award ratified is named when its case is closed', () => {
    const book = altered(fire, 'awards', 0, ({ ratifiedByAward: _none, ...award }) => award);
    expect(first(book)).toEqual({ item: advance, code: 'not-ratified' });
  });

  test('that the award of another case ratified is named', () => {
    const book = altered(fire, 'awards', 0, (award) => ({ ...award, ratifiedByAward: award.awardId }));
    expect(first(book)).toEqual({ item: advance, code: 'not-ratified' });
  });

  test('may wait to be ratified while its case is open', () => {
    const { closedAt: _open, ...open } = fire.case;
    const book = altered(fire, 'awards', 0, ({ ratifiedByAward: _none, ...award }) => award);
    expect(faultsOf({ ...book, case: open })).toEqual([]);
  });

  test('that is not claimed back, or not all of it, is named', () => {
    expect(first(without(owing, 'recoveries', 0))).toEqual({ item: advance, code: 'not-ratified' });
    const dropped = altered(owing, 'recoveries', 0, (each) => ({ ...each, status: 'dropped' }));
    expect(first(dropped)).toEqual({ item: advance, code: 'not-ratified' });
    const less = altered(owing, 'recoveries', 0, (each) => ({ ...each, owedFen: fen(each.owedFen - 1) }));
    expect(first(less)).toEqual({ item: advance, code: 'not-ratified' });
  });
});

describe('an entry of a case', () => {
  const withEntry = (over: Partial<CaseBook['entries'][number]>): CaseBook => ({
    ...fire,
    entries: [...fire.entries, { ...fire.entries[0]!, entryId: 'added', ...over }],
  });
  test('names an award and a payout that the case has', () => {
    expect(proveEntriesOfCase(fire)).toEqual([]);
    const added = [{ item: 'ledger-entry#added', code: 'entry-of-nothing' }];
    expect(proveEntriesOfCase(withEntry({ awardId: illness.awards[0]!.awardId }))).toEqual([]);
    expect(proveEntriesOfCase({ ...withEntry({}), awards: [] })).toContainEqual(added[0]);
    expect(proveEntriesOfCase({ ...fire, payouts: fire.payouts.slice(1) })).toHaveLength(1);
    const { awardId: _none, ...ofNothing } = fire.entries[0]!;
    expect(proveEntriesOfCase({ ...fire, entries: [...fire.entries, { ...ofNothing, entryId: 'added' }] })).toEqual(
      added,
    );
  });
});
