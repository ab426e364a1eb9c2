import { expect } from 'vitest';
import { isPending } from '../../shared/cases/answer-objection.ts';
import type { CaseFile } from '../../shared/cases/case-file.ts';
import { type CaseAction, caseLifecycle, type CaseStatus, caseStatuses } from '../../shared/cases/case-lifecycle.ts';
import { recoveryLifecycle } from '../../shared/cases/recovery.ts';
import { isGone } from '../../shared/cases/with-bank.ts';
import { isSettled, type PayoutStatus, payoutLifecycle } from '../../shared/disbursement/payout.ts';
import type { LedgerEntry } from '../../shared/funds/fund.ts';
import { faultInChain } from '../../shared/kernel/audit.ts';
import { actionsFrom, isEnd, type LifecycleTable } from '../../shared/kernel/lifecycle.ts';
import { objectionLifecycle } from '../../shared/notice/objection.ts';
import type { World } from './case-world.ts';
import { refundedOf } from './recovery-invariants.ts';
import { seedOf } from './small-union.ts';

const total = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);

/** The money of a fund is where the cases and the ledger say it is. `heldFen`: what each fund held on the first day, without an entry. */
export function checkFunds(world: World, heldFen: number): void {
  const files = [...world.files.values()];
  for (const fund of world.funds) {
    const ofFund = (items: readonly { fundId: string; amountFen: number }[]) =>
      total(items.filter(({ fundId }) => fundId === fund.fundId).map(({ amountFen }) => amountFen));
    const paid = ofFund(files.flatMap(({ payouts }) => payouts.filter(({ status }) => status === 'paid')));
    const awards = files.flatMap((file) => file.awards.filter(({ status }) => status !== 'released'));
    const awarded = ofFund(awards.flatMap(({ shares }) => shares));
    expect(fund).toMatchObject({ paidFen: paid - refundedOf(files, fund.fundId), reservedFen: awarded - paid });
    const entered = (account: LedgerEntry['from']) =>
      ofFund(world.entries.filter(({ to }) => to === account)) -
      ofFund(world.entries.filter(({ from }) => from === account));
    expect(fund).toMatchObject({
      ...{ availableFen: heldFen + entered('available'), reservedFen: entered('reserved'), paidFen: entered('paid') },
      fundedFen: heldFen - entered('outside'),
    });
    expect(fund.availableFen + fund.reservedFen + fund.paidFen).toBe(fund.fundedFen);
    expect(Math.min(fund.availableFen, fund.reservedFen, fund.paidFen)).toBeGreaterThanOrEqual(0);
  }
  expect(new Set(world.entries.map(({ entryId }) => entryId)).size).toBe(world.entries.length);
  for (const { settledBy, proposedBy } of world.proposals) expect(settledBy).not.toBe(proposedBy);
}

/** What was reserved for an award and is not its own any more was given back once, to the fen. */
export function checkReleases(world: World, { awards }: CaseFile): void {
  for (const { awardId, status, amountFen } of awards) {
    const own = world.entries.filter((entry) => entry.awardId === awardId);
    const sumOf = (kind: LedgerEntry['kind']) =>
      total(own.filter((entry) => entry.kind === kind).map((entry) => entry.amountFen));
    expect(sumOf('reserve') - sumOf('release')).toBe(status === 'released' ? 0 : amountFen);
  }
}

/** What banks were told, as it was first seen: the members of every released batch. */
export type Told = Map<string, string>;

/** A released batch stays as it was, made and released by two; of one share of an award at most one payment may be with the payee. */
export function checkBank(world: World, told: Told): void {
  const payouts = new Map(
    [...world.files.values()].flatMap((file) => file.payouts.map((payout) => [payout.payoutId, payout] as const)),
  );
  const holders = new Set<string>();
  const effects = new Set<string>();
  for (const { batchId, status, members, madeBy, releasedBy } of world.batches.values()) {
    for (const { payoutId } of status === 'dissolved' ? [] : members.filter(({ isIn }) => isIn)) {
      expect(holders).not.toContain(payoutId);
      holders.add(payoutId);
    }
    if (status !== 'released') continue;
    expect(releasedBy).not.toBe(madeBy);
    const file = JSON.stringify(members);
    expect(told.get(batchId) ?? file).toBe(file);
    told.set(batchId, file);
    for (const { payoutId } of members) {
      const payout = payouts.get(payoutId)!;
      expect(payout.batchId).toBe(batchId);
      // Called off after the bank had refused it, or had sent it back.
      const cameBack =
        isOneOf(payout.status, 'failed', 'returned', 'replaced', 'cancelled') && payout.failureReason !== undefined;
      if (cameBack) continue;
      const share = `${payout.awardId} ${payout.fundId}`;
      expect(effects).not.toContain(share);
      effects.add(share);
      expect(world.files.get(payout.caseId)!.case.status).not.toBe('withdrawn');
    }
  }
  // Nobody is told that a payment was sent which no released batch lists.
  for (const { payoutId, status, batchId } of payouts.values()) {
    if (isOneOf(status, 'sent', 'unknown', 'paid')) expect(told.get(batchId ?? '')).toContain(`"${payoutId}"`);
  }
}

