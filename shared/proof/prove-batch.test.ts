import { expect, test } from 'vitest';
import { paidFire } from '../../test/support/proof-books.ts';
import { person } from '../../test/support/small-union.ts';
import { bankResultIdSchema, caseIdSchema, fundIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { beginResult } from '../disbursement/bank-result/decide-result.ts';
import type { BankResult } from '../disbursement/bank-result/bank-result.ts';
import type { Batch } from '../disbursement/batch.ts';
import type { PayoutOutline } from './case-book.ts';
import { proveBatch } from './prove-batch.ts';
import { proveResult } from './prove-result.ts';

const fire = paidFire();
const payout = fire.payouts[3]!;
const { payoutId, caseId, amountFen } = payout;
const batch = fire.batches.get(payout.batchId!)!;
const payouts = new Map<string, PayoutOutline>(fire.payouts.map((each) => [each.payoutId, each]));
const named = `batch#${batch.batchId}`;
const member = (over: object): Batch => ({ ...batch, members: batch.members.map((each) => ({ ...each, ...over })) });
const without = <Key extends keyof Batch>(key: Key): Batch => {
  const { [key]: _left, ...rest } = batch;
  return rest as Batch;
};

test('a batch of the system agrees with its payments', () => {
  for (const each of fire.batches.values()) expect(proveBatch(each, payouts)).toEqual([]);
});

test.each([
  ['whose total is not that of its members', { ...batch, totalFen: fen(batch.totalFen + 1) }, 'batch-differs'],
  [
    'that lists a payment twice',
    { ...batch, members: [...batch.members, ...batch.members], totalFen: fen(2 * batch.totalFen) },
    'batch-differs',
  ],
  ['that nobody released', without('releasedBy'), 'not-four-eyes'],
  ['that its maker released', { ...batch, releasedBy: batch.madeBy }, 'not-four-eyes'],
  ['released without a file', without('file'), 'batch-differs'],
  ['released at no time', without('releasedAt'), 'batch-differs'],
] satisfies [string, Batch, string][])('a batch %s is named', (_, wrong, code) => {
  expect(proveBatch(wrong, payouts)).toEqual([{ item: named, code }]);
});

test.each([
  ['of another case', member({ caseId: caseIdSchema.parse('another') }), payout],
  ['of another fund', member({ fundId: fundIdSchema.parse('another') }), payout],
  ['of another sum', { ...member({ amountFen: fen(1) }), totalFen: fen(1) }, payout],
  ['that names no batch', batch, { ...payout, batchId: undefined }],
  ['that waits to be put into a batch', batch, { ...payout, status: 'ordered' as const }],
  ['that is not there', batch, undefined],
])('a payment %s is named', (_, listed, stored) => {
  const known = new Map(payouts);
  if (stored === undefined) known.delete(payoutId);
  else known.set(payoutId, stored as PayoutOutline);
  const wrong = [{ item: `payout#${payoutId}`, code: 'not-in-batch', params: { batch: batch.batchNumber } }];
  expect(proveBatch(listed, known)).toEqual(wrong);
  // Before it is released too.
  const { releasedBy: _by, file: _file, ...made } = listed;
  expect(proveBatch({ ...made, status: 'made' }, known)).toEqual(wrong);
});

test('what waits for a batch in the making, or is given back of a dissolved one, may not know yet', () => {
  const nobody = new Map<string, PayoutOutline>();
  const { releasedBy: _by, file: _file, ...rest } = batch;
  expect(proveBatch({ ...rest, status: 'dissolved' }, nobody)).toEqual([]);
  expect(proveBatch({ ...rest, status: 'making' }, nobody)).toEqual([]);
  const waiting = { ...rest, members: rest.members.map((each) => ({ ...each, isIn: false })), status: 'made' as const };
  expect(proveBatch(waiting, nobody)).toEqual([]);
});

const by = person('finance-2');
const row = {
  line: 2,
  caseId,
  payoutId,
  action: 'confirm',
  amountFen,
  bankReference: 'YH-1',
  paidOn: payout.paidOn!,
} as const;
const applied: BankResult = {
  ...beginResult({
    ...{
      resultId: bankResultIdSchema.parse('R1'),
      format: 'generic-csv',
      objectKey: 'results/1',
      sizeBytes: 1,
      rows: 1,
    },
    ...{ batchId: undefined, personId: by, at: payout.orderedAt },
  }).result,
  ...{ status: 'applied', appliedBy: by, settled: [{ ...row, by }] },
};

test('a bank’s result agrees with the payments that it settled, or settled nothing', () => {
  expect(proveResult(applied, payouts)).toEqual([]);
  expect(proveResult({ ...applied, settled: [] }, payouts)).toEqual([]);
  const failed = { ...row, action: 'fail', bankReference: '', by } as const;
  expect(proveResult({ ...applied, settled: [failed] }, payouts)).toEqual([]);
});

const settled = (over: object): BankResult => ({ ...applied, settled: [{ ...row, by, ...over }] });
test.each([
  ['of a payment that is not there', settled({ payoutId: 'another' })],
  ['of another case', settled({ caseId: 'another' })],
  ['of another sum', settled({ amountFen: fen(1) })],
  ['without a reference', settled({ bankReference: ' ' })],
  ['that nobody applied', (({ appliedBy: _none, ...rest }) => rest)(applied)],
  ['while some are still to be told', { ...applied, settling: [row] }],
])('a bank’s result that says to have settled a row %s is named', (_, wrong) => {
  expect(proveResult(wrong, payouts)).toEqual([{ item: 'bank-result#R1', code: 'result-differs' }]);
});

test('a bank’s result does not settle what no bank was told of', () => {
  const { sentAt: _never, ...waiting } = payout;
  const known = new Map(payouts).set(payoutId, waiting);
  expect(proveResult(applied, known)).toHaveLength(1);
  expect(proveResult({ ...applied, status: 'applying', settling: [row], settled: [] }, known)).toEqual([]);
});
