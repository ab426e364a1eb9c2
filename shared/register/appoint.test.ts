import { describe, expect, test } from 'vitest';
import { person, staffWith } from '../../test/support/small-union.ts';
import { asInstant, asLocalDate, localDateOf } from '../kernel/time.ts';
import { enterPerson, proposeAppointment, proposeLastDay, settleAppointment } from './appoint.ts';
import { proposeAddress, provedByMail, settleAddress } from './change-address.ts';
import { type Appointment, currentAppointments, holdsRole, type StaffMember } from './staff.ts';
import type { Directory, StaffDecided } from './staff-change.ts';

const now = asInstant('2016-10-10T02:00:00.000Z');
const today = localDateOf(now);
const asOfficer: Appointment = { role: 'officer', from: asLocalDate('2016-01-01') };
const asOffice: Appointment = { role: 'office', from: asLocalDate('2016-01-01') };

/** A directory in memory: every change is put back, and what was audited is kept. */
function open(...people: StaffMember[]) {
  const staff = new Map(people.map((each) => [String(each.personId), each]));
  const events: string[] = [];
  let made = 0;
  const act = (by: string, decide: (staff: Directory, around: Parameters<typeof enterPerson>[2]) => StaffDecided) => {
    const decided = decide([...staff.values()], { by: person(by), now, newId: () => `new-${++made}` });
    if (decided.kind === 'refused') return decided.code;
    const { member, facts } = decided.change;
    staff.set(member.personId, member);
    events.push(...facts.map((fact) => `${fact.event} by ${fact.by}`));
    return 'done';
  };
  const of = (id: string) => staff.get(id)!;
  const settle = (by: string, id: string, confirms = true, proposalId = of(id).proposals?.[0]?.proposalId ?? 'none') =>
    act(by, (all, around) => settleAppointment(all, { personId: person(id), proposalId, confirms }, around));
  return {
    events,
    of,
    newest: () => [...staff.values()].at(-1)!,
    act,
    settle,
    enter: (by: string, appointment = asOfficer, email = 'new@example.org') =>
      act(by, (all, around) => enterPerson(all, { name: '程石', email, appointment }, around)),
    appoint: (by: string, id: string, appointment = asOfficer) =>
      act(by, (all, around) => proposeAppointment(all, { personId: person(id), appointment }, around)),
    end: (by: string, id: string, until = '2016-10-31', index = 0) =>
      act(by, (all, around) => proposeLastDay(all, { personId: person(id), index, until: asLocalDate(until) }, around)),
    address: (by: string, id: string, email: string) =>
      act(by, (all, around) => proposeAddress(all, { personId: person(id), email }, around)),
    settleAddress: (by: string, id: string, proposedAt: string = of(id).addressChange?.proposedAt ?? '') =>
      act(by, (all, around) => settleAddress(all, { personId: person(id), proposedAt, confirms: true }, around)),
    signIn: (id: string) => act(id, (all) => provedByMail(all, person(id), now)),
  };
}

const union = () =>
  open(
    staffWith('admin-1', 'administrator'),
    staffWith('office-1', 'office'),
    staffWith('office-2', 'office'),
    staffWith('officer-1', 'officer'),
  );

describe('a new person', () => {
  test('sent by two presses of one button is one, and the second is told so; another name at that address is refused', () => {
    const directory = union();
    expect(directory.enter('office-1')).toBe('done');
    const { personId } = directory.newest();
    expect(directory.enter('office-1')).toBe('entered-before');
    expect(directory.enter('office-1', asOffice)).toBe('address-in-use');
    expect(directory.newest().personId).toBe(personId);
  });

  test('holds nothing before a second person has confirmed their appointment', () => {
    const directory = union();
    expect(directory.enter('office-1')).toBe('done');
    const entered = directory.newest();
    expect(currentAppointments(entered, today)).toEqual([]);
    expect(holdsRole(entered, 'officer', today)).toBe(false);
    expect(directory.settle('office-1', entered.personId)).toBe('same-person');
    expect(directory.settle('officer-1', entered.personId)).toBe('not-allowed');
    expect(directory.settle('admin-1', entered.personId)).toBe('done');
    expect(directory.of(entered.personId).proposals).toBeUndefined();
    expect(holdsRole(directory.of(entered.personId), 'officer', today)).toBe(true);
    expect(directory.events).toEqual([
      'staff.entered by office-1',
      'staff.appointment-proposed by office-1',
      'staff.appointment-confirmed by admin-1',
    ]);
  });

  test('who is refused stays without an appointment, and the refusal is audited', () => {
    const directory = union();
    directory.enter('office-1');
    const { personId } = directory.newest();
    expect(directory.settle('office-2', personId, false)).toBe('done');
    expect(directory.of(personId)).toMatchObject({ appointments: [] });
    expect(directory.of(personId).proposals).toBeUndefined();
    expect(directory.events.at(-1)).toBe('staff.appointment-refused by office-2');
    expect(directory.settle('admin-1', personId)).toBe('nothing-proposed');
  });

  test('cannot be confirmed by those whom the same hand has only proposed', () => {
    const directory = union();
    directory.enter('office-1', asOffice);
    const accomplice = directory.newest().personId;
    expect(directory.settle(accomplice, accomplice)).toBe('not-allowed');
    directory.enter('office-1', asOfficer, 'other@example.org');
    expect(directory.settle(accomplice, directory.newest().personId)).toBe('not-allowed');
  });

  test('is entered by nobody but those who keep the directory, and never with an address of another', () => {
    const directory = union();
    expect(directory.enter('officer-1')).toBe('not-allowed');
    expect(directory.enter('nobody')).toBe('not-allowed');
    expect(directory.enter('office-1', asOfficer, 'Officer-1@EXAMPLE.org')).toBe('address-in-use');
  });
});

