import type { LocalDate } from '../kernel/time.ts';
import { holdsRole, type StaffMember } from '../register/staff.ts';
import type { Proposal } from './proposal.ts';

/** As what a person keeps the funds today, if they do. Whoever is of both is of finance. */
export function treasurerRole(member: StaffMember, today: LocalDate): 'finance' | 'office' | undefined {
  if (holdsRole(member, 'finance', today)) return 'finance';
  return holdsRole(member, 'office', today) ? 'office' : undefined;
}

/** Maker and checker: never the same person, and one of the two is of finance. */
export function isSecondTreasurer(
  member: StaffMember,
  { proposedBy, proposedAs }: Pick<Proposal, 'proposedBy' | 'proposedAs'>,
  today: LocalDate,
): boolean {
  if (member.personId === proposedBy) return false;
  const role = treasurerRole(member, today);
  return role === 'finance' || (role === 'office' && proposedAs === 'finance');
}

/** Those who could settle a proposal today. */
export const secondTreasurers = (
  staff: readonly StaffMember[],
  proposal: Pick<Proposal, 'proposedBy' | 'proposedAs'>,
  today: LocalDate,
): StaffMember[] => staff.filter((member) => isSecondTreasurer(member, proposal, today));
