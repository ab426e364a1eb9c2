import { describe, expect, test } from 'vitest';
import { programmeFaults } from '../programme-faults.ts';
import { type ProgrammeVersion, programmeVersionSchema } from '../programme-version.ts';
import type { StageOf } from '../stage.ts';
import { seedProgrammes } from './index.ts';

const seed = (id: string): ProgrammeVersion => {
  const found = seedProgrammes.find((version) => version.id === id);
  if (found === undefined) throw new Error(`no seed ${id}`);
  return found;
};
const stageOf = <Kind extends ProgrammeVersion['stages'][number]['kind']>(id: string, kind: Kind): StageOf<Kind> =>
  seed(id).stages.find((stage): stage is StageOf<Kind> => stage.kind === kind)!;

describe('the seeds', () => {
  test('are the three core programmes, in the order in which they are offered', () => {
    expect(seedProgrammes.map(({ id }) => id)).toEqual(['major-illness-relief', 'fire-damage', 'start-up-funding']);
    expect(new Set(seedProgrammes.map(({ numberPrefix }) => numberPrefix)).size).toBe(3);
  });

  test.each(seedProgrammes.map((version) => [version.id, version] as const))(
    '%s contradicts itself nowhere',
    (_, version) => {
      expect(programmeFaults(version)).toEqual([]);
    },
  );

  test.each(seedProgrammes.map((version) => [version.id, version] as const))(
    '%s comes back from JSON as it was, so it holds no functions',
    (_, version) => {
      expect(programmeVersionSchema.parse(JSON.parse(JSON.stringify(version)))).toEqual(version);
    },
  );

  test.each(seedProgrammes.map((version) => [version.id, version] as const))(
    '%s asks for ID card and bank card',
    (_, version) => {
      expect(version.papers.map(({ id }) => id)).toEqual(expect.arrayContaining(['id-card', 'bank-card']));
    },
  );
});

describe('what the programmes’ table says', () => {
  test('about the order of stages', () => {
    const orders = seedProgrammes.map(({ stages }) => stages.map(({ kind }) => kind));
    const plain = ['intake', 'review', 'approval', 'notice', 'disbursement'];
    expect(orders).toEqual([plain, ['intake', 'advance', ...plain.slice(1)], plain]);
  });

  test('about caps', () => {
    expect(seedProgrammes.map(({ cap }) => cap)).toEqual([
      { maxFen: 600_000, per: 'calendar-year' },
      { maxFen: 1_000_000, per: 'incident' },
      { maxFen: 300_000, per: { months: 36 } },
    ]);
  });

  test('about who approves which amount', () => {
    const tiersOf = (id: string) =>
      stageOf(id, 'approval').tiers.map(({ upToFen, levels }) => [
        upToFen,
        levels.map(({ seats, quorum }) => `${seats[0]?.role} ${quorum}`),
      ]);
    expect(tiersOf('major-illness-relief')).toEqual([
      [300_000, ['officer 1']],
      [600_000, ['officer 2']],
      [null, ['officer 2', 'chair 1']],
    ]);
    expect(tiersOf('fire-damage')).toEqual([
      [500_000, ['officer 2']],
      [null, ['officer 2', 'chair 1']],
    ]);
    expect(tiersOf('start-up-funding')).toEqual([[null, ['officer 1', 'chair 1']]]);
  });

  test('about rungs and overdue waits', () => {
    const rungsOf = (id: string) => stageOf(id, 'review').rungs.map(({ after, unit }) => `${after} ${unit}`);
    expect(rungsOf('major-illness-relief')).toEqual([2, 4, 7, 9].map((after) => `${after} working-days`));
    expect(rungsOf('start-up-funding')).toEqual(rungsOf('major-illness-relief'));
    expect(rungsOf('fire-damage')).toEqual([4, 12, 24, 36].map((after) => `${after} hours`));
    expect(stageOf('fire-damage', 'advance').rungs).toEqual(stageOf('fire-damage', 'review').rungs);
  });

  test('about the advance after a fire', () => {
    expect(stageOf('fire-damage', 'advance')).toMatchObject({
      maxFen: 300_000,
      papersWithinWorkingDays: 5,
      wholeWithinWorkingDays: 15,
      level: { quorum: 2 },
    });
  });

  test('about visits afterwards', () => {
    const days = seedProgrammes.map(({ afterwards }) => afterwards.map(({ afterDays }) => afterDays));
    expect(days).toEqual([[30], [7], [90, 180]]);
  });

  test('about the funds', () => {
    expect(seedProgrammes.map(({ funds }) => funds)).toEqual([
      { kind: 'in-turn', funds: ['municipal-federation', 'group-union'] },
      {
        kind: 'by-shares',
        shares: [
          { fund: 'group-union', percent: 50 },
          { fund: 'power-supply-company', percent: 30 },
          { fund: 'company-administration', percent: 20 },
        ],
      },
      { kind: 'in-turn', funds: ['municipal-federation'] },
    ]);
  });
});
