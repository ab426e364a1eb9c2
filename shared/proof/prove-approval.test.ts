import { describe, expect, test } from 'vitest';
import { altered, owingFire, paidFire, withdrawnIllness, without } from '../../test/support/proof-books.ts';
import { advance, faultsOfAwards as faultsOf, indexOf, whole } from '../../test/support/proof-faults.ts';
import { person } from '../../test/support/small-union.ts';
import { fen } from '../kernel/money.ts';
import type { CaseBook } from './case-book.ts';

const fire = paidFire();
const owing = owingFire();

const first = (book: CaseBook) => faultsOf(book)[0];
const requestAt = (book: CaseBook, purpose: string, level = 0) =>
  indexOf(book.requests, (each) => each.purpose === purpose && each.levelIndex === level);
const voteOf = (book: CaseBook, who: string) => indexOf(book.votes, ({ personId }) => personId === who);

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

  test('was about one version of the application at every level', () => {
    const later = altered(fire, 'requests', requestAt(fire, 'approval', 1), (each) => ({ ...each, contentVersion: 7 }));
    const book = altered(later, 'votes', voteOf(fire, 'chair-1'), (vote) => ({ ...vote, contentVersion: 7 }));
    expect(faultsOf(book)).toEqual([{ item: whole, code: 'not-approved' }]);
  });

  test('is as many for an advance as its level asks for', () => {
    const alone = {
      ...altered(fire, 'awards', 0, (award) => ({ ...award, signedBy: award.signedBy.slice(0, 1) })),
      votes: fire.votes.filter(({ personId }) => personId !== 'officer-2'),
    };
    const book = altered(alone, 'requests', requestAt(fire, 'advance'), (each) => ({ ...each, quorum: 1 }));
    expect(faultsOf(book)).toEqual([{ item: advance, code: 'level-missing', params: { levels: 1 } }]);
  });

  test('is of every level that an exception asks for, however small', () => {
    const small = (book: CaseBook): CaseBook => ({
      ...altered(book, 'awards', 1, (award) => ({
        ...award,
        signedBy: award.signedBy.filter((who) => who !== 'chair-1'),
        requestIds: award.requestIds.slice(0, 1),
      })),
      votes: book.votes
        .filter(({ personId }) => personId !== 'chair-1')
        .map((vote) => (vote.purpose === 'approval' ? { ...vote, amountFen: fen(400_000) } : vote)),
    });
    const levels = (book: CaseBook) => faultsOf(small(book)).filter(({ code }) => code === 'level-missing');
    expect(levels(fire)).toEqual([]);
    expect(levels({ ...fire, case: { ...fire.case, isException: true } })).toHaveLength(1);
    expect(levels({ ...fire, case: { ...fire.case, suggestedFen: fen(399_999) } })).toHaveLength(1);
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

  test('is what the last level has voted, in whatever order its requests are named', () => {
    const first = altered(fire, 'votes', voteOf(fire, 'officer-3'), (vote) => ({ ...vote, amountFen: fen(700_000) }));
    const both = altered(first, 'votes', voteOf(fire, 'vice-1'), (vote) => ({ ...vote, amountFen: fen(700_000) }));
    expect(faultsOf(both)).toEqual([]);
    const turned = altered(both, 'awards', 1, (award) => ({ ...award, requestIds: award.requestIds.toReversed() }));
    expect(faultsOf(turned)).toEqual([]);
  });

  test('is not asked of an award that was taken back', () => {
    const book = withdrawnIllness();
    const votes = book.votes.map((vote) => (vote.purpose === 'approval' ? { ...vote, amountFen: fen(1) } : vote));
    expect(faultsOf({ ...book, votes })).toEqual([]);
  });

  test('is never more than was voted and has come back', () => {
    const votes = (amountFen: number) =>
      owing.votes.map((vote) => (vote.purpose === 'advance' ? { ...vote, amountFen: fen(amountFen) } : vote));
    expect(faultsOf({ ...owing, votes: votes(260_000) })).toEqual([]);
    expect(first({ ...owing, votes: votes(259_999) })).toMatchObject({ item: advance, code: 'amount-differs' });
  });
});
