import { webHandler } from '../../middleware/web-handler.tsx';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { financeApp } from './finance-app.tsx';

export const handler = webHandler(async () => financeApp(await theStaffDeps()));
