import { describe, expect, test } from 'vitest';
import { programmeFaults } from './programme-faults.ts';
import { type ProgrammeVersion, type ProgrammeVersionInput, programmeVersionSchema } from './programme-version.ts';
import { fireDamage } from './seeds/fire-damage.ts';
import { majorIllnessRelief } from './seeds/major-illness-relief.ts';
import type { Rung, Stage } from './stage.ts';

type Change = (draft: ProgrammeVersionInput) => void;

/** A sound version with one thing made wrong. */
const broken = (base: ProgrammeVersionInput, change: Change): ProgrammeVersion => {
  const draft: ProgrammeVersionInput = structuredClone(base);
  change(draft);
  return programmeVersionSchema.parse(draft);
};

const stage = <Kind extends Stage['kind']>(draft: ProgrammeVersionInput, kind: Kind) =>
  draft.stages.find(
    (each): each is Extract<ProgrammeVersionInput['stages'][number], { kind: Kind }> => each.kind === kind,
  )!;
const without = (draft: ProgrammeVersionInput, kind: Stage['kind']) => {
  draft.stages = draft.stages.filter((each) => each.kind !== kind);
};
const fieldNamed = (draft: ProgrammeVersionInput, name: string) => draft.form.find((each) => each.name === name)!;
const hours = (rung: Rung['rung'], after: number): Rung => ({ rung, after, unit: 'hours' });

