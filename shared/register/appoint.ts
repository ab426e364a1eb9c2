import type { AuditFact } from '../kernel/audit.ts';
import type { AuditEventName } from '../kernel/audit-event-names.ts';
import { noAudit } from '../kernel/audit.ts';
import { type PersonId, personIdSchema } from '../kernel/ids.ts';
import { addLocalDays, type LocalDate, localDateOf } from '../kernel/time.ts';
import { isSecondPerson, keepsAlone, secondPeople } from './second-person.ts';
import { type Appointment, type AppointmentProposal, holdsRole, plainAddress, type StaffMember } from './staff.ts';
import {
  type ByWhom,
  changedStaff,
  type Directory,
  isTaken,
  mayKeep,
  openMember,
  refusedStaff,
  type StaffDecided,
} from './staff-change.ts';

/**
 * Enters a new person with a proposed appointment: they sit and sign in nowhere before it is confirmed. `entered-before` for the second
 * press of one button: that person is in the directory, with that name, address and appointment.
 */
export function enterPerson(
  staff: Directory,
  entered: { readonly name: string; readonly email: string; readonly appointment: Appointment },
  around: ByWhom,
): StaffDecided {
  const { by, now } = around;
  if (!mayKeep(staff, around)) return refusedStaff('not-allowed');
  if (staff.some((each) => isEnteredAs(each, entered))) return refusedStaff('entered-before');
  if (isTaken(staff, entered.email)) return refusedStaff('address-in-use');
  const { name, email, appointment } = entered;
  const personId = personIdSchema.parse(around.newId());
  const today = localDateOf(now);
  const bare: StaffMember = { personId, name, email, appointments: [], version: 0, audit: noAudit };
  if (keepsAlone(staff, by, today)) {
    const member: StaffMember = { ...bare, appointments: [appointment], enteredAlone: true };
    return changedStaff(member, [{ event: 'staff.entered-alone', by, at: now, details: detailsOf(appointment) }]);
  }
  const proposal = proposalOf(appointment, around);
  const tells = secondPeople(staff, { by, of: personId }, today).map((each) => each.personId);
  const facts: AuditFact[] = [{ event: 'staff.entered', by, at: now, details: {} }, proposedFact(proposal)];
  return changedStaff({ ...bare, proposals: [proposal] }, facts, tells);
}

/** Proposes one more appointment; nobody proposes their own. */
export function proposeAppointment(
  staff: Directory,
  { personId, appointment }: { readonly personId: PersonId; readonly appointment: Appointment },
  around: ByWhom,
): StaffDecided {
  const opened = openMember(staff, personId, around);
  if (opened.kind === 'refused') return opened;
  const { member, isAlone, tells } = opened;
  if (personId === around.by) return refusedStaff('own-appointment');
  if (isKnownOf(member, appointment)) return refusedStaff('proposed-before');
  const proposal = proposalOf(appointment, around);
  if (isAlone) return changedStaff(appointed(member, proposal), [factOf('staff.appointed-alone', proposal)]);
  return changedStaff(withProposal(member, proposal), [proposedFact(proposal)], tells);
}

/** Proposes another last day of an appointment: its end, or a longer term, which nobody proposes for themselves. */
export function proposeLastDay(
  staff: Directory,
  { personId, index, until }: { readonly personId: PersonId; readonly index: number; readonly until: LocalDate },
  around: ByWhom,
): StaffDecided {
  const opened = openMember(staff, personId, around);
  if (opened.kind === 'refused') return opened;
  const { member, isAlone, tells } = opened;
  const before = member.appointments[index];
  if (before === undefined) return refusedStaff('nothing-proposed');
  if (until < before.from) return refusedStaff('until-early');
  if ((member.proposals ?? []).some(({ alters }) => alters === index)) return refusedStaff('proposed-before');
  const proposal = proposalOf({ ...before, until }, around, index);
  if (personId === around.by && !isShorter(before, until)) return refusedStaff('own-appointment');
  if (endsLastAdministrator(staff, member, proposal, around)) return refusedStaff('last-administrator');
  if (isAlone) return changedStaff(appointed(member, proposal), [factOf('staff.appointment-ended-alone', proposal)]);
  return changedStaff(withProposal(member, proposal), [proposedFact(proposal)], tells);
}

