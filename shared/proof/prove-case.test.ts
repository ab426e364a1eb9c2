import { expect, test } from 'vitest';
import { owingFire, paidFire, returnedIllness, withdrawnIllness } from '../../test/support/proof-books.ts';
import { proveCase } from './prove-case.ts';
import { proveBatch } from './prove-batch.ts';

test.each([
  ['paid after an advance', paidFire],
  ['owing an advance', owingFire],
  ['paid again after a return', returnedIllness],
  ['withdrawn', withdrawnIllness],
])('the books of a case that is %s agree', (_, book) => {
  const b = book();
  console.log(
    JSON.stringify(b.payouts.map(({ payoutId, status, batchId }) => [payoutId, status, batchId])),
    JSON.stringify(
      b.requests.map(({ requestId, purpose, levelIndex, outcome, status }) => [
        requestId,
        purpose,
        levelIndex,
        outcome,
        status,
      ]),
    ),
    JSON.stringify(b.votes.map(({ requestId, personId, verdict }) => [requestId, personId, verdict])),
  );
  expect(proveCase(b)).toEqual([]);
  const payouts = new Map(b.payouts.map((each) => [each.payoutId, each]));
  for (const batch of b.batches.values()) expect(proveBatch(batch, payouts)).toEqual([]);
});