/** The file in which every payment that the bank was told of is sent, also where its own record lags behind. */
export const asTheBankSees = (world: World, file: CaseFile): CaseFile => ({
  ...file,
  payouts: file.payouts.map((payout) =>
    payout.status === 'batched' && isGone(payout, [...world.batches.values()]) ? { ...payout, status: 'sent' } : payout,
  ),
});

const isOneOf = (status: PayoutStatus, ...statuses: PayoutStatus[]): boolean => statuses.includes(status);

/** No share of an award is paid, or can come to be paid, twice; and by no one hand; nor the whole before its papers. */
export function checkPayouts({ case: { papers, programmeId }, awards, payouts, votes }: CaseFile): void {
  for (const award of awards) {
    const ofAward = payouts.filter(({ awardId }) => awardId === award.awardId);
    const alive = ofAward.filter(({ status }) =>
      isOneOf(status, 'ordered', 'batched', 'sent', 'unknown', 'failed', 'returned', 'paid'),
    );
    expect(new Set(alive.map(({ fundId }) => fundId)).size).toBe(alive.length);
    expect(total(alive.map(({ amountFen }) => amountFen))).toBeLessThanOrEqual(award.amountFen);
    expect(total(award.shares.map(({ amountFen }) => amountFen))).toBe(award.amountFen);
    if (award.status === 'paid') expect(ofAward.filter(({ status }) => !isSettled({ status }))).toEqual([]);
    if (award.status === 'released') expect(alive).toEqual([]);
    expect(new Set(award.signedBy).size).toBe(award.signedBy.length);
  }
  const lacks = ['call-out-receipt', 'id-card', 'bank-card'].filter(
    (id) => !papers.some((each) => each.paperId === id),
  );
  const whole = awards.filter(({ kind }) => kind === 'whole').map(({ awardId }) => awardId);
  const isFire = programmeId === seedOf('fire-damage').id;
  for (const { awardId, status } of isFire ? payouts : []) {
    if (whole.includes(awardId) && isOneOf(status, 'batched', 'sent', 'paid')) expect(lacks).toEqual([]);
  }
  // Admitting an objection is clerks' work, and stepping aside decides nothing.
  const deciders = votes
    .filter(({ purpose, verdict }) => purpose !== 'objection-admission' && verdict !== 'recuse')
    .map(({ personId }) => personId);
  for (const { status, batchedBy, settledBy } of payouts) {
    if (status === 'paid') expect(settledBy).not.toBe(batchedBy);
    if (status === 'paid') expect(deciders).not.toContain(settledBy);
  }
}

/** Against its household's cap a case counts for what it was given and has not paid back, an end that owes some of it or none. */
export function checkCap(world: World, { case: { caseId }, awards, recoveries }: CaseFile): void {
  const standing = awards.filter((award) => award.status !== 'released').map(({ amountFen }) => amountFen);
  const given = total(standing) - total(recoveries.map(({ recoveredFen }) => recoveredFen));
  const parts = [...world.tallies.values()].flat().filter((part) => part.caseId === caseId);
  expect(parts.map(({ amountFen }) => amountFen)).toEqual(given === 0 ? [] : [given]);
}

const isOver = (status: CaseStatus): boolean =>
  status === 'lapsed' || status === 'paid' || isEnd(caseLifecycle, status);

/** Nobody decides at two stages of a case, or at two levels. */
export function checkFourEyes({ votes, requests }: CaseFile): void {
  const levels = new Map<string, string>();
  for (const { personId, purpose, requestId, verdict } of votes) {
    if (verdict === 'recuse' || purpose === 'objection-admission') continue;
    const { levelIndex } = requests.find((request) => request.requestId === requestId)!;
    const level = `${purpose} ${levelIndex}`;
    expect(levels.get(personId) ?? level).toBe(level);
    levels.set(personId, level);
  }
}

