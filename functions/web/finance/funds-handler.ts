import { webHandler } from '../../middleware/web-handler.tsx';
import { fundsApp } from './funds-app.tsx';
import { theFundDeps } from './wire-funds.ts';

export const handler = webHandler(async () => fundsApp(await theFundDeps()));
