import { describe, expect, it } from 'vitest';
import { readIdNumber } from '../../shared/intake/personal-number.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { personSchema } from '../../shared/register/household.ts';
import { staffMemberSchema } from '../../shared/register/staff.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { seedFunds } from './seed-funds.ts';
import { seedHouseholds, seedPersonOf, seedRelations } from './seed-households.ts';
import { seedPatches, seedStaff } from './seed-staff.ts';

const withRole = (role: string, patchId?: string) =>
  seedStaff.filter(({ appointments }) =>
    appointments.some((each) => each.role === role && (patchId === undefined || each.patchId === patchId)),
  );

describe('the seed', () => {
  it('staffs every patch and the union so that each decision has somebody, and somebody else', () => {
    expect(seedPatches).toHaveLength(4);
    for (const { patchId } of seedPatches) {
      const counts = ['patch-member', 'deputy', 'leading-group', 'head'].map((role) => withRole(role, patchId).length);
      expect(counts).toEqual([1, 1, 2, 1]);
    }
    const counts = ['chair', 'vice-chair', 'officer', 'finance', 'office', 'auditor'].map(
      (role) => withRole(role).length,
    );
    expect(counts).toEqual([1, 1, 3, 2, 2, 1]);
    expect(new Set(seedStaff.map(({ email }) => email)).size).toBe(seedStaff.length);
    for (const member of seedStaff) {
      expect(staffMemberSchema.safeParse({ ...member, version: 0, audit: { sequence: 0, hash: '' } }).success).toBe(
        true,
      );
      expect(member.email).toMatch(/^[a-z]+\.[a-z]+-demo@union\.example$/);
    }
  });

  it('holds twelve households of people whose ID numbers pass every check and belong to no province', () => {
    expect(seedHouseholds).toHaveLength(12);
    const people = [...seedHouseholds.flatMap(({ members }) => members), ...seedStaff.map(seedPersonOf)];
    for (const person of people) {
      expect(readIdNumber(person.idNumber)).toBe(person.idNumber);
      expect(person.idNumber.startsWith('19')).toBe(true);
      const { personId, name, idNumber, phone } = person;
      expect(personSchema.safeParse({ personId, name, idNumber, phone, version: 0 }).success).toBe(true);
    }
    for (const key of ['personId', 'idNumber', 'phone', 'name'] as const) {
      expect(new Set(people.map((person) => person[key])).size, key).toBe(people.length);
    }
    expect(new Set(seedHouseholds.map(({ standing }) => standing)).size).toBeGreaterThan(3);
  });

  it('ties households to each other and to the staff', () => {
    const members = new Set<string>(seedHouseholds.flatMap((each) => each.members.map(({ personId }) => personId)));
    const staff = new Set<string>(seedStaff.map(({ personId }) => personId));
    for (const { personId, otherId } of seedRelations) {
      expect(members.has(personId)).toBe(true);
      expect(members.has(otherId) || staff.has(otherId)).toBe(true);
    }
    expect(seedRelations.some(({ otherId }) => members.has(otherId))).toBe(true);
    expect(seedRelations.some(({ otherId, kind }) => staff.has(otherId) && kind === 'sibling')).toBe(true);
  });

  it('funds what 2016 came to: 9,000 for start-ups by the federation alone, 84,000 for illness by two funds in turn', () => {
    const budget = new Map(seedFunds.map(({ fund, budgetFen }) => [fund.fundId as string, budgetFen]));
    const federation = budget.get('municipal-federation')!;
    expect(federation).toBeLessThan(yuan(84_000) + yuan(9_000));
    expect(federation).toBeGreaterThan(yuan(9_000));
    const leftForIllness = federation - yuan(9_000);
    expect(budget.get('group-union')).toBeGreaterThanOrEqual(yuan(84_000) - leftForIllness + yuan(15_000));
    expect(budget.get('power-supply-company')).toBeGreaterThanOrEqual(yuan(9_000));
    expect(budget.get('company-administration')).toBeGreaterThanOrEqual(yuan(6_000));
  });

  it('opens every fund that a programme draws on, for that programme', () => {
    for (const programme of seedProgrammes) {
      const rule = programme.funds;
      const drawnOn = rule.kind === 'in-turn' ? rule.funds : rule.shares.map(({ fund }) => fund);
      for (const fundId of drawnOn) {
        expect(seedFunds.find(({ fund }) => fund.fundId === fundId)?.fund.purpose.programmes).toContain(programme.id);
      }
    }
  });
});