const illness: [string, Change, string][] = [
  ['a field twice', (draft) => void draft.form.push(draft.form[0]!), 'The form has two fields named patientRelation.'],
  [
    'a condition on a field that comes later',
    (draft) => void (fieldNamed(draft, 'patientRelation').askedIf = { kind: 'field-filled', field: 'patientName' }),
    'The condition of the field patientRelation names the field patientName, which the form does not have.',
  ],
  [
    'an option twice',
    (draft) => {
      const field = fieldNamed(draft, 'cause');
      if (field.type === 'choice') field.options.push(field.options[0]!);
    },
    'The field cause offers illness twice.',
  ],
  [
    'limits the wrong way round',
    (draft) => {
      const field = fieldNamed(draft, 'totalCostFen');
      if (field.type === 'money') field.minFen = field.maxFen + 1;
    },
    'The field totalCostFen has a least sum above its highest.',
  ],
  [
    'a pattern that cannot be read',
    (draft) => {
      const field = fieldNamed(draft, 'invoiceNumber');
      if (field.type === 'text') field.pattern = '(';
    },
    'The field invoiceNumber has a pattern that cannot be read: (',
  ],
  [
    'a contradiction told at a field that is not there',
    (draft) => void (draft.contradictions![0]!.field = 'nowhere'),
    'The contradiction ended-before-it-began is told at nowhere, which the form does not have.',
  ],
  [
    'a contradiction about a field of the wrong kind',
    (draft) =>
      void (draft.contradictions![0]!.when = { kind: 'date-before', dateField: 'hospital', than: 'treatedFrom' }),
    'The contradiction ended-before-it-began takes hospital for a date, but it is text.',
  ],
  [
    'a number of people that is none',
    (draft) => void (draft.contradictions![0]!.when = { kind: 'more-than-household', field: 'totalCostFen' }),
    'The contradiction ended-before-it-began takes totalCostFen for a number of people, but it is money.',
  ],
  [
    'a contradiction twice',
    (draft) => void draft.contradictions!.push(draft.contradictions![0]!),
    'Two contradictions have the id ended-before-it-began.',
  ],
  ['a paper twice', (draft) => void draft.papers.push(draft.papers[0]!), 'Two papers have the id diagnosis.'],
  [
    'a paper that asks for more than it takes',
    (draft) => void (draft.papers[0]!.atLeast = 7),
    'The paper diagnosis asks for at least 7 files but takes at most 6.',
  ],
  [
    'a paper asked on an unknown field',
    (draft) => void (draft.papers[0]!.askedIf = { kind: 'field-filled', field: 'weather' }),
    'The condition of the paper diagnosis names the field weather, which the form does not have.',
  ],
  [
    'a refusal twice',
    (draft) => void draft.refusals.push(draft.refusals[0]!),
    'Two refusals have the id own-share-too-small.',
  ],
  [
    'a refusal on a value that is no option',
    (draft) => void (draft.refusals[2]!.when = { kind: 'field-is', field: 'cause', value: 'weather' }),
    'The refusal fight waits for cause to be weather, which it never is.',
  ],
  [
    'a refusal on the age of what is no date',
    (draft) => void (draft.refusals[2]!.when = { kind: 'older-than-months', dateField: 'cause', months: 3 }),
    'The refusal fight takes cause for a date, but it is choice.',
  ],
  [
    'a once-only rule twice',
    (draft) => void draft.once.push(draft.once[0]!),
    'Two once-only rules have the id same-bill.',
  ],
  [
    'a once-only rule on an unknown field',
    (draft) => void (draft.once[0]!.key = [{ field: 'weather' }]),
    'The once-only rule same-bill names the field weather, which the form does not have.',
  ],
  [
    'a once-only rule on an incident that it does not know',
    (draft) => void (draft.once[0]!.key = ['household', 'incident']),
    'The once-only rule same-bill is about an incident, but the programme knows no incidents.',
  ],
  [
    'a cap by incident without incidents',
    (draft) => void (draft.cap.per = 'incident'),
    'The cap counts by incident, but the programme knows no incidents.',
  ],
  [
    'an amount of an unknown field',
    (draft) => void (draft.suggestion = { kind: 'field', field: 'weather' }),
    'The suggestion names the field weather, which the form does not have.',
  ],
  [
    'an amount of what is no money',
    (draft) => void (draft.ceiling = { kind: 'field', field: 'hospital' }),
    'The ceiling takes hospital for money, but it is text.',
  ],
  [
    'an amount of what is no list',
    (draft) => void (draft.ceiling = { kind: 'sum-of-list', field: 'hospital', column: 'costFen' }),
    'The ceiling adds up hospital, which is no list.',
  ],
  [
    'bands that do not rise',
    (draft) =>
      void (draft.suggestion = {
        kind: 'bands',
        of: { kind: 'fixed', fen: 1 },
        bands: [
          { upToFen: 20, fen: 1 },
          { upToFen: 20, fen: 2 },
          { upToFen: null, fen: 3 },
        ],
      }),
    'The suggestion has bands that do not rise.',
  ],
  [
    'bands that end with a limit',
    (draft) =>
      void (draft.suggestion = { kind: 'bands', of: { kind: 'fixed', fen: 1 }, bands: [{ upToFen: 20, fen: 1 }] }),
    'The suggestion has bands of which the last has a limit.',
  ],
  [
    'a cap under the smallest band',
    (draft) => void (draft.cap.maxFen = 99_999),
    'The cap lies below the smallest band.',
  ],
  [
    'a fund twice',
    (draft) => void (draft.funds = { kind: 'in-turn', funds: ['group-union', 'group-union'] }),
    'The fund group-union is named twice.',
  ],
  ['no approval', (draft) => without(draft, 'approval'), 'The stages lack the approval.'],
  ['a stage twice', (draft) => void draft.stages.push(draft.stages[0]!), 'The stage intake stands there twice.'],
  [
    'stages in an impossible order',
    (draft) => void draft.stages.reverse(),
    'The stages stand in an impossible order: disbursement, notice, approval, review, intake.',
  ],
  [
    'no notice and no emergency',
    (draft) => without(draft, 'notice'),
    'Nothing is posted before the disbursement: only an emergency, which has an advance, may do without the notice.',
  ],
  [
    'tiers that do not rise',
    (draft) => void (stage(draft, 'approval').tiers[1]!.upToFen = 300_000),
    'The approval has tiers that do not rise.',
  ],
  [
    'a tier without limit before the last',
    (draft) => void (stage(draft, 'approval').tiers[0]!.upToFen = null),
    'The approval has tiers after one that has no limit.',
  ],
  [
    'tiers that end with a limit',
    (draft) => void stage(draft, 'approval').tiers.pop(),
    'The approval has tiers of which the last has a limit.',
  ],
  [
    'a quorum above the seats',
    (draft) => void (stage(draft, 'review').level.quorum = 5),
    'The review wants 5 answers but asks at most 4 people.',
  ],
  [
    'nobody at the start',
    (draft) =>
      void (stage(draft, 'review').level.seats = [
        { role: 'head', askedFrom: 'head' },
        { role: 'deputy', askedFrom: 'deputy' },
      ]),
    'The review asks nobody at the start.',
  ],
  [
    'a role seated twice',
    (draft) => void stage(draft, 'review').level.seats.push({ role: 'head', askedFrom: 'head' }),
    'The review seats the head twice.',
  ],
  [
    'two of whom there is one',
    (draft) => void (stage(draft, 'review').level.seats[0]!.count = 2),
    'The review seats 2 of the patch-member, of which there is one.',
  ],
  [
    'a seat from a rung that is not climbed',
    (draft) => void (stage(draft, 'review').rungs = [hours('overdue', 4)]),
    'The review asks the deputy from the rung deputy, which it never reaches.',
  ],
  [
    'a chair for whom nobody can stand in',
    (draft) => void stage(draft, 'approval').tiers[2]!.levels[1]!.seats.pop(),
    'Level 2 of tier 3 of the approval asks the chair and nobody who could stand in for the chair.',
  ],
  [
    'rungs that do not rise',
    (draft) => void (stage(draft, 'disbursement').rungs = [hours('remind', 5), hours('overdue', 5)]),
    'The disbursement has rungs that do not rise.',
  ],
  [
    'rungs out of their order',
    (draft) => void (stage(draft, 'disbursement').rungs = [hours('overdue', 2), hours('remind', 5)]),
    'The disbursement has rungs that do not rise.',
  ],
  [
    'rungs in two units',
    (draft) => void (stage(draft, 'disbursement').rungs[1]!.unit = 'hours'),
    'The disbursement counts its rungs in two units.',
  ],
  [
    'a wait that does not end with the office',
    (draft) => void stage(draft, 'disbursement').rungs.pop(),
    'The disbursement does not end with the rung overdue.',
  ],
  [
    'a correction that may take longer than a workflow is kept',
    (draft) => void (stage(draft, 'intake').correctWithinWorkingDays = 31),
    'The intake waits for longer than 30 working days.',
  ],
  [
    'a notice of so many days',
    (draft) => void (stage(draft, 'notice').workingDays = 31),
    'The notice waits for longer than 30 working days.',
  ],
  [
    'an alarm that rings so late',
    (draft) => void (stage(draft, 'approval').rungs.at(-1)!.after = 31),
    'The approval waits for longer than 30 working days.',
  ],
  [
    'a correction that is reminded of too late',
    (draft) => void (stage(draft, 'intake').correctWithinWorkingDays = 5),
    'The correction reminds only after it has lapsed.',
  ],
  [
    'a correction that asks a deputy',
    (draft) => void (stage(draft, 'intake').correctionRungs[0]!.rung = 'deputy'),
    'The correction has the rung deputy, but only the applicant is waited for.',
  ],
];

