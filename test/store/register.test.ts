import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aggregateName, faultInChain, noAudit } from '../../shared/kernel/audit.ts';
import {
  fundIdSchema,
  householdIdSchema,
  incidentIdSchema,
  patchIdSchema,
  personIdSchema,
  randomId,
} from '../../shared/kernel/ids.ts';
import { addHours, asInstant, asLocalDate, localDateOf } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { loadAround, loadNear } from '../../shared/store/around-store.ts';
import { openFund } from '../../shared/store/fund-store.ts';
import {
  getHousehold,
  householdOf,
  membershipWrites,
  membersOf,
  registerHousehold,
  saveHousehold,
} from '../../shared/store/household-store.ts';
import { auditTrail } from '../../shared/store/journal-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { getPerson, personIdOfIdNumber, savePerson } from '../../shared/store/person-store.ts';
import {
  approveProgrammeVersion,
  currentProgrammes,
  getProgrammeVersion,
  putProgrammeVersion,
} from '../../shared/store/programme-store.ts';
import {
  type Beneficiary,
  ensureHousehold,
  ensureIncident,
  patches,
  putPatch,
  putRelation,
} from '../../shared/store/register-store.ts';
import { patchOfUnit } from '../../shared/register/household.ts';
import { proposeAddress, settleAddress } from '../../shared/register/change-address.ts';
import { enterPerson } from '../../shared/register/appoint.ts';
import {
  changeStaff,
  findStaffByEmail,
  getStaffMember,
  keepAddresses,
  listStaff,
  saveStaffMember,
} from '../../shared/store/staff-store.ts';
import { transact } from '../../shared/store/transact.ts';
import { termsFor } from '../support/funded.ts';
import { at, canary, fact } from '../support/sample-case.ts';
import { type NotedStore, startNotedStore } from '../support/noted-store.ts';
import { rawItems } from '../support/store.ts';

let own: NotedStore;
beforeAll(async () => {
  own = await startNotedStore();
});
afterAll(() => own.stop());

const patchId = patchIdSchema.parse('patch-1');
const today = localDateOf(at);
const around = { now: at, newId: randomId };
const person = (id: string) => ({
  personId: personIdSchema.parse(id),
  name: `${canary}${id}`,
  idNumber: `${canary}-${id}`,
  phone: canary,
  version: 0,
});
const household = (id: string, ...people: string[]) => ({
  householdId: householdIdSchema.parse(id),
  patchId,
  standing: 'low-income' as const,
  isSurveyed: true,
  registeredOn: asLocalDate('2015-03-01'),
  members: people.map((each) => ({ person: person(each), relationToHead: 'head' as const })),
});
const member = (id: string, email: string): StaffMember => ({
  personId: personIdSchema.parse(id),
  name: id,
  email,
  appointments: [],
  version: 0,
  audit: noAudit,
});

