import { applyEntry, type Fund } from '../../shared/funds/fund.ts';
import { amountOf, type Proposal } from '../../shared/funds/proposal.ts';
import { type AggregateKind, type AuditHead, aggregateName, faultInChain } from '../../shared/kernel/audit.ts';
import { zeroFen } from '../../shared/kernel/money.ts';
import { getAuthenticator } from '../../shared/store/authenticator-store.ts';
import { listCases, loadCaseFile } from '../../shared/store/case-store.ts';
import { listFunds } from '../../shared/store/fund-store.ts';
import { householdsOfPatch } from '../../shared/store/household-store.ts';
import { auditTrail, ledgerOfFund } from '../../shared/store/journal-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { patches } from '../../shared/store/register-store.ts';
import { listStaff } from '../../shared/store/staff-store.ts';
import { listProposals } from '../../shared/store/treasury-store.ts';
import type { CaseFile } from '../../shared/cases/case-file.ts';

export type Books = { readonly files: readonly CaseFile[]; readonly funds: readonly Fund[]; readonly faults: string[] };

/**
 * Reads everything that keeps accounts and says in sentences what does not agree: a broken chain, a fund whose ledger makes other
 * balances than it shows, a payout without its entry or an entry without its payout.
 */
export async function readLedger(store: Store): Promise<Books> {
  const [files, funds, heads] = await Promise.all([allFiles(store), listFunds(store), otherHeads(store)]);
  const faults: string[] = [];
  const chains: (readonly [AggregateKind, string, AuditHead])[] = [
    ...files.map((file) => ['case', file.case.caseId, file.case.audit] as const),
    ...funds.map((fund) => ['fund', fund.fundId, fund.audit] as const),
    ...heads,
  ];
  for (const [kind, id, head] of chains) {
    const name = aggregateName(kind, id);
    const events = await auditTrail(store, name);
    if (events.length === 0) faults.push(`${name} has no audit trail`);
    const fault = faultInChain(events, head);
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  }
  const proposals = await listProposals(store);
  for (const fund of funds) {
    faults.push(...(await faultsOfFund(store, fund, files)));
    faults.push(...(await faultsOfProposals(store, fund, proposals)));
  }
  return { files, funds, faults };
}

async function faultsOfFund(store: Store, fund: Fund, files: readonly CaseFile[]): Promise<string[]> {
  const { fundId, fundedFen, availableFen, reservedFen, paidFen } = fund;
  const faults: string[] = [];
  if (availableFen + reservedFen + paidFen !== fundedFen) faults.push(`${fundId}: its balances do not add up`);
  const entries = await ledgerOfFund(store, fundId);
  let made: Fund = { ...fund, fundedFen: zeroFen, availableFen: zeroFen, reservedFen: zeroFen, paidFen: zeroFen };
  for (const entry of entries) {
    const applied = applyEntry(made, entry);
    if (applied.kind === 'not-covered') faults.push(`${fundId}: nothing covers ${entry.entryId}`);
    else made = applied.fund;
  }
  for (const balance of ['fundedFen', 'availableFen', 'reservedFen', 'paidFen'] as const) {
    if (made[balance] !== fund[balance])
      faults.push(`${fundId}: ${balance} is ${fund[balance]}, by its ledger ${made[balance]}`);
  }
  const paid = files.flatMap(({ payouts }) =>
    payouts.filter((payout) => payout.fundId === fundId && payout.status === 'paid'),
  );
  const pays = entries.filter(({ kind }) => kind === 'pay');
  for (const { payoutId, amountFen } of paid) {
    const own = pays.filter((entry) => entry.payoutId === payoutId);
    if (own.length !== 1 || own[0]?.amountFen !== amountFen)
      faults.push(`${fundId}: ${payoutId} is entered ${own.length} times`);
  }
  if (pays.length !== paid.length) faults.push(`${fundId}: ${pays.length} entries for ${paid.length} payouts`);
  return faults;
}

/** Money that came into or left a fund was agreed to by two persons, once, and to the fen. */
async function faultsOfProposals(store: Store, { fundId }: Fund, proposals: readonly Proposal[]): Promise<string[]> {
  const entries = await ledgerOfFund(store, fundId);
  const agreed = proposals.filter(({ status }) => status === 'confirmed' || status === 'undone');
  const faults = entries
    .filter(({ from, to }) => from === 'outside' || to === 'outside')
    .flatMap(({ entryId, amountFen, proposalId }) => {
      const [proposal] = agreed.filter((each) => each.proposalId === proposalId && each.entryIds.includes(entryId));
      if (proposal === undefined) return [`${fundId}: nobody agreed to ${entryId}`];
      const isTwo = proposal.settledBy !== undefined && proposal.settledBy !== proposal.proposedBy;
      return isTwo && amountOf(proposal) === amountFen ? [] : [`${fundId}: ${entryId} is not what two agreed to`];
    });
  const written = new Set(entries.map(({ entryId }) => entryId));
  const missing = agreed
    .filter((each) => each.fundId === fundId && each.wanted.kind !== 'carry-over')
    .flatMap(({ entryIds }) => entryIds.filter((entryId) => !written.has(entryId)));
  return [...faults, ...missing.map((entryId) => `${fundId}: ${entryId} was agreed to and is not in the ledger`)];
}

/** Every case with all that belongs to it. One that is closed meanwhile may stand in the list twice. */
export async function allFiles(store: Store): Promise<CaseFile[]> {
  const files: CaseFile[] = [];
  for (const which of ['open', 'closed'] as const) {
    let cursor: string | undefined;
    do {
      const page = await listCases(store, { which, limit: 50, ...(cursor === undefined ? {} : { cursor }) });
      for (const { caseId } of page.items) {
        const file = await loadCaseFile(store, caseId);
        if (file !== undefined) files.push(file);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return files;
}

async function otherHeads(store: Store): Promise<(readonly [AggregateKind, string, AuditHead])[]> {
  const households = (
    await Promise.all((await patches(store)).map(({ patchId }) => householdsOfPatch(store, patchId)))
  ).flat();
  const [staff, proposals] = await Promise.all([listStaff(store), listProposals(store)]);
  const authenticators = await Promise.all(staff.map(({ personId }) => getAuthenticator(store, personId)));
  return [
    ...authenticators.flatMap((each) => (each ? [['authenticator', each.personId, each.audit] as const] : [])),
    ...proposals.map((each) => ['proposal', each.proposalId, each.audit] as const),
    ...households.map((each) => ['household', each.householdId, each.audit] as const),
    ...staff.map((each) => ['staff', each.personId, each.audit] as const),
  ];
}