describe('an appointment', () => {
  test('is proposed by nobody for themselves, and confirmed neither by its proposer nor by whom it appoints', () => {
    const directory = union();
    expect(directory.appoint('office-1', 'office-1')).toBe('own-appointment');
    expect(directory.appoint('office-1', 'office-2')).toBe('done');
    expect(directory.settle('office-2', 'office-2')).toBe('same-person');
    expect(directory.settle('office-1', 'office-2')).toBe('same-person');
    expect(holdsRole(directory.of('office-2'), 'officer', today)).toBe(false);
    expect(directory.settle('admin-1', 'office-2')).toBe('done');
    expect(holdsRole(directory.of('office-2'), 'officer', today)).toBe(true);
  });

  test('that is there or proposed already is not proposed again', () => {
    const directory = union();
    expect(directory.appoint('office-1', 'officer-1')).toBe('done');
    expect(directory.appoint('office-2', 'officer-1')).toBe('proposed-before');
  });

  test('goes on until its end is confirmed, and may be ended by the person themselves with a second one', () => {
    const directory = union();
    expect(directory.end('office-1', 'officer-1', '2016-10-09')).toBe('done');
    expect(holdsRole(directory.of('officer-1'), 'officer', today)).toBe(true);
    expect(directory.end('office-2', 'officer-1')).toBe('proposed-before');
    expect(directory.settle('office-1', 'officer-1')).toBe('same-person');
    expect(directory.settle('office-2', 'officer-1')).toBe('done');
    expect(holdsRole(directory.of('officer-1'), 'officer', today)).toBe(false);

    expect(directory.end('office-1', 'office-1')).toBe('done');
    expect(directory.settle('office-2', 'office-1')).toBe('done');
    expect(directory.of('office-1').appointments[0]?.until).toBe('2016-10-31');
    expect(directory.end('office-1', 'office-1', '2017-10-31'), 'a longer term is an appointment').toBe(
      'own-appointment',
    );
    expect(directory.end('office-2', 'office-1', '2014-01-01')).toBe('until-early');
    expect(directory.end('office-2', 'office-1', '2016-10-31', 7)).toBe('nothing-proposed');
  });

  test('as an administrator ends only before a day on which another holds office, whoever does today', () => {
    const next = (from: string, until?: string) => {
      const admin = staffWith('admin-2', 'administrator');
      const term = { from: asLocalDate(from), ...(until === undefined ? {} : { until: asLocalDate(until) }) };
      return { ...admin, appointments: [{ role: 'administrator' as const, ...term }] };
    };
    const ended = (other: StaffMember) =>
      open(staffWith('admin-1', 'administrator'), other, staffWith('office-1', 'office')).end('office-1', 'admin-1');
    expect(ended(next('2016-01-01', '2016-10-31'))).toBe('last-administrator');
    expect(ended(next('2016-11-02'))).toBe('last-administrator');
    expect(ended(next('2016-11-01'))).toBe('done');
  });

  test('as the last administrator is not ended, neither when that is proposed nor when it is confirmed', () => {
    const directory = open(
      staffWith('admin-1', 'administrator'),
      staffWith('admin-2', 'administrator'),
      staffWith('office-1', 'office'),
    );
    expect(directory.end('office-1', 'admin-1', '2016-10-09')).toBe('done');
    expect(directory.end('office-1', 'admin-2', '2016-10-09')).toBe('done');
    expect(directory.settle('admin-2', 'admin-1')).toBe('done');
    expect(directory.settle('admin-1', 'admin-2')).toBe('not-allowed');
    const last = union();
    expect(last.end('office-1', 'admin-1')).toBe('last-administrator');
    const third = open(
      staffWith('admin-1', 'administrator'),
      staffWith('admin-2', 'administrator'),
      staffWith('office-1', 'office'),
      staffWith('office-2', 'office'),
    );
    third.end('office-1', 'admin-1', '2016-10-09');
    third.end('office-1', 'admin-2', '2016-10-09');
    expect(third.settle('office-2', 'admin-1')).toBe('done');
    expect(third.settle('office-2', 'admin-2')).toBe('last-administrator');
    expect(third.settle('office-2', 'admin-2', false)).toBe('done');
  });
});