describe('the register', () => {
  test('keeps a household with its people, without a personal word in the clear', async () => {
    expect((await registerHousehold(own.store, household('h1', 'p1', 'p2'), { by: 'office', at })).kind).toBe('saved');
    expect(await getPerson(own.store, personIdSchema.parse('p1'))).toEqual({ ...person('p1'), version: 1 });
    expect(await personIdOfIdNumber(own.store, ` ${canary.toLowerCase()}-P1`)).toBe('p1');
    expect(
      (await membersOf(own.store, householdIdSchema.parse('h1'), today)).map(({ personId }) => personId).sort(),
    ).toEqual(['p1', 'p2']);
    expect(JSON.stringify(await rawItems(own.client, own.tables.cases))).not.toContain('canary');
  });

  test('takes a household once, and an ID number for one person', async () => {
    await registerHousehold(own.store, household('h2', 'p3'), { by: 'office', at });
    expect(await registerHousehold(own.store, household('h2', 'p4'), { by: 'office', at })).toEqual({ kind: 'exists' });
    const stolen = {
      ...household('h3'),
      members: [{ person: { ...person('p5'), idNumber: person('p3').idNumber }, relationToHead: 'head' as const }],
    };
    expect(await registerHousehold(own.store, stolen, { by: 'office', at })).toEqual({ kind: 'taken' });
    expect(await getHousehold(own.store, householdIdSchema.parse('h3'))).toBeUndefined();
  });

  test('finds a person by a corrected ID number and no longer by the old one', async () => {
    await registerHousehold(own.store, household('h4', 'p6'), { by: 'office', at });
    expect(await savePerson(own.store, { ...person('p6'), idNumber: 'corrected', version: 1 })).toEqual({
      kind: 'saved',
    });
    expect(await personIdOfIdNumber(own.store, 'CORRECTED')).toBe('p6');
    expect(await personIdOfIdNumber(own.store, person('p6').idNumber)).toBeUndefined();
    expect(await savePerson(own.store, { ...person('p6'), version: 1 })).toEqual({ kind: 'stale' });
  });

  test('enters an unknown applicant once, however many forms arrive at once', async () => {
    const applicant = { name: canary, idNumber: 'new-one', phone: canary, patchId };
    const entered = await Promise.all([1, 2, 3].map(() => ensureHousehold(own.store, applicant, around)));
    expect(new Set(entered.map(({ personId }) => personId)).size).toBe(1);
    const [first] = entered;
    expect(first).toMatchObject({ isOnRegister: false, household: { patchId, isSurveyed: false, standing: 'none' } });
    expect((await householdOf(own.store, first!.personId, today))?.householdId).toBe(first!.household.householdId);
  });

  test('knows a surveyed applicant again', async () => {
    await registerHousehold(own.store, household('h5', 'p7'), { by: 'office', at });
    const applicant = { ...person('p7'), patchId: patchIdSchema.parse('patch-9') };
    expect(await ensureHousehold(own.store, applicant, around)).toMatchObject({
      personId: 'p7',
      isOnRegister: true,
      household: { householdId: 'h5', patchId: 'patch-1', standing: 'low-income' },
    });
  });

  test('looks up nothing that is not needed of an applicant, unknown or known', async () => {
    const applicant = { name: canary, idNumber: 'counted', phone: canary, patchId };
    const entered = await ensureHousehold(own.store, applicant, around);
    own.operations();
    await ensureHousehold(own.store, { ...applicant, idNumber: 'counted too' }, around);
    expect(own.operations()).toEqual(['GetItem idNumberHash', 'PutItem keyOwner', 'TransactWriteItems householdId']);
    expect(await ensureHousehold(own.store, applicant, around)).toEqual(entered);
    expect(own.operations()).toEqual(['GetItem idNumberHash', 'Query personId', 'GetItem householdId']);
  });

  test('gives somebody who is known and in no household one of their own', async () => {
    const [last, next] = [asLocalDate('2016-10-08'), addHours(at, 24 * 400)];
    const left = { personId: personIdSchema.parse('p9'), householdId: householdIdSchema.parse('h8') };
    await registerHousehold(own.store, household('h8', 'p9'), { by: 'office', at });
    const ended = { ...left, relationToHead: 'head' as const, from: asLocalDate('2015-03-01'), until: last };
    await transact(own.store, membershipWrites(ended));
    const own9 = await ensureHousehold(own.store, { ...person('p9'), patchId }, { ...around, now: next });
    expect(own9).toMatchObject({ personId: 'p9', isOnRegister: false, household: { isSurveyed: false } });
    expect(own9.household.householdId).not.toBe('h8');
    expect(await getPerson(own.store, left.personId)).toEqual({ ...person('p9'), version: 1 });
  });

  test('chains every change of a household', async () => {
    await registerHousehold(own.store, household('h6', 'p8'), { by: 'office', at });
    const before = await getHousehold(own.store, householdIdSchema.parse('h6'));
    const changed = { ...before!, standing: 'hardship' as const };
    expect((await saveHousehold(own.store, changed, fact('household.surveyed'))).kind).toBe('saved');
    expect((await saveHousehold(own.store, changed, fact('household.surveyed'))).kind).toBe('stale');
    const after = await getHousehold(own.store, householdIdSchema.parse('h6'));
    const trail = await auditTrail(own.store, aggregateName('household', 'h6'));
    expect(trail.map(({ event }) => event)).toEqual(['household.surveyed', 'household.surveyed']);
    expect(faultInChain(trail, after!.audit)).toBeUndefined();
  });

  test('finds the patch of a unit', async () => {
    await putPatch(own.store, { patchId, name: { zh: '一片', en: 'One' }, units: ['一工区'] });
    const known = await patches(own.store);
    expect(patchOfUnit(known, '一工区')?.patchId).toBe('patch-1');
    expect(patchOfUnit(known, '二工区')).toBeUndefined();
    expect(known).toHaveLength(1);
  });

  test('keeps an incident as it was first recorded', async () => {
    const incidentId = incidentIdSchema.parse('2016-10-08-abc');
    const incident = { incidentId, kind: 'fire' as const, number: '1', date: today, place: 'here', recordedAt: at };
    own.operations();
    expect(await ensureIncident(own.store, incident)).toEqual(incident);
    // Whoever has written it need not read it.
    expect(own.operations().filter((each) => each === 'GetItem incidentId')).toHaveLength(1);
    expect(await ensureIncident(own.store, { ...incident, place: 'elsewhere' })).toEqual(incident);
  });
});

