import { recoveriesByStatus } from '../../../shared/store/recovery-store.ts';
import { changeTreasury, listProposals } from '../../../shared/store/treasury-store.ts';
import { theActDeps } from '../../middleware/wiring.ts';
import { theStaffDeps } from '../staff/wire-staff.ts';
import type { FundDeps } from './fund-deps.ts';
import { theScans } from './wire-scans.ts';

/** The parts of the funds' app, wired to what the environment names. */
export async function theFundDeps(): Promise<FundDeps> {
  const { store, send } = theActDeps();
  return {
    ...(await theStaffDeps()),
    ...theScans('vouchers/'),
    recoveries: (status, options) => recoveriesByStatus(store, status, options),
    proposals: (fundId) => listProposals(store, fundId),
    changeTreasury: async (decide) => {
      const outcome = await changeTreasury(store, decide);
      if (outcome.kind === 'saved') await send(outcome.outbox);
      return outcome;
    },
  };
}
