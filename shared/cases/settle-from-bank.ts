import type { RowProblem, Settlement } from '../disbursement/bank-result/bank-result.ts';
import { type Payout, plainBankReference } from '../disbursement/payout.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { Already } from './batch-payout.ts';
import type { Around, CaseFile, Changes, Decided, RefusalCode } from './case-file.ts';
import { confirmPayout, failPayout, returnPayout } from './settle-payout.ts';

/**
 * One row of a bank's result, by whoever applied it and under the rules by which they would enter it by hand. What it says is done
 * already if the payment carries this reference, or was sent back, and nobody has undone that: carried twice, it changes nothing.
 */
export function settleFromBank(
  file: CaseFile,
  around: Around,
  personId: PersonId,
  { payoutId, action, bankReference = '', paidOn, reason = '' }: Settlement,
): Decided | Already {
  const payout = file.payouts.find((each) => each.payoutId === payoutId);
  const by = { personId, payoutId };
  switch (action) {
    case 'confirm': {
      const known = plainBankReference(payout?.bankReference ?? '');
      if (known !== '' && known === plainBankReference(bankReference)) return { kind: 'nothing' };
      if (paidOn === undefined) return { kind: 'refused', code: 'paid-on-impossible' };
      return confirmPayout(file, around, { ...by, bankReference, paidOn });
    }
    case 'fail':
      return isSentBack(payout, false) ? { kind: 'nothing' } : failPayout(file, around, { ...by, reason });
    case 'return':
      return isSentBack(payout, true) ? { kind: 'nothing' } : returnPayout(file, around, { ...by, reason });
    default:
      return action satisfies never;
  }
}

/** The bank refused it, or returned what it had paid; a new attempt may have replaced it since. */
const isSentBack = (payout: Payout | undefined, wasPaid: boolean): boolean =>
  payout?.failureReason !== undefined && (payout.bankReference !== undefined) === wasPaid;

/** Why a row settled nothing, of a refusal of the payment it speaks of. */
export function problemOf(code: RefusalCode): RowProblem {
  if (code === 'same-person' || code === 'barred-by-interest' || code === 'not-allowed') return 'barred';
  if (code === 'bank-reference-used') return 'reference-used';
  if (code === 'bank-reference-missing') return 'reference-missing';
  if (code === 'paid-on-impossible') return 'date-impossible';
  return code === 'not-possible-now' ? 'already-settled' : 'not-possible';
}

/** Where the bank gives no reason, whoever applies the rows says so in words; before that it is tried with any. */
const reasonToCome = '-';

/** What each of these rows of one case would come to, one after the other, if they were applied now. Nothing is written. */
export function trySettlements(
  file: CaseFile,
  around: Around,
  personId: PersonId,
  settlements: readonly Settlement[],
): readonly { readonly settlement: Settlement; readonly problem: RowProblem | undefined }[] {
  let now = file;
  return settlements.map((settlement) => {
    const decided = settleFromBank(now, around, personId, { ...settlement, reason: settlement.reason ?? reasonToCome });
    if (decided.kind === 'refused') return { settlement, problem: problemOf(decided.code) };
    if (decided.kind === 'changed') now = afterwards(now, decided.changes);
    return { settlement, problem: undefined };
  });
}

/** The file as the next row finds it. */
function afterwards(file: CaseFile, { case: theCase, payouts = [], awards = [], requests = [] }: Changes): CaseFile {
  const merged = <T>(before: readonly T[], changed: readonly T[], idOf: (thing: T) => string): T[] => [
    ...new Map([...before, ...changed].map((thing) => [idOf(thing), thing])).values(),
  ];
  return {
    ...file,
    case: theCase,
    payouts: merged(file.payouts, payouts, ({ payoutId }) => payoutId),
    awards: merged(file.awards, awards, ({ awardId }) => awardId),
    requests: merged(file.requests, requests, ({ requestId }) => requestId),
  };
}
