import type { LedgerEntry } from '../funds/fund.ts';
import { amountOf, type Proposal } from '../funds/proposal.ts';
import { type Fault, fault } from './fault.ts';

/** Money comes into a fund, or leaves it for elsewhere, by what two people agreed to, once and to the fen. */
export function proveProposals(entries: readonly LedgerEntry[], proposals: ReadonlyMap<string, Proposal>): Fault[] {
  const fromOutside = entries.filter(({ from, to }) => from === 'outside' || to === 'outside');
  const unfounded = fromOutside.filter((entry) => !isAgreed(entry, proposals.get(entry.proposalId ?? '')));
  const written = new Set(entries.map(({ entryId }) => entryId));
  const agreed = [...proposals.values()].filter(({ status }) => status === 'confirmed' || status === 'undone');
  const lost = agreed.filter(({ entryIds }) => entryIds.some((entryId) => !written.has(entryId)));
  return [
    ...unfounded.map(({ entryId }) => fault(`ledger-entry#${entryId}`, 'not-agreed')),
    ...fromOutside.flatMap(({ proposalId }) =>
      proposalId === undefined || proposals.has(proposalId) ? [] : [fault(`proposal#${proposalId}`, 'missing')],
    ),
    ...lost.map(({ proposalId }) => fault(`proposal#${proposalId}`, 'entry-differs')),
  ];
}

const isAgreed = ({ entryId, amountFen }: LedgerEntry, proposal: Proposal | undefined): boolean =>
  proposal !== undefined &&
  (proposal.status === 'confirmed' || proposal.status === 'undone') &&
  proposal.entryIds.includes(entryId) &&
  amountOf(proposal) === amountFen &&
  proposal.settledBy !== undefined &&
  proposal.settledBy !== proposal.proposedBy;
