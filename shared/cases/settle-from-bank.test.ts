import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, camt053, genericCsv, inUtf8 } from '../../test/support/bank-files.ts';
import { advanced, inPayment, money, payoutStatuses } from '../../test/support/case-stages.ts';
import type { Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import type { Settlement } from '../disbursement/bank-result/bank-result.ts';
import { matchResult } from '../disbursement/bank-result/match-result.ts';
import { readBankResult } from '../disbursement/bank-result/read-bank-result.ts';
import { personIdSchema } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import { problemOf, settleFromBank, trySettlements } from './settle-from-bank.ts';

const checker = personIdSchema.parse('finance-2');

/** What a file says of this case's payments as they are now. */
function matched(world: World, story: Story, text: string) {
  const read = readBankResult(inUtf8(text));
  if (read.kind === 'unreadable') throw new Error(read.fault);
  return matchResult(read.rows, story.file().payouts, { format: read.format, today: localDateOf(world.now) });
}

/** Carries one row to its payment, as the outbox does. */
const carry = (story: Story, settlement: Settlement, personId = checker) =>
  story.act((file, around) => {
    const said = { ...settlement, reason: settlement.reason ?? '银行未说明原因' };
    const decided = settleFromBank(file, around, personId, said);
    return decided.kind === 'nothing' ? { kind: 'idle' } : decided;
  });

const answersOf = (world: World, story: Story, over: Partial<Answer> = {}): Answer[] =>
  story.file().payouts.map((payout) => ({ payout, paidOn: localDateOf(world.now), ...over }));

describe('a row of a bank’s result', () => {
  test('ends the case by its last payment, and carried twice changes nothing', () => {
    const world = emptyWorld();
    const story = inPayment(world);
    story.release('finance-1');
    const { settle } = matched(world, story, genericCsv(answersOf(world, story)));
    expect(settle.map((each) => carry(story, each))).toEqual(['done']);
    expect(story.status()).toBe('paid');
    const after = story.file();
    for (const each of settle) carry(story, each);
    expect(story.file()).toEqual(after);
    expect(money(world)).toMatchObject({ reserved: 0, paid: 3_000 });
  });

  test('is barred to whoever made the batch or voted, and is tried so before it is applied', () => {
    const world = emptyWorld();
    const story = inPayment(world);
    story.release('finance-1');
    const { settle } = matched(world, story, genericCsv(answersOf(world, story)));
    for (const who of ['finance-1', 'officer-1'].map((each) => personIdSchema.parse(each))) {
      expect(trySettlements(story.file(), story.around(), who, settle).map(({ problem }) => problem)).toEqual([
        'barred',
      ]);
      expect(carry(story, settle[0]!, who)).toBe('same-person');
    }
    expect(trySettlements(story.file(), story.around(), checker, settle).map(({ problem }) => problem)).toEqual([
      undefined,
    ]);
    expect(payoutStatuses(story)).toEqual(['sent']);
  });

  test('of a payment that came back reopens the case; payment and return of one file are tried one after the other', () => {
    const world = emptyWorld();
    const story = inPayment(world);
    story.release('finance-1');
    const [answer] = answersOf(world, story);
    const text = camt053([{ ...answer!, isReturned: true, reference: 'BACK', reason: '账户已销户' }, answer!]);
    const { settle } = matched(world, story, text);
    expect(trySettlements(story.file(), story.around(), checker, settle).map(({ problem }) => problem)).toEqual([
      undefined,
      undefined,
    ]);
    expect(settle.map((each) => carry(story, each))).toEqual(['done', 'done']);
    const after = story.file();
    for (const each of settle) carry(story, each);
    expect(story.file()).toEqual(after);
    expect(payoutStatuses(story)).toEqual(['returned']);
    expect(story.status()).toBe('in-payment');
    expect(money(world)).toMatchObject({ reserved: 3_000, paid: 0 });
  });

  test.each([
    ['same-person', 'barred'],
    ['barred-by-interest', 'barred'],
    ['bank-reference-used', 'reference-used'],
    ['bank-reference-missing', 'reference-missing'],
    ['paid-on-impossible', 'date-impossible'],
    ['not-possible-now', 'already-settled'],
    ['papers-missing', 'not-possible'],
  ] as const)('that is refused as %s is a problem of the kind %s', (code, problem) => {
    expect(problemOf(code)).toBe(problem);
  });
});

describe('promise 1: whatever files of a bank come, in whatever order, whole or only half carried', () => {
  const file = fc.record({
    rows: fc.array(fc.record({ share: fc.nat({ max: 2 }), result: fc.constantFrom('成功', '成功', '失败', '退票') }), {
      minLength: 1,
      maxLength: 6,
    }),
    isStatement: fc.boolean(),
    /** How far its process comes before it dies; then all of it is carried anew. */
    carried: fc.nat({ max: 6 }),
  });

  test('no share is paid twice, and the books hold what was paid and not come back', () => {
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 6 }), (sequence) => {
        const world = emptyWorld();
        const story = advanced(world);
        for (const index of [0, 1, 2]) story.release('finance-1', index);
        const answers = answersOf(world, story);
        const allFen = world.funds.reduce((sum, { fundedFen }) => sum + fundedFen, 0);
        for (const { rows, isStatement, carried } of sequence) {
          const said = rows.map(({ share, result }) => ({ ...answers[share]!, result, isReturned: result === '退票' }));
          const { settle } = matched(world, story, isStatement ? camt053(said) : genericCsv(said));
          for (const each of settle.slice(0, carried)) carry(story, each);
          for (const each of settle) carry(story, each);
          const paid = story.file().payouts.filter(({ status }) => status === 'paid');
          const paidFen = world.funds.reduce((sum, fund) => sum + fund.paidFen, 0);
          expect(paidFen).toBe(paid.reduce((sum, { amountFen }) => sum + amountFen, 0));
          expect(paidFen).toBeLessThanOrEqual(300_000);
          for (const fund of world.funds)
            expect(fund.availableFen + fund.reservedFen + fund.paidFen).toBe(fund.fundedFen);
          expect(world.funds.reduce((sum, { fundedFen }) => sum + fundedFen, 0)).toBe(allFen);
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