const fire: [string, Change, string][] = [
  [
    'an incident without its field',
    (draft) => void (draft.incident!.dateField = 'weather'),
    'The incident takes its date from weather, which the form does not have.',
  ],
  [
    'an incident with a field of the wrong kind',
    (draft) => void (draft.incident!.dateField = 'incidentNumber'),
    'The incident takes its date from incidentNumber, which is text.',
  ],
  [
    'an incident whose number may be left out',
    (draft) => void (fieldNamed(draft, 'incidentNumber').required = false),
    'The incident takes its number from incidentNumber, which may be left out.',
  ],
  [
    'a column twice',
    (draft) => {
      const field = fieldNamed(draft, 'damage');
      if (field.type === 'list') field.columns.push(field.columns[0]!);
    },
    'The field damage has two columns named item.',
  ],
  [
    'a column with a condition',
    (draft) => {
      const field = fieldNamed(draft, 'damage');
      if (field.type === 'list') field.columns[0]!.askedIf = { kind: 'on-register' };
    },
    'The column damage.item has a condition; every cell of a row is asked.',
  ],
  [
    'a number range the wrong way round',
    (draft) => {
      const field = fieldNamed(draft, 'peopleHurt');
      if (field.type === 'count') field.min = 21;
    },
    'The field peopleHurt has a least number above its highest.',
  ],
  [
    'a sum of what is no column of money',
    (draft) => void (draft.suggestion = { kind: 'sum-of-list', field: 'damage', column: 'item' }),
    'The suggestion adds up damage.item, which is no column of money.',
  ],
  [
    'a once-only rule on a list',
    (draft) => void (draft.once[0]!.key = [{ field: 'damage' }]),
    'The once-only rule same-incident names damage, which is a list.',
  ],
  [
    'shares that do not make 100',
    (draft) => void (draft.funds.kind === 'by-shares' && (draft.funds.shares[0]!.percent = 40)),
    'The funds’ shares make 90 percent, not 100.',
  ],
  [
    'an advance above the cap',
    (draft) => void (stage(draft, 'advance').maxFen = 1_000_001),
    'The advance may be larger than the cap of the whole award.',
  ],
  [
    'a whole that is due with its papers',
    (draft) => void (stage(draft, 'advance').wholeWithinWorkingDays = 5),
    'The whole is due no later than the papers that it needs.',
  ],
  [
    'a whole that is due before its notice has run',
    (draft) => void (stage(draft, 'advance').wholeWithinWorkingDays = stage(draft, 'notice').workingDays),
    'The whole is due before its notice can have run its days.',
  ],
  [
    'a cap under the least suggestion',
    (draft) => void (draft.cap.maxFen = 99_999),
    'The cap lies below the least sum that is suggested.',
  ],
];

describe('a programme version that contradicts itself', () => {
  test.each(illness)('is told about %s', (_, change, sentence) => {
    expect(programmeFaults(broken(majorIllnessRelief, change))).toContain(sentence);
  });

  test.each(fire)('is told about %s (an emergency)', (_, change, sentence) => {
    expect(programmeFaults(broken(fireDamage, change))).toContain(sentence);
  });

  test('is told about all of its faults at once', () => {
    const version = broken(majorIllnessRelief, (draft) => {
      draft.cap.maxFen = 1;
      without(draft, 'approval');
      draft.papers.push(draft.papers[0]!);
    });
    expect(programmeFaults(version)).toEqual([
      'Two papers have the id diagnosis.',
      'The cap lies below the smallest band.',
      'The stages lack the approval.',
    ]);
  });
});

test('an emergency may do without the notice', () => {
  expect(programmeFaults(broken(fireDamage, (draft) => without(draft, 'notice')))).toEqual([]);
});
