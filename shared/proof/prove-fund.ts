import { type Fund, type FundAccount, type LedgerEntry, routeOfEntry } from '../funds/fund.ts';
import { type Fault, fault } from './fault.ts';

/** Each fund balances, and its balances are the sums of its entries 资金账实相符. Entries in any order. */
export function proveFund(fund: Fund, entries: readonly LedgerEntry[]): Fault[] {
  const { fundId, fundedFen, availableFen, reservedFen, paidFen } = fund;
  const name = `fund#${fundId}`;
  const faults: Fault[] = [];
  if (availableFen + reservedFen + paidFen !== fundedFen) faults.push(fault(name, 'fund-unbalanced'));
  const sums: Record<FundAccount, number> = { outside: 0, available: 0, reserved: 0, paid: 0 };
  for (const entry of entries) {
    const route = routeOfEntry(entry.kind);
    const isAstray = entry.from !== route.from || entry.to !== route.to || entry.fundId !== fundId;
    if (isAstray || entry.amountFen <= 0) faults.push(fault(`ledger-entry#${entry.entryId}`, 'entry-astray'));
    sums[entry.from] -= entry.amountFen;
    sums[entry.to] += entry.amountFen;
  }
  faults.push(...proveReversals(entries));
  const balances = { available: availableFen, reserved: reservedFen, paid: paidFen };
  for (const account of ['available', 'reserved', 'paid'] as const) {
    const shownFen = balances[account];
    const enteredFen = sums[account];
    if (shownFen !== enteredFen) faults.push(fault(name, 'balance-differs', { account, shownFen, enteredFen }));
  }
  return faults;
}

/** A reversal names an entry of the same fund, sum and payout, which it alone takes back. */
function proveReversals(entries: readonly LedgerEntry[]): Fault[] {
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]));
  const taken = new Set<string>();
  return entries.flatMap((entry) => {
    if (entry.reverses === undefined) return [];
    const old = byId.get(entry.reverses);
    const isOf = old?.amountFen === entry.amountFen && old.payoutId === entry.payoutId && old.to === entry.from;
    const isFirst = !taken.has(entry.reverses);
    taken.add(entry.reverses);
    return isOf && isFirst ? [] : [fault(`ledger-entry#${entry.entryId}`, 'entry-astray')];
  });
}
