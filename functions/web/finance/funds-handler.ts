import { webHandler } from '../../middleware/web-handler.tsx';
import { fundsApp } from './funds-app.tsx';
import { theFundDeps } from './wire-funds.ts';
import { originOf } from './wire-scans.ts';

let evidenceOrigin = '';

async function openApp() {
  const deps = await theFundDeps();
  evidenceOrigin = await originOf(deps);
  return fundsApp(deps);
}

export const handler = webHandler(openApp, { evidenceOrigin: () => evidenceOrigin });
