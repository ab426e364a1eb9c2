import { webHandler } from '../../middleware/web-handler.tsx';
import { resultsApp } from './results-app.tsx';
import { theBankResultDeps } from './wire-bank-results.ts';

export const handler = webHandler(async () => resultsApp(await theBankResultDeps()));