describe('where two keep the directory', () => {
  test('neither removes the other and so becomes alone', () => {
    const directory = open(staffWith('admin-1', 'administrator'), staffWith('office-1', 'office'));
    expect(directory.end('admin-1', 'office-1', '2016-10-09')).toBe('done');
    expect(holdsRole(directory.of('office-1'), 'office', today)).toBe(true);
    for (const each of ['admin-1', 'office-1']) expect(directory.settle(each, 'office-1')).toBe('same-person');
    expect(directory.appoint('admin-1', 'office-1')).toBe('done');
    expect(holdsRole(directory.of('office-1'), 'officer', today)).toBe(false);
  });

  test('they bring in a third together, who confirms what is between the two', () => {
    const directory = open(staffWith('admin-1', 'administrator'), staffWith('office-1', 'office'));
    directory.end('admin-1', 'office-1', '2016-10-09');
    expect(directory.enter('admin-1', asOffice)).toBe('done');
    const third = directory.newest().personId;
    expect(directory.settle('office-1', third)).toBe('done');
    expect(directory.settle(third, 'office-1')).toBe('done');
    expect(holdsRole(directory.of('office-1'), 'office', today)).toBe(false);
  });
});

describe('the first administrator of a fresh deployment', () => {
  const fresh = () => open(staffWith('first', 'administrator'));

  test('enters people whose appointments count at once, audited as made alone', () => {
    const directory = fresh();
    expect(directory.enter('first')).toBe('done');
    const { personId } = directory.newest();
    expect(holdsRole(directory.newest(), 'officer', today)).toBe(true);
    expect(directory.appoint('first', personId, { ...asOfficer, role: 'finance' })).toBe('done');
    expect(directory.end('first', personId)).toBe('done');
    expect(directory.events).toEqual([
      'staff.entered-alone by first',
      'staff.appointed-alone by first',
      'staff.appointment-ended-alone by first',
    ]);
    expect(directory.appoint('first', 'first')).toBe('own-appointment');
  });

  test('is alone no more once a second person of the office has signed in', () => {
    const directory = fresh();
    directory.enter('first', asOffice);
    const second = directory.newest().personId;
    expect(directory.enter('first', asOfficer, 'third@example.org')).toBe('done');
    expect(directory.newest().appointments, 'nobody has proved yet that the second can be reached').toHaveLength(1);
    expect(directory.signIn(second)).toBe('done');
    expect(directory.signIn(second)).toBe('nothing-proposed');
    expect(directory.events.at(-1)).toBe(`staff.first-sign-in by ${second}`);
    directory.enter('first', asOfficer, 'fourth@example.org');
    const fourth = directory.newest();
    expect(fourth.appointments).toEqual([]);
    expect(directory.settle('first', fourth.personId)).toBe('same-person');
    expect(directory.settle(second, fourth.personId)).toBe('done');
  });

  test('mends the address of a second person who cannot be reached, and is no dead end', () => {
    const directory = fresh();
    directory.enter('first', asOffice, 'mistyped@example.org');
    const second = directory.newest().personId;
    expect(directory.address('first', second, 'right@example.org')).toBe('done');
    expect(directory.of(second)).toMatchObject({ email: 'right@example.org', enteredAlone: true });
    expect(directory.events.at(-1)).toBe('staff.address-changed-alone by first');
    directory.signIn(second);
    expect(directory.address('first', second, 'another@example.org')).toBe('done');
    expect(directory.of(second).email).toBe('right@example.org');
    expect(directory.address('first', 'first', 'own@example.org')).toBe('done');
    expect(directory.settleAddress(second, 'first')).toBe('done');
  });
});

test('of two proposals for one address the second is not confirmed, and an outdated one is not confirmed for another', () => {
  const directory = union();
  directory.address('office-1', 'officer-1', 'wanted@example.org');
  directory.address('office-1', 'admin-1', 'Wanted@example.org');
  expect(directory.settleAddress('office-2', 'officer-1', '2016-01-01T00:00:00.000Z')).toBe('nothing-proposed');
  expect(directory.settleAddress('office-2', 'officer-1')).toBe('done');
  expect(directory.settleAddress('office-2', 'admin-1')).toBe('address-in-use');
});
