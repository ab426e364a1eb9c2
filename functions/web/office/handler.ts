import { webHandler } from '../../middleware/web-handler.tsx';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { officeApp } from './office-app.tsx';

export const handler = webHandler(async () => officeApp(await theStaffDeps()));
