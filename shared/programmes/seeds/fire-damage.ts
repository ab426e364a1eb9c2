import type { ProgrammeVersionInput } from '../programme-version.ts';
import { fireForm } from './fire-damage-form.ts';
import { identityPapers } from './shared-papers.ts';
import { chair, emergencyRungs, intake, notice, twoOfficers } from './shared-stages.ts';

/** 火灾救助: an emergency. Two officers pay an advance at once; the whole chain then settles the award and ratifies it. */
export const fireDamage = {
  id: 'fire-damage',
  version: 4,
  validFrom: '2015-01-01',
  names: { zh: '火灾救助', en: 'Fire damage relief' },
  summary: {
    zh: '家里或谋生的家当遭了火灾，工会先送一笔应急钱，再按损失救助。',
    en: 'When your home or what you work with has burnt, the union sends emergency money first and helps with the damage after.',
  },
  whoMayApply: {
    zh: '住房或谋生的设备、场地被烧的职工家庭。',
    en: 'Workers’ households whose home or means of work burnt.',
  },
  numberPrefix: 'HZ',
  incident: { dateField: 'incidentDate', placeField: 'incidentPlace', numberField: 'incidentNumber' },
  form: fireForm,
  contradictions: [
    {
      id: 'no-damage',
      field: 'damage',
      when: {
        kind: 'not',
        of: {
          kind: 'amount-over',
          amount: { kind: 'sum-of-list', field: 'damage', column: 'estimateFen' },
          limitFen: 0,
        },
      },
      reason: {
        zh: '损失清单合计是 0 元，请估一下每样东西值多少钱',
        en: 'The list of damage comes to nothing; please estimate what each thing was worth',
      },
    },
    {
      id: 'more-hurt-than-live-there',
      field: 'peopleHurt',
      when: { kind: 'more-than-household', field: 'peopleHurt' },
      reason: {
        zh: '受伤的人数超过了家里的人口，请核对',
        en: 'More people are hurt than live in the household; please check',
      },
    },
  ],
  papers: [
    {
      id: 'photographs',
      label: { zh: '现场照片（至少两张）', en: 'Photographs of the damage (at least two)' },
      help: { zh: '手机拍的就可以。', en: 'Taken with a phone is fine.' },
      atLeast: 2,
      atMost: 20,
      due: 'with-the-application',
    },
    {
      id: 'call-out-receipt',
      label: { zh: '消防出警证明', en: 'Call-out receipt of the fire brigade' },
      help: { zh: '手头还没有也可以先申请，一周内补上。', en: 'You may apply without it and add it within a week.' },
      atLeast: 1,
      atMost: 4,
      due: { withinDays: 7, isExtendable: false },
    },
    ...identityPapers({ withinDays: 7, isExtendable: false }),
    {
      id: 'fire-certificate',
      label: { zh: '火灾事故认定书', en: 'Certificate of the fire’s cause' },
      help: {
        zh: '消防部门一般在两个月内出具，拿到以后补上；来不及可以申请延期。',
        en: 'The fire brigade issues it within about two months. Add it then; ask for more time if it takes longer.',
      },
      atLeast: 1,
      atMost: 6,
      due: { withinDays: 60, isExtendable: true },
    },
  ],
  refusals: [
    {
      id: 'neither-home-nor-work',
      when: { kind: 'field-is', field: 'burnt', value: 'neither' },
      reason: {
        zh: '本项目只救助住房或谋生的设备、场地被烧的家庭。',
        en: 'This programme helps households whose home or means of work burnt.',
      },
    },
  ],
  once: [
    {
      id: 'same-incident',
      key: ['household', 'incident'],
      reason: {
        zh: '您家已有人为这场火灾申请过救助，一户一场火灾只救助一次。',
        en: 'A member of your household has already applied for this fire. Each household is helped once for one fire.',
      },
    },
  ],
  suggestion: {
    label: { zh: '最低救助 1,000 元', en: 'At least 1,000 yuan' },
    kind: 'at-least',
    fen: 1_000_00,
    of: {
      label: { zh: '合计', en: 'Together' },
      kind: 'sum',
      of: [
        {
          label: { zh: '损失的 20%', en: '20 % of the damage' },
          kind: 'percent',
          percent: 20,
          of: {
            label: { zh: '清单上的损失', en: 'Damage on the list' },
            kind: 'sum-of-list',
            field: 'damage',
            column: 'estimateFen',
          },
        },
        {
          label: { zh: '按家庭人口每人 500 元', en: '500 yuan for each person at home' },
          kind: 'per-head',
          fen: 500_00,
        },
      ],
    },
  },
  ceiling: null,
  cap: { maxFen: 10_000_00, per: 'incident' },
  funds: {
    kind: 'by-shares',
    shares: [
      { fund: 'group-union', percent: 50 },
      { fund: 'power-supply-company', percent: 30 },
      { fund: 'company-administration', percent: 20 },
    ],
  },
  stages: [
    intake,
    {
      kind: 'advance',
      level: twoOfficers,
      maxFen: 3_000_00,
      papersWithinWorkingDays: 5,
      wholeWithinWorkingDays: 15,
      rungs: emergencyRungs,
    },
    {
      kind: 'review',
      level: {
        seats: [
          { role: 'patch-member', askedFrom: 'start' },
          { role: 'deputy', askedFrom: 'deputy' },
          { role: 'head', askedFrom: 'head' },
        ],
        quorum: 1,
      },
      homeVisit: { aboveFen: 0, withinWorkingDays: 3 },
      rungs: emergencyRungs,
    },
    {
      kind: 'approval',
      tiers: [
        { upToFen: 5_000_00, levels: [twoOfficers] },
        { upToFen: null, levels: [twoOfficers, chair] },
      ],
      rungs: emergencyRungs,
    },
    notice,
    {
      kind: 'disbursement',
      rungs: [
        { rung: 'remind', after: 4, unit: 'hours' },
        { rung: 'overdue', after: 24, unit: 'hours' },
      ],
    },
  ],
  afterwards: [{ what: 'visit', afterDays: 7 }],
} satisfies ProgrammeVersionInput;
