import { expect } from 'vitest';
import type { CaseFile } from '../../shared/cases/case-file.ts';
import { isClaim } from '../../shared/cases/recovery.ts';
import { isWithBank } from '../../shared/disbursement/payout.ts';
import type { LedgerEntry } from '../../shared/funds/fund.ts';

const total = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);

/** What a fund's payments of these cases have given back, by what the cases say. */
export const refundedOf = (files: readonly CaseFile[], fundId: string): number =>
  total(
    files.flatMap(({ payouts, recoveries }) => {
      const ofFund = new Set(payouts.filter((payout) => payout.fundId === fundId).map(({ payoutId }) => payoutId));
      return recoveries
        .flatMap(({ repayments }) => repayments.filter(({ status }) => status === 'confirmed'))
        .flatMap(({ refunds }) => refunds.filter(({ payoutId }) => ofFund.has(payoutId)))
        .map(({ amountFen }) => amountFen);
    }),
  );

/**
 * What is owed is what was claimed, less what was paid back and what was waived. `file` as the bank sees it: nothing is claimed
 * that is not with the payee, and of a case that ended without help all is.
 */
export function checkOwed(entries: readonly LedgerEntry[], file: CaseFile): void {
  const { case: theCase, recoveries, payouts } = file;
  const claims = recoveries.filter(({ status }) => isClaim(status));
  const claimedFen = total(claims.map(({ owedFen }) => owedFen));
  const repaidFen = total(recoveries.map(({ recoveredFen }) => recoveredFen));
  const waived = recoveries.filter(({ status }) => status === 'waived');
  const waivedFen = total(waived.map(({ owedFen, recoveredFen }) => owedFen - recoveredFen));
  expect(theCase.owedFen ?? 0).toBe(claimedFen - repaidFen - waivedFen);
  expect(theCase.owedFen).not.toBe(0);

  for (const { owedFen, recoveredFen, status, repayments, ...claim } of recoveries) {
    const confirmed = repayments.filter((each) => each.status === 'confirmed');
    expect(total(confirmed.map(({ amountFen }) => amountFen))).toBe(recoveredFen);
    expect(recoveredFen).toBeLessThanOrEqual(owedFen);
    expect(status === 'settled').toBe(isClaim(status) && recoveredFen === owedFen && status !== 'waived');
    for (const { recordedBy, confirmedBy } of confirmed) expect(confirmedBy).not.toBe(recordedBy);
    if (status === 'waived') expect(claim.waivedBy).not.toBe(claim.waiverBy);
    if (claim.cause === 'overpayment' && isClaim(status)) expect(claim.agreedBy).not.toBe(claim.proposedBy);
  }

  const refunds = entries.filter(({ kind, caseId }) => kind === 'refund' && caseId === theCase.caseId);
  expect(total(refunds.map(({ amountFen }) => amountFen))).toBe(repaidFen);
  for (const { payoutId, status, amountFen } of payouts) {
    const back = total(refunds.filter((entry) => entry.payoutId === payoutId).map((entry) => entry.amountFen));
    expect(back).toBeLessThanOrEqual(status === 'paid' ? amountFen : 0);
  }

  if (theCase.closedAt === undefined) return;
  const goneFen = total(payouts.filter(isWithBank).map(({ amountFen }) => amountFen));
  expect(claimedFen).toBeLessThanOrEqual(goneFen);
  if (theCase.status !== 'paid') expect(claimedFen).toBe(goneFen);
  else expect(goneFen - claimedFen).toBeLessThanOrEqual(theCase.approvedFen ?? 0);
}
