import { webHandler } from '../../middleware/web-handler.tsx';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { approverApp } from './approver-app.tsx';

export const handler = webHandler(async () => approverApp(await theStaffDeps()));
