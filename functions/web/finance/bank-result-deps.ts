import type { FinanceDeps } from './deps.ts';
import type { ResultsPort } from './results-port.ts';

/** The pages of what banks said besides take the files in which they say it. */
export type BankResultDeps = FinanceDeps & { readonly results: ResultsPort };
