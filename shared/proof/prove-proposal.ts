import type { EntryKind, LedgerEntry } from '../funds/fund.ts';
import { amountOf, type Proposal } from '../funds/proposal.ts';
import { voucherKey } from '../funds/receipt.ts';
import { type Fault, fault } from './fault.ts';

/** Money comes into a fund, or leaves it for elsewhere, by what two people agreed to, once, to the fen and on a voucher of its own. */
export function proveProposals(entries: readonly LedgerEntry[], proposals: ReadonlyMap<string, Proposal>): Fault[] {
  const written = new Map(entries.map((entry) => [entry.entryId, entry]));
  const unfounded = entries
    .filter(({ from, to }) => from === 'outside' || to === 'outside')
    .filter((entry) => !isAgreed(entry, proposals) || !isPaired(entry, written));
  const named = entries.flatMap(({ proposalId }) => proposalId ?? []);
  const missing = [...new Set(named)].filter((proposalId) => !proposals.has(proposalId));
  const all = [...proposals.values()];
  const lost = all.filter((proposal) => !hasEntries(proposal, written, proposals));
  return [
    ...missing.map((proposalId) => fault(`proposal#${proposalId}`, 'missing')),
    ...unfounded.map(({ entryId }) => fault(`ledger-entry#${entryId}`, 'not-agreed')),
    ...lost.map(({ proposalId }) => fault(`proposal#${proposalId}`, 'entry-differs')),
    ...all.filter((each) => !isByTwo(each)).map(({ proposalId }) => fault(`proposal#${proposalId}`, 'not-four-eyes')),
    ...proveVouchers(all),
  ];
}

const isDone = ({ status }: Proposal): boolean => status === 'confirmed' || status === 'undone';

/** One proposes, and another settles it, whichever way. */
const isByTwo = ({ status, proposedBy, settledBy }: Proposal): boolean =>
  status === 'proposed' ? settledBy === undefined : settledBy !== undefined && settledBy !== proposedBy;

/** The entries that a kind of proposal writes. */
const kindsOf: Readonly<Record<Proposal['wanted']['kind'], readonly EntryKind[]>> = {
  open: [],
  change: [],
  receipt: ['receipt'],
  'undo-receipt': ['undo-receipt'],
  'hand-back': ['hand-back'],
  'carry-over': ['carry-out', 'carry-in'],
};

function isAgreed(entry: LedgerEntry, proposals: ReadonlyMap<string, Proposal>): boolean {
  const proposal = proposals.get(entry.proposalId ?? '');
  if (proposal === undefined || !isDone(proposal)) return false;
  const { wanted, entryIds, fundId } = proposal;
  const intoFund = wanted.kind === 'carry-over' && entry.kind === 'carry-in' ? wanted.into : fundId;
  const receipt = wanted.kind === 'undo-receipt' ? proposals.get(wanted.receiptId) : undefined;
  const isOfReceipt = wanted.kind !== 'undo-receipt' || receipt?.entryIds.includes(entry.reverses ?? '') === true;
  return (
    entryIds.includes(entry.entryId) &&
    kindsOf[wanted.kind].includes(entry.kind) &&
    entry.fundId === intoFund &&
    amountOf(proposal) === entry.amountFen &&
    isOfReceipt
  );
}

/** What left one fund for another came in there, and the two name each other. */
function isPaired(
  { entryId, counterpart, amountFen }: LedgerEntry,
  written: ReadonlyMap<string, LedgerEntry>,
): boolean {
  if (counterpart === undefined) return true;
  const other = written.get(counterpart.entryId);
  const isMutual = other?.counterpart?.entryId === entryId && other.fundId === counterpart.fundId;
  return isMutual && other.amountFen === amountFen;
}

/** What was agreed to was entered, all of it; what was not was not. A receipt counts as undone if somebody agreed to its undoing. */
function hasEntries(
  proposal: Proposal,
  written: ReadonlyMap<string, LedgerEntry>,
  proposals: ReadonlyMap<string, Proposal>,
): boolean {
  const { wanted, entryIds, undoneBy } = proposal;
  const wantedEntries = isDone(proposal) ? kindsOf[wanted.kind].length : 0;
  const undoing = proposals.get(undoneBy ?? '');
  const isUndone = undoing?.status === 'confirmed' && undoing.wanted.kind === 'undo-receipt';
  return (
    entryIds.length === wantedEntries &&
    entryIds.every((entryId) => written.has(entryId)) &&
    (proposal.status === 'undone') === (undoneBy !== undefined) &&
    (undoneBy === undefined || isUndone)
  );
}

/** A voucher 凭证 stands for one movement of money. One whose receipt was undone is free for the receipt as it should have been. */
function proveVouchers(proposals: readonly Proposal[]): Fault[] {
  const seen = new Set<string>();
  return proposals.flatMap(({ proposalId, status, wanted }) => {
    if (status !== 'confirmed' || !('voucher' in wanted)) return [];
    const key = voucherKey(wanted.voucher);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst ? [] : [fault(`proposal#${proposalId}`, 'voucher-twice')];
  });
}
