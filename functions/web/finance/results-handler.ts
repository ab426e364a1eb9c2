import { webHandler } from '../../middleware/web-handler.tsx';
import { resultsApp } from './results-app.tsx';
import { theFinanceDeps } from './wire-finance.ts';

export const handler = webHandler(async () => resultsApp(await theFinanceDeps()));
