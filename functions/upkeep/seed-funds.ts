import { fundIdSchema, programmeIdSchema } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Fund } from '../../shared/funds/fund.ts';

/** A fund and the one receipt that it starts with. */
export type SeedFund = {
  readonly fund: Pick<Fund, 'fundId' | 'names' | 'source' | 'programmes'>;
  readonly budgetFen: Fen;
};

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
      programmes: [illness, startUp],
    },
    budgetFen: yuan(51_000),
  },
  {
    fund: {
      fundId: fundIdSchema.parse('group-union'),
      names: { zh: '集团公司工会救助资金', en: 'Group company’s union' },
      source: 'group-union',
      programmes: [illness, fire],
    },
    budgetFen: yuan(100_000),
  },
  {
    fund: {
      fundId: fundIdSchema.parse('power-supply-company'),
      names: { zh: '供电公司援助资金', en: 'Power-supply company' },
      source: 'other-unit',
      programmes: [fire],
    },
    budgetFen: yuan(30_000),
  },
  {
    fund: {
      fundId: fundIdSchema.parse('company-administration'),
      names: { zh: '公司行政救助资金', en: 'Company administration' },
      source: 'company',
      programmes: [fire],
    },
    budgetFen: yuan(20_000),
  },
  {
    fund: {
      fundId: fundIdSchema.parse('company-union'),
      names: { zh: '公司工会帮扶资金', en: 'Company’s union' },
      source: 'company',
      programmes: [illness, fire, startUp],
    },
    budgetFen: yuan(50_000),
  },
];
