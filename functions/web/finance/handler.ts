import { webHandler } from '../../middleware/web-handler.tsx';
import { theFinanceDeps } from './wire-finance.ts';
import { financeApp } from './finance-app.tsx';

export const handler = webHandler(async () => financeApp(await theFinanceDeps()));
