import type { Changes } from '../cases/case-file.ts';
import { plainAccount } from '../disbursement/bank-order.ts';
import type { PayeeHistory } from '../disbursement/payee-warnings.ts';
import type { Payout, PayoutStatus } from '../disbursement/payout.ts';
import type { HouseholdId, PersonId } from '../kernel/ids.ts';
import type { Store } from './open-store.ts';
import type { Write } from './transact.ts';

/** A keyed digest of who is paid where, kept by a batch to find a change after it was made. */
export const payeeDigest = (store: Store, { holderName, bankName, accountNumber }: Payout['payee']): Promise<string> =>
  store.keyRing.searchHash('payee', JSON.stringify([holderName, bankName, accountNumber]));

const accountHashOf = (store: Store, { accountNumber }: Payout['payee']): Promise<string> =>
  store.keyRing.searchHash('payee-account', plainAccount(accountNumber));

/** What the index tells of: the order, and whether it came to anything. The way between is of no interest here. */
const told: readonly PayoutStatus[] = ['ordered', 'paid', 'failed', 'returned', 'cancelled'];

/** Each payout under the keyed hash of its account, for the questions of whoever makes the next batch. */
export const payeeAccountWrites = (store: Store, changes: Changes): Promise<Write<'none'>[]> =>
  Promise.all(
    (changes.payouts ?? [])
      .filter(({ status }) => told.includes(status))
      .map(async ({ payoutId, payee, status, orderedAt }): Promise<Write<'none'>> => {
        const { householdId, beneficiaryId } = changes.case;
        const accountHash = await accountHashOf(store, payee);
        const item = { accountHash, payoutId, householdId, beneficiaryId, payoutStatus: status, orderedAt };
        return { guards: 'none', of: ({ payeeAccount }) => payeeAccount.put(item).commit() };
      }),
  );

/** What was ordered and paid to this payout's account before, and to its beneficiary. */
export async function payeeHistory(
  store: Store,
  {
    payout,
    householdId,
    beneficiaryId,
  }: {
    readonly payout: Payout;
    readonly householdId: HouseholdId;
    readonly beneficiaryId: PersonId;
  },
): Promise<PayeeHistory> {
  const { payeeAccount } = store.entities;
  const accountHash = await accountHashOf(store, payout.payee);
  const [toAccount, toBeneficiary] = await Promise.all([
    payeeAccount.query.own({ accountHash }).go({ pages: 'all', consistent: true }),
    payeeAccount.query.ofBeneficiary({ beneficiaryId }).go({ pages: 'all', order: 'desc' }),
  ]);
  const others = toAccount.data.filter((each) => each.payoutId !== payout.payoutId);
  const earlier = toBeneficiary.data.filter(
    (each) => each.payoutStatus !== 'cancelled' && each.payoutStatus !== 'ordered' && each.payoutId !== payout.payoutId,
  );
  const [last] = earlier;
  return {
    isOfAnotherHousehold: others.some((each) => each.householdId !== householdId && each.payoutStatus !== 'cancelled'),
    wasPaidBefore: others.some((each) => each.payoutStatus === 'paid'),
    isChanged: last !== undefined && last.accountHash !== accountHash,
  };
}
