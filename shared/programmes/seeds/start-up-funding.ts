import type { ProgrammeVersionInput } from '../programme-version.ts';
import { identityPapers } from './shared-papers.ts';
import { chair, disbursement, intake, notice, oneOfficer, patchCommittee, workingDayRungs } from './shared-stages.ts';
import { startUpForm } from './start-up-form.ts';

/** 创业扶持资金: half of what a small new business costs, once in three years, signed by an officer and then the chair. */
export const startUpFunding = {
  id: 'start-up-funding',
  version: 2,
  validFrom: '2015-01-01',
  names: { zh: '创业扶持资金', en: 'Start-up funding' },
  summary: {
    zh: '自己开店、养殖、做小生意，刚起步缺钱，工会补一半。',
    en: 'When you start a shop, a farm or a small trade of your own, the union bears half of what it costs.',
  },
  whoMayApply: {
    zh: '台账上的困难职工家庭或下岗职工，开业不超过 12 个月。',
    en: 'Workers and households on the register, and workers laid off, with a business not older than 12 months.',
  },
  numberPrefix: 'CY',
  incident: null,
  form: startUpForm,
  contradictions: [
    {
      id: 'no-costs',
      field: 'costs',
      when: {
        kind: 'not',
        of: { kind: 'amount-over', amount: { kind: 'sum-of-list', field: 'costs', column: 'costFen' }, limitFen: 0 },
      },
      reason: {
        zh: '开支清单合计是 0 元，请按报价单或租约填写金额',
        en: 'The list of costs comes to nothing; please enter the sums of the quotation or the lease',
      },
    },
  ],
  papers: [
    {
      id: 'business-licence',
      label: { zh: '营业执照', en: 'Business licence' },
      atLeast: 1,
      atMost: 4,
      due: 'with-the-application',
    },
    {
      id: 'plan',
      label: { zh: '创业计划', en: 'Plan of the business' },
      help: {
        zh: '手写一页拍照也可以：卖什么、卖给谁、怎么赚钱。',
        en: 'One page by hand will do: what you sell, to whom, and how it pays.',
      },
      atLeast: 1,
      atMost: 6,
      due: 'with-the-application',
    },
    {
      id: 'quotation-or-lease',
      label: { zh: '报价单或租约（至少一份）', en: 'Quotation or lease (at least one)' },
      atLeast: 1,
      atMost: 10,
      due: 'with-the-application',
    },
    ...identityPapers('with-the-application'),
  ],
  refusals: [
    {
      id: 'neither-registered-nor-laid-off',
      when: {
        kind: 'not',
        of: {
          kind: 'any',
          of: [
            { kind: 'on-register' },
            { kind: 'standing-in', standings: ['laid-off'] },
            { kind: 'field-is', field: 'isLaidOff', value: true },
          ],
        },
      },
      reason: {
        zh: '本项目面向台账上的困难职工家庭和下岗职工。如果家里有困难，请先联系片区委员建档。',
        en: 'This programme is for households on the register and workers laid off. If times are hard, ask your patch member to put you on the register first.',
      },
    },
    {
      id: 'business-too-old',
      when: { kind: 'older-than-months', dateField: 'startedOn', months: 12 },
      reason: {
        zh: '开业已经超过 12 个月，本项目只扶持刚起步的生意。',
        en: 'The business is older than 12 months; this programme is for those just begun.',
      },
    },
    {
      id: 'licence-not-in-force',
      when: { kind: 'field-is', field: 'isLicenceInForce', value: false },
      reason: {
        zh: '营业执照已被吊销或注销，不能申请。',
        en: 'The business licence is no longer in force.',
      },
    },
  ],
  once: [
    {
      id: 'same-business',
      key: [{ field: 'licenceNumber' }],
      reason: {
        zh: '这个营业执照已经申请过创业扶持，同一个生意只扶持一次。',
        en: 'Funding was already asked for with this licence. One business is helped once.',
      },
    },
  ],
  suggestion: {
    label: { zh: '开支的一半', en: 'Half of the costs' },
    kind: 'percent',
    percent: 50,
    of: {
      label: { zh: '清单上的开支', en: 'Costs on the list' },
      kind: 'sum-of-list',
      field: 'costs',
      column: 'costFen',
    },
  },
  ceiling: null,
  cap: { maxFen: 3_000_00, per: { months: 36 } },
  funds: { kind: 'in-turn', funds: ['municipal-federation'] },
  stages: [
    intake,
    { kind: 'review', level: patchCommittee, homeVisit: { aboveFen: 0 }, rungs: workingDayRungs },
    { kind: 'approval', tiers: [{ upToFen: null, levels: [oneOfficer, chair] }], rungs: workingDayRungs },
    notice,
    disbursement,
  ],
  afterwards: [
    { what: 'visit', afterDays: 90 },
    { what: 'visit', afterDays: 180 },
  ],
} satisfies ProgrammeVersionInput;
