import type { Proposal, Wanted } from '../../shared/funds/proposal.ts';
import { termsOf } from '../../shared/funds/fund-terms.ts';
import { type FundId, proposalIdSchema } from '../../shared/kernel/ids.ts';
import { fen } from '../../shared/kernel/money.ts';
import { localDateOf } from '../../shared/kernel/time.ts';
import type { World } from './case-world.ts';
import { type Chance, nth, type Scene } from './money-scene.ts';

export const fundWhats = ['propose-money', 'settle-money'] as const;
type FundWhat = (typeof fundWhats)[number];
const names: readonly string[] = fundWhats;
export const isOnFund = (what: string): what is FundWhat => names.includes(what);

/** What two of finance and the office try on the funds themselves. */
export function tryOnFunds({ world, treasury }: Scene, what: FundWhat, { pick, part }: Chance): string {
  const who = nth(['finance-1', 'finance-2', 'office-1'], part)!;
  if (what === 'settle-money') {
    const proposal = nth(world.proposals.toReversed(), pick % 3);
    return proposal === undefined ? 'nothing' : treasury.settle(who, proposal.proposalId, pick < 850);
  }
  const live = world.proposals.findLast(({ wanted, status }) => wanted.kind === 'receipt' && status === 'confirmed');
  const id = world.newId();
  const told = treasury.propose(
    who,
    ...(part < 400 && live !== undefined ? undoingOf(live) : moneyOf(world, pick, part)),
    id,
  );
  // At times the other is there at once.
  if (told === 'done' && pick % 2 === 0) {
    return treasury.settle(who === 'finance-1' ? 'finance-2' : 'finance-1', proposalIdSchema.parse(id), true);
  }
  return told;
}

const undoingOf = ({ proposalId, fundId, wanted }: Proposal): [FundId, Wanted] => {
  if (wanted.kind !== 'receipt') throw new Error(`${proposalId} is no receipt`);
  return [fundId, { kind: 'undo-receipt', receiptId: proposalId, amountFen: wanted.amountFen, reason: '登记错误' }];
};

/** Money that comes or leaves; or the fund's payments leave from another account from now on. */
function moneyOf({ funds, now }: World, pick: number, part: number): [FundId, Wanted] {
  // Of what is left for a few cases, so that at times it is not there.
  const amountFen = fen(part * 500);
  const voucher = { number: `V-${part % 40}`, date: localDateOf(now) };
  const into = nth(funds, pick + 1 + (part % 2))!.fundId;
  const fund = nth(funds, pick)!;
  const payerAccount = {
    ...{ holderName: '公司工会委员会', bankName: '工商银行盐场支行', clearingCode: '102307000018' },
    accountNumber: `11070100000000${String(part).padStart(5, '0')}`,
  };
  const wanted: readonly Wanted[] = [
    { kind: 'receipt', amountFen, payer: '市总工会', voucher },
    { kind: 'hand-back', amountFen, voucher, reason: '年末交回' },
    { kind: 'carry-over', amountFen, into, reason: '年末结转' },
    { kind: 'change', terms: { ...termsOf(fund), payerAccount } },
  ];
  return [fund.fundId, nth(wanted, pick + part)!];
}
