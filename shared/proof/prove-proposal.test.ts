import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../../test/support/case-world.ts';
import { person } from '../../test/support/small-union.ts';
import { treasuryDesk } from '../../test/support/treasury-desk.ts';
import type { LedgerEntry } from '../funds/fund.ts';
import type { Proposal, Wanted } from '../funds/proposal.ts';
import { proposalIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import { proveProposals } from './prove-proposal.ts';

/** A receipt, one that was undone and entered anew on its voucher, a hand-back, a carry-over, one rejected and one that waits. */
function agreedBooks() {
  const world = emptyWorld();
  const desk = treasuryDesk(world);
  const [{ fundId }, { fundId: into }] = [world.funds[0]!, world.funds[1]!];
  const voucher = (number: string) => ({ number, date: localDateOf(world.now) });
  const receipt = (number: string): Wanted => ({
    kind: 'receipt',
    amountFen: fen(5_000),
    payer: '市总工会',
    voucher: voucher(number),
  });
  const agree = (id: string, wanted: Wanted, end: 'confirmed' | 'rejected' | 'proposed' = 'confirmed') => {
    expect(desk.propose('finance-1', fundId, wanted, id)).toBe('done');
    if (end === 'proposed') return;
    expect(desk.settle('finance-2', proposalIdSchema.parse(id), end === 'confirmed')).toBe('done');
  };
  agree('receipt', receipt('V-1'));
  agree('wrong', receipt('V-2'));
  agree('undoing', {
    kind: 'undo-receipt',
    receiptId: proposalIdSchema.parse('wrong'),
    amountFen: fen(5_000),
    reason: '登记错误',
  });
  agree('right', receipt('V-2'));
  agree('back', { kind: 'hand-back', amountFen: fen(300), voucher: voucher('V-3'), reason: '年末交回' });
  agree('carry', { kind: 'carry-over', amountFen: fen(200), into, reason: '年末结转' });
  agree('rejected', receipt('V-4'), 'rejected');
  agree('waiting', receipt('V-5'), 'proposed');
  return { entries: world.entries, proposals: world.proposals, into };
}

const { entries, proposals, into } = agreedBooks();
const prove = (ledger: readonly LedgerEntry[], agreed: readonly Proposal[] = proposals) =>
  proveProposals(ledger, new Map(agreed.map((each) => [each.proposalId, each])));
const entryOf = (entryId: string, over: Partial<LedgerEntry>): readonly LedgerEntry[] =>
  entries.map((entry) => (entry.entryId === entryId ? { ...entry, ...over } : entry));
const proposalOf = (id: string, over: Partial<Proposal>): readonly Proposal[] =>
  proposals.map((proposal) => (proposal.proposalId === id ? { ...proposal, ...over } : proposal));

test('what two people agreed to, and no more, came in and left', () => {
  expect(entries.map(({ entryId }) => entryId)).toEqual([
    'receipt.1',
    'wrong.1',
    'undoing.1',
    'right.1',
    'back.1',
    'carry.1',
    'carry.2',
  ]);
  expect(prove(entries)).toEqual([]);
});

describe('an entry to which nobody agreed is named', () => {
  test.each([
    ['that names no proposal', entries.map(({ proposalId: _none, ...entry }) => entry), 'receipt.1'],
    ['of another sum', entryOf('receipt.1', { amountFen: fen(5_001) }), 'receipt.1'],
    ['of another fund', entryOf('receipt.1', { fundId: into }), 'receipt.1'],
    ['of another kind', entryOf('back.1', { kind: 'carry-out' }), 'back.1'],
    ['that undoes another receipt', entryOf('undoing.1', { reverses: 'receipt.1' }), 'undoing.1'],
    ['that undoes nothing', entries.map(({ reverses: _none, ...entry }) => entry), 'undoing.1'],
    ['that came in elsewhere than agreed', entryOf('carry.2', { fundId: entries[0]!.fundId }), 'carry.1'],
  ])('%s', (_, wrong, entryId) => {
    expect(prove(wrong)[0]).toEqual({ item: `ledger-entry#${entryId}`, code: 'not-agreed' });
  });

  test.each([
    ['that its proposal does not tell of', proposalOf('receipt', { entryIds: ['another'] })],
    ['that waits for its second person', proposalOf('receipt', { status: 'proposed' })],
    ['that was rejected', proposalOf('receipt', { status: 'rejected' })],
  ])('%s', (_, wrong) => {
    expect(prove(entries, wrong)[0]).toEqual({ item: 'ledger-entry#receipt.1', code: 'not-agreed' });
  });

  test.each([
    ['names another half', { counterpart: { fundId: into, entryId: 'receipt.1' } }, 'carry.1'],
    ['names its half in another fund', { counterpart: { fundId: entries[0]!.fundId, entryId: 'carry.2' } }, 'carry.1'],
    ['is not what came in', { amountFen: fen(199) }, 'carry.1'],
  ] as const)('and one that was carried over and %s', (_, over, entryId) => {
    expect(prove(entryOf('carry.1', over))[0]).toEqual({ item: `ledger-entry#${entryId}`, code: 'not-agreed' });
  });

  test('but what moves within a fund needs no proposal', () => {
    const { proposalId: _none, ...reserve } = {
      ...entries[0]!,
      entryId: 'r',
      kind: 'reserve',
      from: 'available',
      to: 'reserved',
    } as const;
    expect(prove([...entries, reserve])).toEqual([]);
  });
});

describe('a proposal is named', () => {
  test('that an entry names and that is not there', () => {
    const gone = prove(
      entries,
      proposals.filter(({ proposalId }) => proposalId !== 'receipt'),
    );
    expect(gone[0]).toEqual({ item: 'proposal#receipt', code: 'missing' });
    const carried = prove(
      entries,
      proposals.filter(({ proposalId }) => proposalId !== 'carry'),
    );
    expect(carried.filter(({ code }) => code === 'missing')).toHaveLength(1);
  });

  test.each([
    ['receipt', 'whose entry was taken out', entries.filter(({ entryId }) => entryId !== 'receipt.1'), proposals],
    ['carry', 'of whose entries one is lost', entries, proposalOf('carry', { entryIds: ['carry.1'] })],
    [
      'rejected',
      'that was rejected and moved money',
      [...entries, { ...entries[0]!, entryId: 'x' }],
      proposalOf('rejected', { entryIds: ['x'] }),
    ],
    ['wrong', 'that counts though it was undone', entries, proposalOf('wrong', { status: 'confirmed' })],
    ['receipt', 'that is undone by nothing', entries, proposalOf('receipt', { status: 'undone' })],
    [
      'receipt',
      'that is undone by what undoes nothing',
      entries,
      proposalOf('receipt', { status: 'undone', undoneBy: proposalIdSchema.parse('back') }),
    ],
    ['wrong', 'that is undone by what nobody agreed to', entries, proposalOf('undoing', { status: 'proposed' })],
  ] as const)('%s %s', (id, _, ledger, agreed) => {
    expect(prove(ledger, agreed)).toContainEqual({ item: `proposal#${id}`, code: 'entry-differs' });
  });

  test.each([
    ['receipt', proposalOf('receipt', { settledBy: person('finance-1') })],
    ['rejected', proposalOf('rejected', { settledBy: person('finance-1') })],
    ['waiting', proposalOf('waiting', { settledBy: person('finance-2') })],
    [
      'receipt',
      proposals.map(({ settledBy, ...each }) =>
        each.proposalId === 'receipt' || settledBy === undefined ? each : { ...each, settledBy },
      ),
    ],
  ])('%s that two people do not stand behind', (id, wrong) => {
    expect(prove(entries, wrong)).toEqual([{ item: `proposal#${id}`, code: 'not-four-eyes' }]);
  });

  test('that stands on the voucher of another', () => {
    const wanted = { ...proposals.find(({ proposalId }) => proposalId === 'receipt')!.wanted };
    if (!('voucher' in wanted)) throw new Error('a receipt without a voucher');
    const taken = proposalOf('receipt', { wanted: { ...wanted, voucher: { ...wanted.voucher, number: ' v－2' } } });
    expect(prove(entries, taken)).toEqual([{ item: 'proposal#right', code: 'voucher-twice' }]);
    // One that nobody agreed to takes none.
    const waits = proposalOf('waiting', { wanted });
    expect(prove(entries, waits)).toEqual([]);
  });
});
