import { webHandler } from '../../middleware/web-handler.tsx';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { accountApp } from './account-app.tsx';

export const handler = webHandler(async () => accountApp(await theStaffDeps()));
