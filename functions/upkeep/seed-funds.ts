import { fundIdSchema, programmeIdSchema } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Fund } from '../../shared/funds/fund.ts';
import type { FundTerms } from '../../shared/funds/fund-terms.ts';
import { seedDate } from './seed-staff.ts';

/** A fund and the one receipt that it starts with: from whom, on which voucher. */
export type SeedFund = {
  readonly fund: Pick<Fund, 'fundId'> & Omit<FundTerms, 'budgets'>;
  readonly budgetFen: Fen;
  readonly payer: string;
  readonly voucherNumber: string;
};

/** Each year's budget is what the fund begins with, in the year of the seed and in the three after it. */
export const seedBudgets = (budgetFen: Fen, year: number): FundTerms['budgets'] =>
  [0, 1, 2, 3].map((later) => ({ year: year + later, amountFen: budgetFen }));

const validity = { from: seedDate };

/** Every fund has an account of its own at the union's bank. All invented; no bank has this clearing code. */
const payerAccount = (number: number) => ({
  holderName: '滨海盐业公司工会委员会',
  bankName: '滨海农商银行营业部',
  accountNumber: `99000000000000${String(number).padStart(2, '0')}`,
  clearingCode: '999100000017',
});

const illness = programmeIdSchema.parse('major-illness-relief');
const fire = programmeIdSchema.parse('fire-damage');
const startUp = programmeIdSchema.parse('start-up-funding');

/**
 * The year's budgets. The municipal federation's 51,000 are the 9,000 of start-up funding, which no other fund pays, and
 * 42,000, half of the illness relief of 84,000: the group union pays the other half, once the first fund is empty. So a
 * year like 2016 comes out as long as its start-ups are approved before the federation's money is used up by illness.
 */
export const seedFunds: readonly SeedFund[] = [
  {
    fund: {
      fundId: fundIdSchema.parse('municipal-federation'),
      names: { zh: '市总工会帮扶资金', en: 'Municipal federation of trade unions' },
      source: 'municipal-federation',
      purpose: { programmes: [illness, startUp] },
      validity,
      payerAccount: payerAccount(1),
    },
    budgetFen: yuan(51_000),
    payer: '市总工会',
    voucherNumber: 'SZ-001',
  },
  {
    fund: {
      fundId: fundIdSchema.parse('group-union'),
      names: { zh: '集团公司工会救助资金', en: 'Group company’s union' },
      source: 'group-union',
      purpose: { programmes: [illness, fire] },
      validity,
      payerAccount: payerAccount(2),
    },
    budgetFen: yuan(100_000),
    payer: '集团公司工会',
    voucherNumber: 'JT-001',
  },
  {
    fund: {
      fundId: fundIdSchema.parse('power-supply-company'),
      names: { zh: '供电公司援助资金', en: 'Power-supply company' },
      source: 'other-unit',
      purpose: { programmes: [fire] },
      validity,
      donorsWish: '用于火灾受灾职工家庭',
      payerAccount: payerAccount(3),
    },
    budgetFen: yuan(30_000),
    payer: '供电公司',
    voucherNumber: 'GD-001',
  },
  {
    fund: {
      fundId: fundIdSchema.parse('company-administration'),
      names: { zh: '公司行政救助资金', en: 'Company administration' },
      source: 'company',
      purpose: { programmes: [fire] },
      validity,
      payerAccount: payerAccount(4),
    },
    budgetFen: yuan(20_000),
    payer: '公司行政',
    voucherNumber: 'XZ-001',
  },
  {
    fund: {
      fundId: fundIdSchema.parse('company-union'),
      names: { zh: '公司工会帮扶资金', en: 'Company’s union' },
      source: 'company',
      purpose: { programmes: [illness, fire, startUp] },
      validity,
      payerAccount: payerAccount(5),
    },
    budgetFen: yuan(50_000),
    payer: '公司工会',
    voucherNumber: 'GH-001',
  },
];
