import { changeTreasury, listProposals } from '../../../shared/store/treasury-store.ts';
import { webHandler } from '../../middleware/web-handler.tsx';
import { theStore } from '../../middleware/wiring.ts';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { financeApp } from './finance-app.tsx';

export const handler = webHandler(async () => {
  const store = theStore();
  return financeApp({
    ...(await theStaffDeps()),
    proposals: (fundId) => listProposals(store, fundId),
    changeTreasury: (decide) => changeTreasury(store, decide),
  });
});
