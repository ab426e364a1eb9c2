import type { Wanted } from '../../shared/funds/proposal.ts';
import { propose } from '../../shared/funds/propose.ts';
import { settleProposal } from '../../shared/funds/settle-proposal.ts';
import type { TreasuryDecided } from '../../shared/funds/treasury.ts';
import { type FundId, type ProposalId, proposalIdSchema } from '../../shared/kernel/ids.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { fundsAfter, type World } from './case-world.ts';
import { scanned } from './scans.ts';

export type TreasuryDesk = ReturnType<typeof treasuryDesk>;

/** What two persons agree on about the funds of a world in memory, written as the store does. */
export function treasuryDesk(world: World) {
  const member = (who: string): StaffMember => world.staff.find(({ personId }) => personId === who)!;
  const tell = (decided: TreasuryDecided): string => {
    if (decided.kind === 'refused') return decided.code;
    if (decided.kind === 'unchanged') return decided.kind;
    const { proposals, entries, terms: set } = decided.change;
    const moved = fundsAfter(world.funds, entries);
    if (moved === undefined) return 'not-covered';
    const funds = moved.map((fund) => (fund.fundId === set?.fundId ? { ...fund, ...set.terms } : fund));
    const known = new Map(world.proposals.map((each) => [each.proposalId, each]));
    for (const each of proposals) known.set(each.proposalId, { ...each, version: each.version + 1 });
    world.proposals = [...known.values()];
    world.funds = funds;
    world.entries.push(...entries);
    return 'done';
  };
  return {
    propose: (who: string, fundId: FundId, wanted: Wanted, id: string = world.newId()): string =>
      tell(
        propose(
          world,
          { proposalId: proposalIdSchema.parse(id), fundId, wanted: scanned(wanted) },
          { member: member(who), now: world.now },
        ),
      ),
    settle: (who: string, proposalId: ProposalId, confirms: boolean): string => {
      const by = { member: member(who), now: world.now };
      return tell(
        confirms
          ? settleProposal(world, { proposalId, confirms }, by)
          : settleProposal(world, { proposalId, confirms, reason: '凭证不符' }, by),
      );
    },
  };
}
