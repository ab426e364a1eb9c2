import type { Application } from '../apply.ts';
import { inventPerson } from '../people.ts';

/** A household that the fire of October hit: a fifth of the damage and 500 yuan a head make 6,000 yuan for each. */
export type FireHousehold = {
  readonly heads: number;
  readonly damage: readonly (readonly [item: string, yuan: number])[];
};

export const fireHouseholds: readonly FireHousehold[] = [
  {
    heads: 4,
    damage: [
      ['家具', 8_000],
      ['电器', 7_000],
      ['被褥衣物', 5_000],
    ],
  },
  {
    heads: 3,
    damage: [
      ['房屋顶棚', 12_500],
      ['电器', 10_000],
    ],
  },
  {
    heads: 2,
    damage: [
      ['渔网', 15_000],
      ['家具', 10_000],
    ],
  },
  {
    heads: 5,
    damage: [
      ['家具', 9_500],
      ['电器', 4_000],
      ['粮食', 4_000],
    ],
  },
  {
    heads: 1,
    damage: [
      ['三轮车', 11_500],
      ['房屋顶棚', 16_000],
    ],
  },
];

/** In yuan, for every household: the advance of the first night, the whole award, and how the funds share it. */
export const fireSums = { advance: 3_000, whole: 6_000 } as const;

/** One fire has one number, however its receipt is copied. */
const incidentNumbers = ['消出〔2016〕第1011号', '消出[2016]第1011号', '消出〔2016〕第 1011 号'];

/** The application of the `index`-th household; at night the papers that may follow are not at hand yet. */
export function fireApplication(
  index: number,
  order: number,
  { hasPapersAtHand }: { hasPapersAtHand: boolean },
): Application {
  const { heads, damage } = fireHouseholds[index] ?? { heads: 1, damage: [] };
  const rows = damage.flatMap(([item, yuan], row): [string, string][] => [
    [`damage.${row}.item`, item],
    [`damage.${row}.estimateFen`, yuan.toFixed(2)],
  ]);
  return {
    programme: 'fire-damage',
    person: inventPerson(order, { householdSize: heads }),
    answers: {
      incidentDate: '2016-10-11',
      incidentPlace: '三号生活区 5 栋',
      incidentNumber: incidentNumbers[index % incidentNumbers.length] ?? '',
      burnt: index === 2 ? 'both' : 'home',
      ...Object.fromEntries(rows),
      peopleHurt: '0',
      sleepsAt: index === 4 ? 'shelter' : 'relatives',
      isInsured: 'no',
    },
    papers: { photographs: 2, ...(hasPapersAtHand ? latePapers : {}) },
  };
}

/** What may follow within days of the advance. */
export const latePapers = { 'call-out-receipt': 1, 'id-card': 2, 'bank-card': 1 } as const;
export const fireCertificate = { 'fire-certificate': 1 } as const;
