import { batchesByStatus } from '../../../shared/store/batch-store.ts';
import { recoveriesByStatus } from '../../../shared/store/recovery-store.ts';
import { listProposals } from '../../../shared/store/treasury-store.ts';
import { webHandler } from '../../middleware/web-handler.tsx';
import { theStore } from '../../middleware/wiring.ts';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { officeApp } from './office-app.tsx';

export const handler = webHandler(async () =>
  officeApp({
    ...(await theStaffDeps()),
    proposals: () => listProposals(theStore()),
    recoveries: (status, options) => recoveriesByStatus(theStore(), status, options),
    madeBatches: (options) => batchesByStatus(theStore(), 'made', options),
  }),
);
