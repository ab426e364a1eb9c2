import { describe, expect, test } from 'vitest';
import { altered, owingFire, paidFire, returnedIllness, withdrawnIllness } from '../../test/support/proof-books.ts';
import { objectionIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import type { CaseBook } from './case-book.ts';
import { proveCase } from './prove-case.ts';

const fire = paidFire();
const withdrawn = withdrawnIllness();

test.each([
  ['paid after an advance', fire],
  ['owing its advance', owingFire()],
  ['paid again after a return', returnedIllness()],
  ['withdrawn', withdrawn],
])('the books of a case that is %s agree', (_, book) => {
  expect(proveCase(book)).toEqual([]);
});

test('what is wrong is told with the number of its case', () => {
  expect(proveCase({ ...fire, awards: [] })[0]).toMatchObject({ caseNumber: fire.case.caseNumber });
});

describe('what a case counts for against its household’s cap', () => {
  const differs = (book: CaseBook) => proveCase(book).filter(({ code }) => code === 'tally-differs');
  test('is what its awards come to, less what was paid back', () => {
    const item = `case#${fire.case.caseId}`;
    expect(differs({ ...fire, talliedFen: 599_999 })).toEqual([
      { item, code: 'tally-differs', params: { talliedFen: 599_999, givenFen: 600_000 }, caseNumber: 'case-1' },
    ]);
    const owing = owingFire();
    expect(owing.talliedFen).toBe(260_000);
    expect(differs({ ...owing, talliedFen: 300_000 })).toHaveLength(1);
    expect(differs({ ...withdrawn, talliedFen: 1 })).toHaveLength(1);
  });

  test('lies under a name that the case knows', () => {
    const { tallyKey: _none, ...nameless } = fire.case;
    expect(differs({ ...fire, case: nameless })).toHaveLength(1);
  });
});

describe('where a case stands', () => {
  const codes = (book: CaseBook) => proveCase(book).map(({ item, code }) => `${item} ${code}`);
  const differs = `case#${fire.case.caseId} case-differs`;
  const { closedAt: _open, ...openFire } = fire.case;

  test('is paid once every award is', () => {
    const reserved = altered(fire, 'awards', 1, (award) => ({ ...award, status: 'reserved' }));
    expect(codes(reserved)).toContain(differs);
    expect(codes({ ...reserved, case: { ...openFire, status: 'in-payment' } })).not.toContain(differs);
  });

  test('is withdrawn with nothing at the bank', () => {
    expect(codes({ ...fire, case: { ...fire.case, status: 'withdrawn' } })).toEqual([differs]);
  });

  test.each(['ordered', 'failed', 'returned'] as const)('is not closed while a payment is %s', (status) => {
    const left = altered(withdrawn, 'payouts', 0, (payout) => ({ ...payout, status }));
    expect(codes(left)).toContain(differs);
    const { closedAt: _none, ...open } = left.case;
    expect(codes({ ...left, case: { ...open, status: 'in-payment' } })).not.toContain(differs);
  });

  test('is under objection while one waits for its answer', () => {
    const raised = { objectionId: objectionIdSchema.parse('o-1'), status: 'raised' } as const;
    expect(codes({ ...fire, objections: [raised] })).toEqual(['objection#o-1 objection-open']);
    expect(codes({ ...fire, objections: [{ ...raised, status: 'admitted' }] })).toHaveLength(1);
    expect(codes({ ...fire, objections: [{ ...raised, status: 'dismissed' }] })).toEqual([]);
    const stopped = { ...fire.case, status: 'under-objection' as const };
    expect(codes({ ...fire, case: stopped, objections: [raised] })).toEqual([]);
  });
});

test('a case says what is still owed, and no refund stands beside a repayment', () => {
  const owing = owingFire();
  const told = (book: CaseBook) => proveCase(book)[0];
  const { owedFen, ...nothing } = owing.case;
  expect(owedFen).toBe(260_000);
  expect(told({ ...owing, case: nothing })).toMatchObject({
    code: 'owed-differs',
    params: { shownFen: 0, leftFen: 260_000 },
  });
  expect(told({ ...owing, case: { ...nothing, owedFen: fen(259_999) } })).toMatchObject({ code: 'owed-differs' });
  const refund = owing.entries.find(({ kind }) => kind === 'refund')!;
  const added = { ...owing, entries: [...owing.entries, { ...refund, entryId: 'added' }] };
  expect(told(added)).toMatchObject({ item: 'ledger-entry#added', code: 'entry-of-nothing' });
});
