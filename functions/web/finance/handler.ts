import { webHandler } from '../../middleware/web-handler.tsx';
import { financeApp } from './finance-app.tsx';
import { theFinanceDeps } from './wire-finance.ts';
import { originOf, theScans } from './wire-scans.ts';

let evidenceOrigin = '';

async function openApp() {
  const scans = theScans('receipts/');
  evidenceOrigin = await originOf(scans);
  return financeApp({ ...(await theFinanceDeps()), ...scans });
}

export const handler = webHandler(openApp, { evidenceOrigin: () => evidenceOrigin });
