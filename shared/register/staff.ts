import * as z from 'zod';
import { patchIdSchema, personIdSchema } from '../kernel/ids.ts';
import { instantSchema, type LocalDate, localDateSchema } from '../kernel/time.ts';

/** What a person on the staff may be appointed to. Patch roles name their patch; union roles do not. */
export const staffRoles = [
  'patch-member',
  'deputy',
  'leading-group',
  'head',
  'officer',
  'chair',
  'vice-chair',
  'office',
  'finance',
  'auditor',
  'administrator',
] as const;
export const staffRoleSchema = z.enum(staffRoles);
export type StaffRole = z.infer<typeof staffRoleSchema>;
export const patchRoles: readonly StaffRole[] = ['patch-member', 'deputy', 'leading-group', 'head'];

/** One appointment with its term: `until` is the last day, absent while it runs. */
export const appointmentSchema = z.strictObject({
  role: staffRoleSchema,
  patchId: patchIdSchema.exactOptional(),
  from: localDateSchema,
  until: localDateSchema.exactOptional(),
});
export type Appointment = z.infer<typeof appointmentSchema>;

/** A change of appointments that waits for a second person. Until then it counts for nothing: no seat, no sign-in. */
export const appointmentProposalSchema = z.strictObject({
  proposalId: z.string(),
  /** The appointment as it would be. */
  appointment: appointmentSchema,
  /** The place of the appointment whose last day it sets; absent for a new one. */
  alters: z.number().int().nonnegative().exactOptional(),
  proposedBy: personIdSchema,
  proposedAt: instantSchema,
});
export type AppointmentProposal = z.infer<typeof appointmentProposalSchema>;

/** A person on the staff. The address is where decision links go, so a change of it waits for a second person. */
export const staffMemberSchema = z.strictObject({
  personId: personIdSchema,
  name: z.string(),
  email: z.string(),
  appointments: z.array(appointmentSchema),
  proposals: z.array(appointmentProposalSchema).exactOptional(),
  /** Entered, or given this address, by somebody who was alone, and not signed in since: nobody knows that mail reaches them. */
  enteredAlone: z.literal(true).exactOptional(),
  /** A proposed new address, by whom; takes effect when another person confirms it. */
  addressChange: z
    .strictObject({ email: z.string(), proposedBy: personIdSchema, proposedAt: instantSchema })
    .exactOptional(),
  version: z.number().int(),
  audit: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
});
export type StaffMember = z.infer<typeof staffMemberSchema>;

const runs = (appointment: Appointment, today: LocalDate): boolean =>
  appointment.from <= today && (appointment.until === undefined || today <= appointment.until);

/** Appointments that run today. */
export const currentAppointments = (member: StaffMember, today: LocalDate): Appointment[] =>
  member.appointments.filter((each) => runs(each, today));

/** Whether a person holds a role today; for a patch role, in that patch. */
export const holdsRole = (member: StaffMember, role: StaffRole, today: LocalDate, patchId?: string): boolean =>
  currentAppointments(member, today).some(
    (each) => each.role === role && (!patchRoles.includes(role) || patchId === undefined || each.patchId === patchId),
  );

/** Roles that keep the directory, and so confirm what another of them has proposed. */
export const keeperRoles: readonly StaffRole[] = ['administrator', 'office'];

/** Whether a person keeps the directory today. */
export const keepsDirectory = (member: StaffMember, today: LocalDate): boolean =>
  keeperRoles.some((role) => holdsRole(member, role, today));

/** An address as it is compared: upper and lower case reach the same mailbox. */
export const plainAddress = (email: string): string => email.trim().toLowerCase();
