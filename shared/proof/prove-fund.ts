import {
  awardedIn,
  type Fund,
  type FundAccount,
  type LedgerEntry,
  pairedKinds,
  reversingKinds,
  routeOfEntry,
} from '../funds/fund.ts';
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
  return [...faults, ...proveBudgets(fund, entries)];
}

/**
 * A reversal names an entry of the same fund, sum and payout, which it alone takes back; nothing else names one. What comes in twos
 * names its other half.
 */
function proveReversals(entries: readonly LedgerEntry[]): Fault[] {
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]));
  const taken = new Set<string>();
  return entries.flatMap((entry) => {
    const { reverses, kind, counterpart } = entry;
    const isPaired = pairedKinds.includes(kind) === (counterpart !== undefined);
    const isRight =
      isPaired && (reversingKinds.includes(kind) ? takesBack(entry, byId, taken) : reverses === undefined);
    if (reverses !== undefined) taken.add(reverses);
    return isRight ? [] : [fault(`ledger-entry#${entry.entryId}`, 'entry-astray')];
  });
}

function takesBack(
  { reverses, amountFen, payoutId, from }: LedgerEntry,
  byId: ReadonlyMap<string, LedgerEntry>,
  taken: ReadonlySet<string>,
): boolean {
  const old = reverses === undefined ? undefined : byId.get(reverses);
  const isOf = old?.amountFen === amountFen && old.payoutId === payoutId && old.to === from;
  return isOf && !taken.has(old.entryId);
}

/** What counts against each year's budget is what was reserved in it, less what was released or paid back of it. */
function proveBudgets(fund: Fund, entries: readonly LedgerEntry[]): Fault[] {
  const years = new Map<number, number>(fund.awarded.map(({ year }) => [year, 0]));
  for (const { kind, budgetYear: year, amountFen } of entries) {
    if (year === undefined) continue;
    const sign = kind === 'reserve' ? 1 : kind === 'release' || kind === 'refund' ? -1 : 0;
    years.set(year, (years.get(year) ?? 0) + sign * amountFen);
  }
  const astray = [...years].filter(([year, enteredFen]) => awardedIn(fund, year) !== enteredFen);
  return astray.map(([year, enteredFen]) =>
    fault(`fund#${fund.fundId}`, 'budget-differs', { year, shownFen: awardedIn(fund, year), enteredFen }),
  );
}
