import { carryBankResult, resultPort } from '../../middleware/carry-bank-result.ts';
import { sendItems } from '../../middleware/send-outbox.ts';
import { theActDeps, theOutboxDeps } from '../../middleware/wiring.ts';
import type { BankResultDeps } from './bank-result-deps.ts';
import { resultsOfStore } from './results-port.ts';
import { theFinanceDeps } from './wire-finance.ts';

/** The parts of the app for banks' results, wired to what the environment names. They are in no other bundle of finance's. */
export async function theBankResultDeps(): Promise<BankResultDeps> {
  const act = theActDeps();
  const outbox = theOutboxDeps();
  return {
    ...(await theFinanceDeps()),
    results: resultsOfStore(act.store, (items, known) =>
      sendItems({ ...outbox, carryResult: (resultId) => carryBankResult(resultPort(act), resultId, known) }, items),
    ),
  };
}