describe('the staff directory', () => {
  const id = (text: string) => personIdSchema.parse(text);
  const keepers = ['keeper-1', 'keeper-2', 'keeper-3'];
  const of = (by: string) => ({ by: id(by), now: at, newId: randomId });
  const clock = { now: () => at, newId: randomId };
  const propose = (by: string, personId: string, email: string) =>
    changeStaff(own.store, (staff) => proposeAddress(staff, { personId: id(personId), email }, of(by)), clock);
  const settle = (by: string, personId: string) =>
    changeStaff(
      own.store,
      (staff) => settleAddress(staff, { personId: id(personId), proposedAt: at, confirms: true }, of(by)),
      clock,
    );
  const enter = (by: string, email: string) =>
    changeStaff(
      own.store,
      (staff) => enterPerson(staff, { name: '程石', email, appointment: { role: 'officer', from: today } }, of(by)),
      clock,
    );
  beforeAll(async () => {
    for (const each of keepers) {
      const appointments = [{ role: 'office' as const, from: asLocalDate('2015-01-01') }];
      await saveStaffMember(own.store, { ...member(each, `${each}@union.example`), appointments }, [
        fact('staff.added'),
      ]);
    }
  });

  test('changes an address only when a third person confirms it, and mails those who can', async () => {
    await saveStaffMember(own.store, member('s1', 'Old@union.example'), [fact('staff.appointment-confirmed')]);
    const email = 'new@union.example';
    const proposed = await propose('keeper-1', 's1', email);
    if (proposed.kind !== 'saved') throw new Error(proposed.kind);
    expect(proposed.outbox.map((item) => item.kind === 'mail' && item.to)).toEqual([
      { person: 'keeper-2' },
      { person: 'keeper-3' },
    ]);
    const queued = await outboxOlderThan(own.store, addHours(at, 1));
    expect(queued).toEqual(expect.arrayContaining([...proposed.outbox]));
    expect((await findStaffByEmail(own.store, 'old@UNION.example'))?.personId).toBe('s1');
    expect(await settle('keeper-1', 's1')).toEqual({ kind: 'refused', code: 'same-person' });
    expect(await settle('s1', 's1')).toEqual({ kind: 'refused', code: 'not-allowed' });
    expect(await settle('keeper-2', 's1')).toMatchObject({ kind: 'saved' });
    expect((await findStaffByEmail(own.store, email))?.personId).toBe('s1');
    expect(await findStaffByEmail(own.store, 'old@union.example')).toBeUndefined();
    const trail = await auditTrail(own.store, aggregateName('staff', 's1'));
    expect(JSON.stringify(trail)).not.toContain(email);
    expect(faultInChain(trail, (await getStaffMember(own.store, id('s1')))!.audit)).toBeUndefined();
  });

  test('gives an address to one of two people, though both proposals are confirmed at the same moment', async () => {
    const email = 'wanted@union.example';
    for (const each of ['a1', 'a2', 'a3', 'a4']) {
      await saveStaffMember(own.store, member(each, `${each}@union.example`), [fact('staff.added')]);
      await propose('keeper-1', each, each === 'a3' ? 'Wanted@Union.example' : email);
    }
    const outcomes = await Promise.all(['a1', 'a2', 'a3', 'a4'].map((each) => settle('keeper-2', each)));
    expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
    expect(outcomes.filter((each) => each.kind === 'refused' && each.code === 'address-in-use')).toHaveLength(3);
    const holders = (await listStaff(own.store)).filter((each) => each.email.toLowerCase() === email);
    expect(holders).toHaveLength(1);
  });

  test('gives it to one of two writes that both read it as free', async () => {
    const email = 'blind@union.example';
    const writes = ['b1', 'b2', 'b3'].map((each) =>
      saveStaffMember(own.store, member(each, email), [fact('staff.entered')]),
    );
    expect((await Promise.all(writes)).map(({ kind }) => kind).sort()).toEqual(['saved', 'taken', 'taken']);
  });

  test('enters one of two people with one address, and neither sits anywhere yet', async () => {
    const outcomes = await Promise.all(['keeper-1', 'keeper-2'].map((by) => enter(by, 'cheng.shi@union.example')));
    expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
    const entered = await findStaffByEmail(own.store, 'cheng.shi@union.example');
    expect(entered).toMatchObject({ appointments: [], proposals: [{ appointment: { role: 'officer' } }] });
  });

  test('gives a confirmed change’s old address free, and keeps it no clear text of any', async () => {
    await saveStaffMember(own.store, member('c1', 'first@union.example'), [fact('staff.added')]);
    await propose('keeper-1', 'c1', 'second@union.example');
    await settle('keeper-2', 'c1');
    expect(await enter('keeper-1', 'second@union.example')).toEqual({ kind: 'refused', code: 'address-in-use' });
    expect(await enter('keeper-1', 'first@union.example')).toMatchObject({ kind: 'saved' });
    const kept = (await rawItems(own.client, own.tables.cases)).filter(({ sk }) => sk?.S?.includes('staff-address'));
    expect(kept.length).toBeGreaterThan(4);
    expect(JSON.stringify(kept)).not.toContain('union.example');
    expect(kept.every(({ pk }) => pk?.S === '$reliefline#directory_staff')).toBe(true);
  });

  test('keeps the addresses of a directory that was written before they were kept apart', async () => {
    const { staff, staffAddress } = own.store.entities;
    const old = { ...member('old-1', 'older@union.example'), version: 1 };
    await staff.put({ directory: 'staff', personId: 'old-1', version: 1, body: old }).go();
    const count = async () => (await staffAddress.query.own({ directory: 'staff' }).go({ pages: 'all' })).data.length;
    const before = await count();
    await keepAddresses(own.store);
    expect(await count()).toBe(before + 1);
    await keepAddresses(own.store);
    expect(await count()).toBe(before + 1);
    const taken = await saveStaffMember(own.store, member('d1', 'Older@union.example'), [fact('staff.entered')]);
    expect(taken).toEqual({ kind: 'taken' });
  });

  test('refuses the second of two changes made on one reading', async () => {
    const saved = await saveStaffMember(own.store, member('s2', 's2@union.example'), [
      fact('staff.appointment-confirmed'),
    ]);
    if (saved.kind !== 'saved') throw new Error('not saved');
    const twice = [1, 2].map(() => saveStaffMember(own.store, saved.member, [fact('staff.address-confirmed')]));
    expect((await Promise.all(twice)).map(({ kind }) => kind).sort()).toEqual(['saved', 'stale']);
  });
});

