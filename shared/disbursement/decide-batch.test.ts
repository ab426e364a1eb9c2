import { describe, expect, test } from 'vitest';
import { batchIdSchema, caseIdSchema, fundIdSchema, payoutIdSchema, personIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { asInstant } from '../kernel/time.ts';
import {
  type Batch,
  batchLifecycle,
  type BatchMember,
  batchSchema,
  type BatchStatus,
  batchStatuses,
  digestOfAsked,
  mostMembers,
  takesIn,
  withoutMember,
} from './batch.ts';
import { beginBatch, closeBatch, dissolveBatch, finishBatch, releaseBatch } from './decide-batch.ts';

const at = asInstant('2016-10-08T02:00:00.000Z');
const maker = personIdSchema.parse('maker');
const checker = personIdSchema.parse('checker');
const member = (number: number): BatchMember => ({
  caseId: caseIdSchema.parse(`C${number}`),
  payoutId: payoutIdSchema.parse(`C${number}.1.1.1`),
  fundId: fundIdSchema.parse('fund'),
  amountFen: fen(100 * number),
  payeeDigest: 'digest',
  isIn: false,
});
const file = { name: 'a.csv', objectKey: 'k', contentType: 'x/y', sha256: 'hash', sizeBytes: 1 };
const begin = (...members: BatchMember[]) =>
  beginBatch({
    ...{ batchId: batchIdSchema.parse('B1'), batchNumber: 'PC-2016-0001', profileId: 'generic-csv', answers: [] },
    ...{ members, personId: maker, at },
  });
const begun = (): Batch => {
  const decided = begin(member(1), member(2));
  if (decided.kind === 'refused') throw new Error(decided.code);
  return { ...decided.batch, version: 1 };
};
const inStatus = (status: BatchStatus): Batch => ({ ...begun(), status });
const release = (batch: Batch, personId = checker, seenVersion = batch.version) =>
  releaseBatch(batch, { personId, seenVersion, file, at });

describe('a batch', () => {
  test('begins with each payment once and their sum', () => {
    const decided = begin(member(1), member(2), member(1));
    expect(decided).toMatchObject({ kind: 'changed', batch: { status: 'making', totalFen: 300, version: 0 } });
    expect(decided.kind === 'changed' && batchSchema.parse(decided.batch).members).toHaveLength(2);
  });

  test('keeps what its form asked for: the same in any order, another of other payments or for another bank', () => {
    const ids = [member(1), member(2)].map(({ payoutId }) => payoutId);
    const { askedDigest, ...rest } = begun();
    expect(askedDigest).toBe(digestOfAsked('generic-csv', [...ids.toReversed(), ...ids]));
    expect(withoutMember({ ...rest, askedDigest: askedDigest! }, ids[0]!).askedDigest).toBe(askedDigest);
    const others = [digestOfAsked('generic-csv', ids.slice(1)), digestOfAsked('icbc-batch', ids)];
    expect(others).not.toContain(askedDigest);
    // Headers that were begun before this was kept are read as they are.
    expect(batchSchema.parse(rest)).toEqual(rest);
  });

  test('of nothing, or of more than one person can check, is none', () => {
    expect(begin()).toEqual({ kind: 'refused', code: 'batch-empty' });
    const many = Array.from({ length: mostMembers + 1 }, (_, index) => member(index + 1));
    expect(begin(...many)).toEqual({ kind: 'refused', code: 'batch-too-large' });
    expect(begin(...many.slice(1)).kind).toBe('changed');
  });

  test('is made of those payments that entered', () => {
    const closed = closeBatch(begun(), at);
    expect(closed).toMatchObject({ batch: { status: 'closing' }, facts: [{ event: 'batch.closed', by: 'maker' }] });
    expect(finishBatch(inStatus('closing'), new Set([member(2).payoutId, member(9).payoutId]), at)).toMatchObject({
      batch: { status: 'made', totalFen: 200, members: [{ payoutId: 'C2.1.1.1', isIn: true }] },
      facts: [{ event: 'batch.made', by: 'maker', details: { members: 1, totalFen: 200 } }],
    });
    const empty = finishBatch(inStatus('closing'), new Set(), at);
    expect(empty).toMatchObject({ batch: { status: 'dissolved', members: [] } });
  });

  test('takes no payment in that it does not list, and none once it is made', () => {
    expect(takesIn(begun(), member(1).payoutId)).toBe(true);
    expect(takesIn(begun(), member(9).payoutId)).toBe(false);
    for (const status of batchStatuses.filter((each) => each !== 'making')) {
      expect(takesIn(inStatus(status), member(1).payoutId)).toBe(false);
    }
  });

  test('loses what a payment that leaves it was', () => {
    expect(withoutMember(begun(), member(2).payoutId)).toMatchObject({ totalFen: 100, members: [{ caseId: 'C1' }] });
  });

  test('is released by another than who made it, as that person has seen it', () => {
    const made = inStatus('made');
    expect(release(made, maker)).toEqual({ kind: 'refused', code: 'same-person' });
    expect(release(made, checker, made.version - 1)).toEqual({ kind: 'refused', code: 'batch-changed' });
    expect(release({ ...made, members: [] })).toEqual({ kind: 'refused', code: 'batch-empty' });
    expect(release(made)).toMatchObject({
      batch: { status: 'released', releasedBy: 'checker', releasedAt: at, file },
      facts: [{ event: 'batch.released', by: 'checker', details: { sha256: 'hash', members: 2, totalFen: 300 } }],
    });
  });

  test.each(batchStatuses)('that is %s can do what the table says and no more', (status) => {
    const can = batchLifecycle[status];
    const kindOf = (isPossible: boolean) => (isPossible ? 'changed' : 'refused');
    expect(closeBatch(inStatus(status), at).kind).toBe(kindOf('close' in can));
    expect(finishBatch(inStatus(status), new Set(), at).kind).toBe(kindOf('finish' in can));
    expect(release(inStatus(status)).kind).toBe(kindOf('release' in can));
    expect(dissolveBatch(inStatus(status), maker, at).kind).toBe(kindOf('dissolve' in can));
    expect(takesIn(inStatus(status), member(1).payoutId)).toBe('enter' in can);
  });
});
