import * as z from 'zod';
import { householdIdSchema, incidentIdSchema, patchIdSchema, personIdSchema } from '../kernel/ids.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';
import { standingSchema } from '../programmes/condition.ts';

/** A person 个人: worker or household member. Personal values are sealed in the store with the person's own keys. */
export const personSchema = z.strictObject({
  personId: personIdSchema,
  name: z.string(),
  idNumber: z.string(),
  phone: z.string(),
  version: z.number().int(),
});
export type Person = z.infer<typeof personSchema>;

/** A household 困难家庭 on the register 台账. `isSurveyed` is false for one that an application brought in. */
export const householdSchema = z.strictObject({
  householdId: householdIdSchema,
  patchId: patchIdSchema,
  standing: standingSchema,
  isSurveyed: z.boolean(),
  registeredOn: localDateSchema,
  version: z.number().int(),
  audit: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
});
export type Household = z.infer<typeof householdSchema>;

/** Who belonged to which household, and when. */
export const membershipSchema = z.strictObject({
  householdId: householdIdSchema,
  personId: personIdSchema,
  relationToHead: z.enum(['head', 'spouse', 'child', 'parent', 'sibling', 'other']),
  from: localDateSchema,
  until: localDateSchema.exactOptional(),
});
export type Membership = z.infer<typeof membershipSchema>;

/** A tie between two people that bars one from deciding on the other. Stored once; read from both ends. */
export const relationSchema = z.strictObject({
  personId: personIdSchema,
  otherId: personIdSchema,
  kind: z.enum(['spouse', 'parent', 'child', 'sibling', 'in-law', 'other-kin', 'paired']),
});
export type Relation = z.infer<typeof relationSchema>;

/** A patch 片区 and the units it holds. */
export const patchSchema = z.strictObject({
  patchId: patchIdSchema,
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  units: z.array(z.string()).min(1),
});
export type Patch = z.infer<typeof patchSchema>;

/** The patch that holds a unit. */
export const patchOfUnit = (patches: readonly Patch[], unit: string): Patch | undefined =>
  patches.find(({ units }) => units.includes(unit));

/** One event behind several cases: five households, one fire. */
export const incidentSchema = z.strictObject({
  incidentId: incidentIdSchema,
  kind: z.literal('fire'),
  number: z.string(),
  date: localDateSchema,
  place: z.string(),
  recordedAt: instantSchema,
});
export type Incident = z.infer<typeof incidentSchema>;

/** Ties that bar a person from deciding. A paired leader knows the household and may speak for it, but does not decide. */
export type Tie = 'self' | 'same-household' | Relation['kind'] | 'entered-it';

/** Everybody who may not decide on a case, and why: asked now, not when the mail went out. */
export type Interests = ReadonlyMap<string, Tie>;
