import { describe, expect, test } from 'vitest';
import { altered, paidFire, without } from '../../test/support/proof-books.ts';
import { person } from '../../test/support/small-union.ts';
import type { DecisionRequest, Seat } from '../cases/decision-request.ts';
import type { CaseBook } from './case-book.ts';
import { proveRequests } from './prove-requests.ts';

const fire = paidFire();
const chairs = fire.votes.findIndex(({ personId }) => personId === 'chair-1');
const { requestId } = fire.votes[chairs]!;
const asked = fire.requests.findIndex((request) => request.requestId === requestId);
const vote = `vote#${requestId}/chair-1`;
const request = `request#${requestId}`;
const seated = (alter: (seat: Seat) => Seat): CaseBook =>
  altered(fire, 'requests', asked, (each) => ({ ...each, seats: each.seats.map(alter) }));
const asking = (over: Partial<DecisionRequest>) => altered(fire, 'requests', asked, (each) => ({ ...each, ...over }));

test('whoever answered had been asked, and every request is over', () => {
  expect(proveRequests(fire)).toEqual([]);
});

describe('a vote is named', () => {
  test.each([
    ['whose request is not there', without(fire, 'requests', asked)],
    ['of somebody without a seat', seated((seat) => ({ ...seat, personId: person('chair-9') }))],
    ['in another role', seated((seat) => ({ ...seat, role: 'head' }))],
    ['of somebody who was never asked', seated(({ askedAt: _never, ...seat }) => seat)],
    ['of somebody who had left the seat', seated((seat) => ({ ...seat, leftBecause: 'barred' }))],
    ['on other content', asking({ contentVersion: 7 })],
    ['for another purpose', asking({ purpose: 'review' })],
  ])('%s', (_, book) => {
    expect(proveRequests(book)).toEqual([{ item: vote, code: 'not-asked' }]);
  });

  test('unless it says that they step aside', () => {
    const left = seated((seat) => ({ ...seat, leftBecause: 'recused' }));
    expect(proveRequests(altered(left, 'votes', chairs, (each) => ({ ...each, verdict: 'recuse' })))).toEqual([]);
  });
});

describe('a request is named', () => {
  const { outcome: _none, ...endless } = fire.requests[asked]!;
  const { decidedAt: _never, ...undated } = fire.requests[asked]!;
  test.each([
    ['that was opened again', asking({ status: 'open' })],
    ['that is over and did not end', altered(fire, 'requests', asked, () => endless)],
    ['that ended at no time', altered(fire, 'requests', asked, () => undated)],
    ['that is open in a closed case', altered(fire, 'requests', asked, () => ({ ...endless, status: 'open' }))],
  ])('%s', (_, book) => {
    expect(proveRequests(book)).toEqual([{ item: request, code: 'request-differs' }]);
  });

  test('beside another that is open; one alone may be, while the case is', () => {
    const { closedAt: _open, ...open } = fire.case;
    const one = altered({ ...fire, case: open }, 'requests', asked, () => ({ ...endless, status: 'open' }));
    expect(proveRequests(one)).toEqual([]);
    const first = one.requests.findIndex(({ status }) => status !== 'open');
    const two = altered(one, 'requests', first, ({ outcome: _end, ...each }) => ({ ...each, status: 'open' }));
    expect(proveRequests(two)).toHaveLength(2);
  });
});
