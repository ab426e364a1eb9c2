import type { ProposalId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import { localDateOf } from '../kernel/time.ts';
import { type EntryKind, type LedgerEntry, routeOfEntry } from './fund.ts';
import type { Proposal, ProposalAction } from './proposal.ts';
import { proposalLifecycle } from './proposal.ts';
import { faultOfWanted } from './propose.ts';
import { voucherKey } from './receipt.ts';
import {
  type ByTreasurer,
  refusedTreasury,
  type Treasury,
  type TreasuryChange,
  type TreasuryDecided,
} from './treasury.ts';
import { isSecondTreasurer, treasurerRole } from './treasurer.ts';

type Settled = { readonly proposalId: ProposalId } & (
  | { readonly confirms: true }
  | { readonly confirms: false; readonly reason: string }
);

/**
 * A second person confirms or rejects what was proposed. With the confirmation the money moves, or the terms count, in the same write.
 * All that was asked at the proposal is asked again: the fund may have been drawn on meanwhile. Refused: `same-person`,
 * `settled-before`, `reason-missing`, and as `propose`.
 */
export function settleProposal(treasury: Treasury, settled: Settled, { member, now }: ByTreasurer): TreasuryDecided {
  const today = localDateOf(now);
  if (treasurerRole(member, today) === undefined) return refusedTreasury('not-allowed');
  const proposal = treasury.proposals.find((each) => each.proposalId === settled.proposalId);
  if (proposal === undefined) return refusedTreasury('unknown-proposal');
  const action: ProposalAction = settled.confirms ? 'confirm' : 'reject';
  const moved = transition(proposalLifecycle, proposal.status, action);
  if (!moved.ok) {
    const isOwn = proposal.settledBy === member.personId && (proposal.status !== 'rejected') === settled.confirms;
    return isOwn ? { kind: 'unchanged', proposal } : refusedTreasury('settled-before');
  }
  if (!isSecondTreasurer(member, proposal, today)) return refusedTreasury('same-person');
  const done: Proposal = { ...proposal, status: moved.value, settledBy: member.personId, settledAt: now };
  const by = { by: member.personId, at: now };
  if (!settled.confirms) {
    const rejectedBecause = settled.reason.trim();
    if (rejectedBecause === '') return refusedTreasury('reason-missing');
    return { kind: 'changed', change: { proposals: [{ ...done, rejectedBecause }], entries: [], ...by } };
  }
  const fault = faultOfWanted(treasury, proposal.fundId, proposal.wanted, today, proposal.proposalId);
  return fault ?? { kind: 'changed', change: { ...effectOf(treasury, done), ...by } };
}

/** What a confirmed proposal moves or sets. */
function effectOf(treasury: Treasury, done: Proposal): Omit<TreasuryChange, 'by' | 'at'> {
  const { wanted, fundId, proposalId } = done;
  switch (wanted.kind) {
    case 'open':
    case 'change':
      return { proposals: [done], entries: [], terms: { fundId, terms: termsFor(treasury, done), proposalId } };
    case 'receipt':
      return { ...moving(done, [entryOf(done, 'receipt', wanted)]), ...takes(done) };
    case 'hand-back':
      return { ...moving(done, [entryOf(done, 'hand-back', wanted)]), ...takes(done) };
    case 'undo-receipt':
      return undoing(treasury, done, wanted.receiptId);
    case 'carry-over': {
      const out = entryOf(done, 'carry-out', wanted);
      const into = { ...entryOf(done, 'carry-in', wanted, 2), fundId: wanted.into };
      const names = ({ fundId: ofFund, entryId }: LedgerEntry) => ({ counterpart: { fundId: ofFund, entryId } });
      return moving(done, [
        { ...out, ...names(into) },
        { ...into, ...names(out) },
      ]);
    }
    default:
      return wanted satisfies never;
  }
}

const moving = (done: Proposal, entries: readonly LedgerEntry[]) => ({
  proposals: [{ ...done, entryIds: entries.map(({ entryId }) => entryId) }],
  entries,
});

const takes = ({ wanted }: Proposal): Pick<TreasuryChange, 'takesVoucher'> =>
  'voucher' in wanted ? { takesVoucher: voucherKey(wanted.voucher) } : {};

/** The receipt keeps its entry; the new one names it. Its voucher is free for the receipt as it should have been. */
function undoing(treasury: Treasury, done: Proposal, receiptId: ProposalId) {
  const receipt = treasury.proposals.find((each) => each.proposalId === receiptId);
  const [entryId] = receipt?.entryIds ?? [];
  if (receipt === undefined || receipt.wanted.kind !== 'receipt' || entryId === undefined)
    throw new Error(`receipt ${receiptId} was confirmed without an entry`);
  const undone = transition(proposalLifecycle, receipt.status, 'undo');
  if (!undone.ok) throw new Error(`receipt ${receiptId} cannot be undone from ${undone.error.from}`);
  const entry = { ...entryOf(done, 'undo-receipt', receipt.wanted), reverses: entryId };
  const moved = moving(done, [entry]);
  return {
    proposals: [...moved.proposals, { ...receipt, status: undone.value, undoneBy: done.proposalId }],
    entries: moved.entries,
    freesVoucher: voucherKey(receipt.wanted.voucher),
  };
}

/** The source of a fund never changes: money of one giver does not become another's. */
function termsFor(treasury: Treasury, { wanted, fundId }: Proposal) {
  if (wanted.kind !== 'open' && wanted.kind !== 'change') throw new Error('only these set terms');
  const before = treasury.funds.find((each) => each.fundId === fundId);
  return before === undefined ? wanted.terms : { ...wanted.terms, source: before.source };
}

/** The ids of its entries are made of the proposal's own, so that they are the same however often it is worked out. */
function entryOf(
  { proposalId, fundId, settledAt, settledBy }: Proposal,
  kind: EntryKind,
  { amountFen }: Pick<LedgerEntry, 'amountFen'>,
  number = 1,
): LedgerEntry {
  if (settledAt === undefined || settledBy === undefined) throw new Error('only what was settled moves money');
  const entryId = `${proposalId}.${number}`;
  return { entryId, fundId, kind, ...routeOfEntry(kind), amountFen, proposalId, at: settledAt, by: settledBy };
}
