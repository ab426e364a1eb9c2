import type { BankResult } from '../../shared/disbursement/bank-result/bank-result.ts';
import type { LedgerEntry } from '../../shared/funds/fund.ts';
import type { Proposal } from '../../shared/funds/proposal.ts';
import { noAudit } from '../../shared/kernel/audit.ts';
import { type FundId, proposalIdSchema } from '../../shared/kernel/ids.ts';
import { fen } from '../../shared/kernel/money.ts';
import { localDateOf } from '../../shared/kernel/time.ts';
import type { Fault } from '../../shared/proof/fault.ts';
import { proveBatch } from '../../shared/proof/prove-batch.ts';
import { proveCase } from '../../shared/proof/prove-case.ts';
import { proveFund } from '../../shared/proof/prove-fund.ts';
import { proveProposals } from '../../shared/proof/prove-proposal.ts';
import { proveResult } from '../../shared/proof/prove-result.ts';
import type { World } from './case-world.ts';
import { bookIn } from './proof-books.ts';
import { monday, person } from './small-union.ts';

/** What the proof of the books says of a world in memory: nothing, where all was done by the rules. `heldFen`: what each fund held on the first day, by a receipt as good as any. */
export function proofOf(world: World, results: Iterable<BankResult>, heldFen: number): Fault[] {
  const firsts = world.funds.map((fund) => firstReceipt(fund.fundId, heldFen));
  const entries = [...firsts.map(({ entry }) => entry), ...world.entries];
  const proposals = new Map(
    [...firsts.map(({ proposal }) => proposal), ...world.proposals].map((each) => [String(each.proposalId), each]),
  );
  const payouts = new Map(
    [...world.files.values()].flatMap((file) => file.payouts.map((payout) => [String(payout.payoutId), payout])),
  );
  return [
    ...world.funds.flatMap((fund) =>
      proveFund(
        fund,
        entries.filter(({ fundId }) => fundId === fund.fundId),
      ),
    ),
    ...proveProposals(entries, proposals),
    ...[...world.files.keys()].flatMap((caseId) => proveCase(bookIn(world, caseId))),
    ...[...world.batches.values()].flatMap((batch) => proveBatch(batch, payouts)),
    ...[...results].flatMap((result) => proveResult(result, payouts)),
  ];
}

function firstReceipt(fundId: FundId, amountFen: number): { entry: LedgerEntry; proposal: Proposal } {
  const proposalId = proposalIdSchema.parse(`first-${fundId}`);
  const entryId = `${proposalId}.1`;
  const at = monday;
  return {
    entry: {
      ...{ entryId, fundId, kind: 'receipt', from: 'outside', to: 'available' },
      ...{ amountFen: fen(amountFen), proposalId, at, by: 'finance-2' },
    },
    proposal: {
      ...{ proposalId, fundId, status: 'confirmed', entryIds: [entryId], version: 2, audit: noAudit },
      ...{ proposedBy: person('finance-1'), proposedAs: 'finance', proposedAt: at },
      ...{ settledBy: person('finance-2'), settledAt: at },
      wanted: {
        ...{ kind: 'receipt', amountFen: fen(amountFen), payer: '市总工会' },
        voucher: { number: `FIRST-${fundId}`, date: localDateOf(at) },
      },
    },
  };
}
