import type { Wanted } from '../../shared/funds/proposal.ts';
import type { FundTerms } from '../../shared/funds/fund-terms.ts';
import { propose } from '../../shared/funds/propose.ts';
import { settleProposal } from '../../shared/funds/settle-proposal.ts';
import {
  type FundId,
  fundIdSchema,
  type ProgrammeId,
  programmeIdSchema,
  proposalIdSchema,
} from '../../shared/kernel/ids.ts';
import { fen } from '../../shared/kernel/money.ts';
import { asLocalDate, type Instant, localDateOf } from '../../shared/kernel/time.ts';
import { openFund } from '../../shared/store/fund-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { deleteOutboxItems } from '../../shared/store/outbox-store.ts';
import { changeTreasury } from '../../shared/store/treasury-store.ts';
import { staffWith } from './small-union.ts';
import { sampleScan } from './scans.ts';

/** A fund of the company for these programmes, valid on every day, with no budget but its money. */
export const termsFor = (names: FundTerms['names'], programmes: readonly ProgrammeId[]): FundTerms => ({
  names,
  source: 'company',
  purpose: { programmes: [...programmes] },
  validity: { from: asLocalDate('2015-01-01') },
  budgets: [],
});

export const [maker, checker] = [staffWith('finance-1', 'finance'), staffWith('finance-2', 'finance')];

/** Proposed by one of finance, confirmed by the other before any mail went out. @throws Error unless it was saved */
export async function agreed(store: Store, fundId: FundId, id: string, wanted: Wanted, at: Instant): Promise<void> {
  const proposalId = proposalIdSchema.parse(id);
  const made = await changeTreasury(store, (read) =>
    propose(read, { proposalId, fundId, wanted }, { member: maker, now: at }),
  );
  const settled = await changeTreasury(store, (read) =>
    settleProposal(read, { proposalId, confirms: true }, { member: checker, now: at }),
  );
  if (made.kind !== 'saved' || settled.kind !== 'saved') throw new Error(`${id}: ${JSON.stringify([made, settled])}`);
  await deleteOutboxItems(store, made.outbox);
}

export const receiptOf = (amountFen: number, number: string, at: Instant): Wanted => ({
  kind: 'receipt',
  amountFen: fen(amountFen),
  payer: '公司行政',
  voucher: { number, date: localDateOf(at), scan: sampleScan(number) },
});

/** An open fund for major illness relief that holds so much, by one receipt. */
export async function fundWith(store: Store, id: string, amountFen: number, at: Instant): Promise<FundId> {
  const fundId = fundIdSchema.parse(id);
  const terms = termsFor({ zh: '资金', en: 'Fund' }, [programmeIdSchema.parse('major-illness-relief')]);
  await openFund(store, { ...terms, fundId }, { by: 'system:seed', at });
  await agreed(store, fundId, `receipt-${id}`, receiptOf(amountFen, `V-${id}`, at), at);
  return fundId;
}