/** Its last payment came back. Visits are due once all was paid. */
const isPaidAgain = ({ case: { status }, scheduled }: CaseFile): boolean =>
  status === 'in-payment' && scheduled.some(({ kind }) => kind === 'visit');

/** An ended case holds nothing but what is with the bank; one that goes on waits for somebody. No objection is left without answer. */
export function checkEnd(world: World, file: CaseFile): void {
  const { case: theCase, requests, awards, payouts, objections } = asTheBankSees(world, file);
  const { status, closedAt } = theCase;
  if (status !== 'under-objection') expect(objections.filter(isPending)).toEqual([]);
  expect(closedAt !== undefined).toBe(isOver(status));
  expect(requests.filter((each) => each.status === 'open')).toHaveLength(closedAt === undefined ? 1 : 0);
  if (closedAt === undefined) return;
  const shares = awards.filter((award) => award.status !== 'released').flatMap((award) => award.shares);
  const sumOf = (...statuses: PayoutStatus[]) =>
    total(payouts.filter((each) => isOneOf(each.status, ...statuses)).map(({ amountFen }) => amountFen));
  expect(total(shares.map(({ amountFen }) => amountFen)) - sumOf('paid')).toBe(sumOf('sent', 'unknown'));
  expect(sumOf('ordered', 'batched', 'failed', 'returned')).toBe(0);
  if (status === 'withdrawn') expect(sumOf('sent', 'unknown', 'paid')).toBe(0);
}

/** Each thing is due once; of a case that came to nothing, only what is with the bank still is. */
export function checkSchedule(file: CaseFile): void {
  const { scheduled, payouts } = file;
  const { status, closedAt } = file.case;
  expect(new Set(scheduled.map(({ itemId }) => itemId)).size).toBe(scheduled.length);
  for (const item of scheduled.filter((each) => each.status === 'waiting')) {
    if (item.kind === 'visit') expect(status === 'paid' || isPaidAgain(file)).toBe(true);
    if (item.kind === 'chain') expect(closedAt).toBeUndefined();
    if (item.kind === 'paper') expect(closedAt === undefined || status === 'paid').toBe(true);
    if (item.kind === 'advance-payment') {
      const left = payouts.filter(({ awardId }) => awardId === item.awardId);
      expect(left.some((payout) => !isSettled(payout))).toBe(true);
    }
  }
}

/** Every move that the audit trail tells is one of the lifecycle's, each from where the last one led; and no link of it is broken. */
export function checkTrail(world: World, file: CaseFile): void {
  const events = world.audit.get(file.case.caseId)!;
  expect(faultInChain(events, file.case.audit)).toBeUndefined();
  let status: CaseStatus = 'submitted';
  for (const { event, details } of events) {
    const action = actions.find((each) => event === `case-${each}`);
    if (action === undefined) continue;
    expect(details).toEqual({ from: status, to: caseLifecycle[status][action] });
    status = caseLifecycle[status][action]!;
  }
  expect(file.case.status).toBe(status);
}

const actions: CaseAction[] = [...new Set(caseStatuses.flatMap((status) => actionsFrom(caseLifecycle, status)))];

/** Where a lifecycle leads to from a status, in any number of steps: one write may take several. */
function reachable<Status extends string, Action extends string>(
  table: LifecycleTable<Status, Action>,
  from: Status,
): Set<Status> {
  const found = new Set([from]);
  for (const status of found) for (const action of actionsFrom(table, status)) found.add(table[status][action]!);
  return found;
}

export function checkMoves(before: CaseFile, after: CaseFile): void {
  if (after === before) return;
  expect(after.case.version).toBeGreaterThan(before.case.version);
  for (const { payoutId, status } of before.payouts) {
    const now = after.payouts.find((each) => each.payoutId === payoutId)!.status;
    expect(reachable(payoutLifecycle, status)).toContain(now);
  }
  for (const { recoveryId, status } of before.recoveries) {
    const now = after.recoveries.find((each) => each.recoveryId === recoveryId)!.status;
    expect(reachable(recoveryLifecycle, status)).toContain(now);
  }
  for (const { objectionId, status } of before.objections) {
    const now = after.objections.find((each) => each.objectionId === objectionId)!.status;
    expect(reachable(objectionLifecycle, status)).toContain(now);
  }
}
