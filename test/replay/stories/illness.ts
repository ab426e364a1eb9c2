import type { Application } from '../apply.ts';
import type { Invented } from '../people.ts';

/** How one case of major illness goes; sums in yuan. */
export type IllnessPlan = {
  /** What the household bears itself after all insurance: decides the band. */
  readonly ownShare: number;
  /** What the programme suggests for it. */
  readonly suggested: number;
  /** What the two reviewers recommend, if that is less; the smaller sum counts. */
  readonly recommended?: readonly [number, number];
  /** What the union approves, if that is less than recommended. */
  readonly approved?: number;
};

const modest = { ownShare: 6_400, suggested: 1_000 };
const middling = { ownShare: 15_200, suggested: 2_000 };
const usual = { ownShare: 36_800, suggested: 3_000 };
const heavy = { ownShare: 72_000, suggested: 4_500 };
const ruinous = { ownShare: 138_000, suggested: 6_000 };

/**
 * The 28 cases of the year in the order of applying, by batches. Three are given less than suggested: once both reviewers
 * recommend less, once one of them, once the officer approves less. Together 84,000 yuan to the fen.
 */
export const illnessYear: readonly (readonly IllnessPlan[])[] = [
  [usual, middling, heavy],
  [usual, { ...heavy, recommended: [4_000, 4_000] }, usual, modest, ruinous],
  [middling, usual, { ...usual, approved: 2_500 }, heavy, usual],
  [usual, middling, heavy, modest, usual],
  [usual, middling, { ...ruinous, recommended: [6_000, 5_500] }, middling, usual],
  [usual, usual, heavy, middling, modest],
];

const diagnoses = ['cancer', 'heart', 'stroke', 'kidney', 'liver', 'transplant', 'injury', 'other'];
const grades = ['third', 'second', 'first', 'unknown'];

/** The bill of a case: every case its own, unless somebody tries a bill twice. */
export const billNumber = (order: number): string => `YLF-2016-${String(4_000 + order)}`;

/** The application of a person for themselves, or for husband or wife. */
export function illnessApplication(
  person: Invented,
  order: number,
  { ownShare }: Pick<IllnessPlan, 'ownShare'>,
  treated: { from: string; until: string },
): Application {
  const basic = Math.round(ownShare * 1.1);
  const serious = order % 3 === 0 ? 2_000 : 0;
  const mutual = order % 4 === 0 ? 800.5 : 0;
  const isOwn = order % 3 !== 1;
  const yuan = (sum: number): string => sum.toFixed(2);
  return {
    programme: 'major-illness-relief',
    person,
    answers: {
      patientRelation: isOwn ? 'self' : 'spouse',
      ...(isOwn ? {} : { patientName: `${person.name}家属` }),
      diagnosisClass: diagnoses[order % diagnoses.length] ?? 'other',
      cause: 'illness',
      isThirdPartyLiable: 'no',
      hospital: '滨海人民医院（虚构）',
      hospitalGrade: grades[order % grades.length] ?? 'unknown',
      treatedFrom: treated.from,
      treatedUntil: treated.until,
      invoiceNumber: billNumber(order),
      totalCostFen: yuan(ownShare + basic + serious + mutual),
      paidByBasicFen: yuan(basic),
      ...(serious > 0 ? { paidBySeriousFen: yuan(serious) } : {}),
      ...(mutual > 0 ? { paidByMutualFen: yuan(mutual) } : {}),
    },
    papers: { diagnosis: 1, invoice: 2, 'insurance-settlement': 1, 'id-card': 2, 'bank-card': 1 },
  };
}