describe('programmes and what a rule must know', () => {
  const [first] = seedProgrammes;
  const programme = first!;
  const seeded = { proposedBy: 'system:seed', at, approvedBy: 'system:seed' };

  test('a version is put once and never replaced; a proposal is used only after a second person', async () => {
    expect(await putProgrammeVersion(own.store, programme, seeded)).toEqual({ kind: 'saved' });
    expect(await putProgrammeVersion(own.store, programme, seeded)).toEqual({ kind: 'exists' });
    const next = { ...programme, version: programme.version + 1, validFrom: asLocalDate('2016-01-01') };
    const [proposer, second] = [personIdSchema.parse('office-1'), personIdSchema.parse('chair')];
    await putProgrammeVersion(own.store, next, { proposedBy: proposer, at });
    const inForce = async () => (await currentProgrammes(own.store, today)).map(({ version }) => version);
    expect(await inForce()).toEqual([programme.version]);
    const which = { programmeId: programme.id, version: next.version };
    expect(await approveProgrammeVersion(own.store, which, { personId: proposer, at })).toEqual({
      kind: 'same-person',
    });
    expect(await approveProgrammeVersion(own.store, which, { personId: second, at })).toEqual({ kind: 'saved' });
    expect(await inForce()).toEqual([next.version]);
    expect(await getProgrammeVersion(own.store, programme.id, programme.version)).toEqual(programme);
  });

  test('everybody tied to the beneficiary or their household is barred, with the nearest reason', async () => {
    const id = (text: string) => personIdSchema.parse(text);
    await registerHousehold(own.store, household('h7', 'b', 'wife'), { by: 'office', at });
    await putRelation(own.store, { personId: id('b'), otherId: id('kin'), kind: 'sibling' }, { by: 'office', at });
    await putRelation(own.store, { personId: id('leader'), otherId: id('wife'), kind: 'paired' }, { by: 'office', at });
    await putRelation(own.store, { personId: id('daughter'), otherId: id('b'), kind: 'parent' }, { by: 'office', at });
    const names = { zh: '资金', en: 'Fund' };
    const fundId = fundIdSchema.parse('fund-1');
    await openFund(own.store, { ...termsFor(names, [programme.id]), fundId }, { by: 'seed', at });
    const subject = {
      programmeId: programme.id,
      programmeVersion: programme.version,
      householdId: householdIdSchema.parse('h7'),
      beneficiaryId: id('b'),
      enteredById: id('helper'),
      enteredEarlierByIds: [id('earlier')],
    };
    const known = await loadAround(own.store, subject, around);
    expect(Object.fromEntries(known.interests)).toEqual({
      b: 'self',
      wife: 'same-household',
      kin: 'sibling',
      leader: 'paired',
      daughter: 'child',
      helper: 'entered-it',
      earlier: 'entered-it',
    });
    expect(known.programme).toEqual(programme);
    expect(known.funds.map((fund) => fund.fundId)).toEqual(['fund-1']);
    expect(known.awardedFen).toBe(0);
    const unread = await loadAround(own.store, subject, { ...around, withoutFunds: true });
    // An empty list would say that there is no money.
    expect(() => unread.funds).toThrow('funds were not read');
    expect(known.capKey).toContain('h7');
    const trail = await auditTrail(own.store, aggregateName('household', 'h7'));
    expect(trail).toHaveLength(4);
  });

  describe('ties', () => {
    const id = (text: string) => personIdSchema.parse(text);
    const applied = (idNumber: string) =>
      ensureHousehold(own.store, { name: canary, idNumber, phone: canary, patchId }, around);
    /** Who may not decide on an application of this person, and how many calls it took to find out. */
    async function interestsIn({ personId, household: { householdId } }: Beneficiary) {
      own.operations();
      const { interests } = await loadNear(own.store, { householdId, beneficiaryId: personId }, today);
      return { found: Object.fromEntries(interests), calls: own.operations() };
    }

    test('of somebody who came by an application alone are not asked for: the household’s file says that there are none', async () => {
      const known = await applied('ties-1');
      const self = { [known.personId]: 'self' };
      expect(await interestsIn(known)).toEqual({ found: self, calls: ['Query householdId'] });
    });

    test.each(['from', 'to'])('promise 6: put %s them later are found from both ends at once', async (end) => {
      const [known, other] = [await applied(`ties-${end}`), await applied(`ties-${end}-other`)];
      const [personId, otherId] = end === 'from' ? [known.personId, other.personId] : [other.personId, known.personId];
      const tie = { personId, otherId, kind: 'sibling' as const };
      expect(await putRelation(own.store, tie, { by: 'office', at })).toEqual({ kind: 'saved' });
      for (const [one, tied] of [
        [known, other],
        [other, known],
      ] as const)
        expect(await interestsIn(one)).toEqual({
          found: { [one.personId]: 'self', [tied.personId]: 'sibling' },
          calls: ['Query householdId', 'Query personId'],
        });
    });

    test('promise 6: of whoever is in no household today, and applies again, are asked for', async () => {
      const known = await applied('ties-moved');
      const { personId, household: left } = known;
      const ended = { personId, householdId: left.householdId, relationToHead: 'head' as const, from: today };
      await transact(own.store, membershipWrites({ ...ended, until: asLocalDate('2016-10-07') }));
      await putRelation(own.store, { personId: id('kin-2'), otherId: personId, kind: 'sibling' }, { by: 'office', at });
      const again = await applied('ties-moved');
      expect(again.personId).toBe(personId);
      expect(again.household.householdId).not.toBe(left.householdId);
      expect(await interestsIn(again)).toEqual({
        found: { [personId]: 'self', 'kin-2': 'sibling' },
        calls: ['Query householdId', 'Query personId'],
      });
    });
  });

  test('a programme that is not in the store stops the reading with its name', async () => {
    const subject = {
      programmeId: programme.id,
      programmeVersion: 99,
      householdId: householdIdSchema.parse('h7'),
      beneficiaryId: personIdSchema.parse('b'),
    };
    await expect(
      loadAround(own.store, subject, { now: asInstant('2016-10-08T02:00:00.000Z'), newId: randomId }),
    ).rejects.toThrow(/version 99/);
  });
});
