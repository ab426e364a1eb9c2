import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedFunds } from '../../functions/upkeep/seed-funds.ts';
import { seedHouseholds, seedRelations } from '../../functions/upkeep/seed-households.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { seedPatches, seedStaff } from '../../functions/upkeep/seed-staff.ts';
import { aggregateName, faultInChain } from '../../shared/kernel/audit.ts';
import { asInstant, localDateOf } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { loadNear } from '../../shared/store/around-store.ts';
import { listFunds } from '../../shared/store/fund-store.ts';
import { householdOf, membersOf } from '../../shared/store/household-store.ts';
import { auditTrail, ledgerOfFund } from '../../shared/store/journal-store.ts';
import { currentProgrammes } from '../../shared/store/programme-store.ts';
import { patches, relationsOf } from '../../shared/store/register-store.ts';
import { listStaff } from '../../shared/store/staff-store.ts';
import { listProposals } from '../../shared/store/treasury-store.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

const at = asInstant('2016-01-01T01:00:00.000Z');
const today = localDateOf(at);

let own: TestStore;
beforeEach(async () => {
  own = await startStore();
});
afterEach(() => own.stop());

const seed = (profile: 'demo' | 'replay' | 'none', administratorEmail = '') =>
  seedStage(own.store, { profile, administratorEmail, at });
const countAll = async () => {
  const { cases, journal } = own.tables;
  return [(await rawItems(own.client, cases)).length, (await rawItems(own.client, journal)).length];
};

describe('seeding a stage', () => {
  test('for a demonstration brings a whole union, and doing it again changes nothing', async () => {
    await seed('demo');
    const once = await countAll();
    await seed('demo');
    expect(await countAll()).toEqual(once);

    expect(await patches(own.store)).toHaveLength(seedPatches.length);
    expect(await listStaff(own.store)).toHaveLength(seedStaff.length);
    expect(await currentProgrammes(own.store, today)).toHaveLength(seedProgrammes.length);
    for (const { householdId, members } of seedHouseholds) {
      expect(await membersOf(own.store, householdId, today)).toHaveLength(members.length);
      expect(await householdOf(own.store, members[0]!.personId, today)).toMatchObject({ isSurveyed: true });
    }
    for (const { personId, otherId } of seedRelations) {
      expect((await relationsOf(own.store, personId)).map((each) => each.otherId)).toContain(otherId);
    }
  });

  test('books each budget as one receipt in the fund’s ledger and chain, made by one of finance and confirmed by one of the office', async () => {
    await seed('replay');
    await seed('replay');
    const funds = await listFunds(own.store);
    expect(funds).toHaveLength(seedFunds.length);
    for (const fund of funds) {
      const { budgetFen } = seedFunds.find((each) => each.fund.fundId === fund.fundId)!;
      expect(fund).toMatchObject({ fundedFen: budgetFen, availableFen: budgetFen, reservedFen: 0, paidFen: 0 });
      expect(await ledgerOfFund(own.store, fund.fundId)).toMatchObject([{ kind: 'receipt', amountFen: budgetFen }]);
      expect(await listProposals(own.store, fund.fundId)).toMatchObject([
        { status: 'confirmed', proposedBy: 'ji-qiushi', settledBy: 'wen-zhuxi', wanted: { amountFen: budgetFen } },
      ]);
      const trail = await auditTrail(own.store, aggregateName('fund', fund.fundId));
      expect(faultInChain(trail, fund.audit)).toBeUndefined();
    }
  });

  test('shows who may not decide: the sibling in the patch, the parent among the officers', async () => {
    await seed('demo');
    const interestsOf = async (order: number) => {
      const { householdId, members } = seedHouseholds[order - 1]!;
      return (await loadNear(own.store, { householdId, beneficiaryId: members[0]!.personId }, today)).interests;
    };
    expect((await interestsOf(1)).get('pan-xichen')).toBe('sibling');
    expect((await interestsOf(7)).has('you-zhidu')).toBe(true);
    expect((await interestsOf(5)).has('pan-xichen')).toBe(false);
  });

  test('for the replay brings the union but no household', async () => {
    await seed('replay');
    expect(await listStaff(own.store)).toHaveLength(seedStaff.length);
    expect(await householdOf(own.store, seedHouseholds[0]!.members[0]!.personId, today)).toBeUndefined();
  });

  test('for real use brings the programmes and one administrator, and never a second', async () => {
    await seed('none', 'first@union.example');
    await seed('none', 'other@union.example');
    expect(await listStaff(own.store)).toMatchObject([
      { email: 'first@union.example', appointments: [{ role: 'administrator' }, { role: 'office' }] },
    ]);
    expect(await currentProgrammes(own.store, today)).toHaveLength(seedProgrammes.length);
    expect(await listFunds(own.store)).toEqual([]);
  });

  test('names no administrator where the deployment names no address', async () => {
    await seed('none');
    expect(await listStaff(own.store)).toEqual([]);
  });
});