/** Confirms or refuses a proposed change of appointments; only somebody who neither proposed it nor is appointed by it may. */
export function settleAppointment(
  staff: Directory,
  settled: { readonly personId: PersonId; readonly proposalId: string; readonly confirms: boolean },
  around: ByWhom,
): StaffDecided {
  const { personId, proposalId, confirms } = settled;
  const opened = openMember(staff, personId, around);
  if (opened.kind === 'refused') return opened;
  const { member } = opened;
  const proposal = member.proposals?.find((each) => each.proposalId === proposalId);
  if (proposal === undefined) return refusedStaff('nothing-proposed');
  const { proposedBy } = proposal;
  if (!isSecondPerson(around.by, { by: proposedBy, of: personId })) return refusedStaff('same-person');
  // Asked again: another administrator's term may have ended since.
  if (confirms && endsLastAdministrator(staff, member, proposal, around)) return refusedStaff('last-administrator');
  const event = confirms ? 'staff.appointment-confirmed' : 'staff.appointment-refused';
  const details = { proposalId, proposedBy, ...detailsOf(proposal.appointment) };
  const open = withoutProposal(member, proposalId);
  return changedStaff(confirms ? appointed(open, proposal) : open, [{ event, by: around.by, at: around.now, details }]);
}

const proposalOf = (appointment: Appointment, { by, now, newId }: ByWhom, alters?: number): AppointmentProposal => ({
  proposalId: newId(),
  appointment,
  ...(alters === undefined ? {} : { alters }),
  proposedBy: by,
  proposedAt: now,
});

const withProposal = (member: StaffMember, proposal: AppointmentProposal): StaffMember => ({
  ...member,
  proposals: [...(member.proposals ?? []), proposal],
});

function withoutProposal({ proposals = [], ...member }: StaffMember, proposalId: string): StaffMember {
  const rest = proposals.filter((each) => each.proposalId !== proposalId);
  return rest.length === 0 ? member : { ...member, proposals: rest };
}

function appointed(member: StaffMember, { appointment, alters }: AppointmentProposal): StaffMember {
  const { appointments } = member;
  if (alters === undefined) return { ...member, appointments: [...appointments, appointment] };
  return { ...member, appointments: appointments.map((each, at) => (at === alters ? appointment : each)) };
}

type Entered = Parameters<typeof enterPerson>[1];

const isEnteredAs = (member: StaffMember, { name, email, appointment }: Entered): boolean =>
  member.name === name && plainAddress(member.email) === plainAddress(email) && isKnownOf(member, appointment);

/** Whether a person holds an appointment, or is proposed for it. */
const isKnownOf = ({ appointments, proposals = [] }: StaffMember, appointment: Appointment): boolean =>
  [...appointments, ...proposals.map((each) => each.appointment)].some((each) => isSame(each, appointment));

const isSame = (a: Appointment, b: Appointment): boolean =>
  a.role === b.role && a.patchId === b.patchId && a.from === b.from && a.until === b.until;

const isShorter = (before: Appointment, until: LocalDate): boolean =>
  before.until === undefined || until < before.until;

/**
 * Without an administrator nobody could enter anybody any more: on the day after the last one another must hold office, whoever holds
 * it today.
 */
function endsLastAdministrator(
  staff: Directory,
  member: StaffMember,
  { alters, appointment: { role, until } }: AppointmentProposal,
  { now }: ByWhom,
): boolean {
  const before = alters === undefined ? undefined : member.appointments[alters];
  if (before === undefined || role !== 'administrator' || until === undefined || !isShorter(before, until))
    return false;
  const today = localDateOf(now);
  const dayAfter = addLocalDays(until, 1);
  const day = dayAfter > today ? dayAfter : today;
  return !staff.some((each) => each.personId !== member.personId && holdsRole(each, 'administrator', day));
}

const detailsOf = ({ role, patchId, from, until }: Appointment): AuditFact['details'] => ({
  role,
  ...(patchId === undefined ? {} : { patchId }),
  from,
  ...(until === undefined ? {} : { until }),
});

const factOf = (event: AuditEventName, { proposedBy, proposedAt, appointment }: AppointmentProposal): AuditFact => ({
  event,
  by: proposedBy,
  at: proposedAt,
  details: detailsOf(appointment),
});
const proposedFact = (proposal: AppointmentProposal): AuditFact => {
  const fact = factOf('staff.appointment-proposed', proposal);
  return { ...fact, details: { proposalId: proposal.proposalId, ...fact.details } };
};
