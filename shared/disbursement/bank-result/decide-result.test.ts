import { describe, expect, it } from 'vitest';
import { samplePayout } from '../../../test/support/bank-files.ts';
import { bankResultIdSchema, personIdSchema } from '../../kernel/ids.ts';
import { asInstant, asLocalDate } from '../../kernel/time.ts';
import { type BankResult, mostSettlements, problemCount, type Settlement } from './bank-result.ts';
import { applyResult, beginResult, finishResult, listed } from './decide-result.ts';

const at = asInstant('2016-03-12T02:00:00.000Z');
const uploader = personIdSchema.parse('bian-sujun');
const other = personIdSchema.parse('ji-qiushi');

const begun = (): BankResult =>
  beginResult({
    ...{ resultId: bankResultIdSchema.parse('R1'), format: 'generic-csv', objectKey: 'results/R1', sizeBytes: 9 },
    ...{ rows: 3, batchId: undefined, personId: uploader, at },
  }).result;

const settlement = (line: number): Settlement => {
  const { caseId, payoutId, amountFen } = samplePayout(line);
  return {
    ...{ line, caseId, payoutId, amountFen, action: 'confirm', bankReference: `R${line}` },
    ...{ paidOn: asLocalDate('2016-03-10'), reason: 'words of the bank' },
  };
};

const changed = (decided: ReturnType<typeof applyResult>): BankResult => {
  if (decided.kind === 'refused') throw new Error(decided.code);
  return decided.result;
};
const apply = (
  result: BankResult,
  lines: readonly number[],
  problems: { line: number; reason: 'barred' | 'unknown' }[] = [],
) =>
  applyResult(result, {
    ...{ personId: uploader, seenVersion: result.version, at },
    matched: { settle: lines.map(settlement), already: [], problems },
  });

describe('a bank’s result', () => {
  it('goes from read over applying to applied, and keeps no word of the bank’s', () => {
    const applying = changed(apply(begun(), [2, 3], [{ line: 4, reason: 'unknown' }]));
    expect(applying).toMatchObject({ status: 'applying', appliedBy: uploader, problems: { unknown: [4] } });
    const applied = changed(finishResult(applying, [], at));
    expect(applied).toMatchObject({ status: 'applied', settling: [], settled: [{ line: 2 }, { line: 3 }] });
    expect(JSON.stringify(applied)).not.toContain('words of the bank');
  });

  it('counts what a payment took no more among its problems', () => {
    const applying = changed(apply(begun(), [2, 3], [{ line: 4, reason: 'barred' }]));
    const applied = changed(finishResult(applying, [{ line: 2, reason: 'barred' }], at));
    expect(applied.settled.map(({ line }) => line)).toEqual([3]);
    expect(listed(applied.problems)).toEqual([
      { line: 2, reason: 'barred' },
      { line: 4, reason: 'barred' },
    ]);
    expect(problemCount(applied.problems)).toBe(2);
  });

  it('is not applied while it is, nor finished before or twice', () => {
    const applying = changed(apply(begun(), [2]));
    expect(apply(applying, [3])).toEqual({ kind: 'refused', code: 'not-possible-now' });
    expect(finishResult(begun(), [], at)).toEqual({ kind: 'refused', code: 'not-possible-now' });
    const applied = changed(finishResult(applying, [], at));
    expect(finishResult(applied, [], at)).toEqual({ kind: 'refused', code: 'not-possible-now' });
  });

  it('is not applied by who saw another version', () => {
    const seen = { personId: uploader, seenVersion: 7, at, matched: { settle: [], already: [], problems: [] } };
    expect(applyResult(begun(), seen)).toEqual({ kind: 'refused', code: 'result-changed' });
  });

  it('that settles nothing is applied at once', () => {
    expect(changed(apply(begun(), []))).toMatchObject({ status: 'applied', settling: [], settled: [] });
  });

  it('is applied again by another person, and keeps who settled what', () => {
    const first = changed(finishResult(changed(apply(begun(), [2])), [], at));
    const again = applyResult(first, {
      ...{ personId: other, seenVersion: first.version, at },
      matched: { settle: [settlement(3)], already: [2], problems: [] },
    });
    const applied = changed(finishResult(changed(again), [], at));
    expect(applied.settled.map(({ line, by }) => [line, by])).toEqual([
      [2, uploader],
      [3, other],
    ]);
  });

  it('settles no more than its header can list', () => {
    const lines = Array.from({ length: mostSettlements + 1 }, (_, index) => index + 2);
    expect(apply(begun(), lines)).toEqual({ kind: 'refused', code: 'result-too-large' });
  });
});
