import type { Amount } from '../condition.ts';
import type { ProgrammeVersionInput } from '../programme-version.ts';
import { illnessForm } from './major-illness-form.ts';
import { identityPapers } from './shared-papers.ts';
import {
  chair,
  disbursement,
  intake,
  notice,
  oneOfficer,
  patchCommittee,
  twoOfficers,
  workingDayRungs,
} from './shared-stages.ts';

const insurances: Amount[] = [
  { kind: 'field', field: 'paidByBasicFen' },
  { kind: 'field', field: 'paidBySeriousFen' },
  { kind: 'field', field: 'paidByMutualFen' },
];

/** What the household bears itself after all insurance. */
const ownShare: Amount = {
  label: { zh: '自付金额（总费用减各项保险报销）', en: 'Own share (total cost less all insurance)' },
  kind: 'less',
  from: { label: { zh: '总费用', en: 'Total cost' }, kind: 'field', field: 'totalCostFen' },
  minus: insurances,
};

/** 大病救助: one-off relief for what insurance leaves to a household. Bands, cap and refusals follow unions' published rules. */
export const majorIllnessRelief = {
  id: 'major-illness-relief',
  version: 3,
  validFrom: '2015-01-01',
  names: { zh: '大病救助', en: 'Major illness relief' },
  summary: {
    zh: '家里有人生大病，保险报销以后自己还要负担很多，工会帮一把。',
    en: 'When someone at home is seriously ill and insurance leaves you much to pay, the union helps.',
  },
  whoMayApply: {
    zh: '本公司职工，为本人或同一户的家人申请；各项保险报销后自付满 2,000 元。',
    en: 'Workers of the company, for themselves or a member of their household, who bear 2,000 yuan or more after all insurance.',
  },
  numberPrefix: 'DB',
  incident: null,
  form: illnessForm,
  contradictions: [
    {
      id: 'ended-before-it-began',
      field: 'treatedUntil',
      when: { kind: 'date-before', dateField: 'treatedUntil', than: 'treatedFrom' },
      reason: {
        zh: '出院或结算的日期早于开始治疗的日期，请对照单据核对这两个日期',
        en: 'The day of discharge or of the bill is before the day on which the treatment began; please compare both with the papers',
      },
    },
    {
      id: 'insurance-above-cost',
      field: 'paidByBasicFen',
      when: {
        kind: 'amount-above',
        amount: { kind: 'sum', of: insurances },
        than: { kind: 'field', field: 'totalCostFen' },
      },
      reason: {
        zh: '各项保险报销加起来超过了医疗总费用，请对照结算单核对金额',
        en: 'The insurances together paid more than the total cost; please compare the sums with the settlement',
      },
    },
  ],
  papers: [
    {
      id: 'diagnosis',
      label: { zh: '诊断证明或出院小结', en: 'Diagnosis or discharge summary' },
      atLeast: 1,
      atMost: 6,
      due: 'with-the-application',
    },
    {
      id: 'invoice',
      label: { zh: '医疗费发票或费用清单', en: 'Invoice or fee slips' },
      help: { zh: '有几张传几张，照片也可以。', en: 'As many as you have; photographs will do.' },
      atLeast: 1,
      atMost: 20,
      due: 'with-the-application',
    },
    {
      id: 'insurance-settlement',
      label: { zh: '医保结算单', en: 'Insurance settlement' },
      help: { zh: '医院收费处或医保窗口可以打印。', en: 'The hospital’s cashier or the insurance desk prints it.' },
      atLeast: 1,
      atMost: 6,
      due: 'with-the-application',
    },
    ...identityPapers('with-the-application'),
  ],
  refusals: [
    {
      id: 'own-share-too-small',
      when: { kind: 'not', of: { kind: 'amount-over', amount: ownShare, limitFen: 1_999_99 } },
      reason: {
        zh: '各项保险报销以后，自付金额不到 2,000 元，本项目从 2,000 元起救助。',
        en: 'After all insurance your own share is below 2,000 yuan, where this programme begins.',
      },
    },
    {
      id: 'third-party-pays',
      when: { kind: 'field-is', field: 'isThirdPartyLiable', value: true },
      reason: {
        zh: '这笔费用依法应由第三方承担，请先向对方索赔；工会可以帮您联系法律援助。',
        en: 'Somebody else has to bear this cost by law. Please claim it from them first; the union can put you in touch with legal aid.',
      },
    },
    {
      id: 'fight',
      when: { kind: 'field-is', field: 'cause', value: 'fight' },
      reason: {
        zh: '打架斗殴造成的伤病，本项目不予救助。',
        en: 'This programme does not help with what came of a fight.',
      },
    },
    {
      id: 'drink',
      when: { kind: 'field-is', field: 'cause', value: 'drink' },
      reason: {
        zh: '酗酒造成的伤病，本项目不予救助。',
        en: 'This programme does not help with what came of drinking.',
      },
    },
  ],
  once: [
    {
      id: 'same-bill',
      key: [{ field: 'invoiceNumber' }],
      reason: {
        zh: '这张发票或结算单已经申请过救助，同一笔费用只救助一次。',
        en: 'Relief was already asked for with this bill. One bill is helped once.',
      },
    },
  ],
  suggestion: {
    label: { zh: '低保或特困家庭加发 20%', en: '20 % more for a household on 低保 or 特困' },
    kind: 'raised',
    percent: 20,
    when: { kind: 'standing-in', standings: ['low-income', 'special-hardship'] },
    of: {
      label: { zh: '按自付金额分档的救助金', en: 'Relief by the band of the own share' },
      kind: 'bands',
      of: ownShare,
      bands: [
        { upToFen: 1_999_99, fen: 0 },
        { upToFen: 10_000_00, fen: 1_000_00 },
        { upToFen: 20_000_00, fen: 2_000_00 },
        { upToFen: 50_000_00, fen: 3_000_00 },
        { upToFen: 100_000_00, fen: 4_500_00 },
        { upToFen: null, fen: 6_000_00 },
      ],
    },
  },
  ceiling: {
    label: { zh: '不超过自付金额减去他人已付', en: 'Never more than the own share less what others paid' },
    kind: 'less',
    from: ownShare,
    minus: [{ label: { zh: '他人已付', en: 'Paid by others' }, kind: 'field', field: 'paidByOthersFen' }],
  },
  cap: { maxFen: 6_000_00, per: 'calendar-year' },
  funds: { kind: 'in-turn', funds: ['municipal-federation', 'group-union'] },
  stages: [
    intake,
    { kind: 'review', level: patchCommittee, homeVisit: { aboveFen: 3_000_00 }, rungs: workingDayRungs },
    {
      kind: 'approval',
      tiers: [
        { upToFen: 3_000_00, levels: [oneOfficer] },
        { upToFen: 6_000_00, levels: [twoOfficers] },
        { upToFen: null, levels: [twoOfficers, chair] },
      ],
      rungs: workingDayRungs,
    },
    notice,
    disbursement,
  ],
  afterwards: [{ what: 'visit', afterDays: 30 }],
} satisfies ProgrammeVersionInput;
