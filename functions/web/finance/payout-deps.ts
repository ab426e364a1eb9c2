import type { FinanceDeps } from './deps.ts';
import type { ScanDeps } from './scan-upload.tsx';

/** One payment's page besides takes the bank's receipt. */
export type PayoutDeps = FinanceDeps & ScanDeps;
