import * as z from 'zod';

/** Who can be asked to decide. Each is an appointment in the staff directory; patch roles are looked up for the case's patch. */
export const deciderRoles = [
  'patch-member',
  'deputy',
  'leading-group',
  'head',
  'officer',
  'chair',
  'vice-chair',
  'office',
  'finance',
] as const;
export const deciderRoleSchema = z.enum(deciderRoles);
export type DeciderRole = z.infer<typeof deciderRoleSchema>;

/**
 * The rungs that a wait climbs, in this order. `start` is the first mail, `remind` a reminder to whoever was asked and has
 * not answered, `deputy` and `head` ask those who stand in, `overdue` hands the case to the office and rings the alarm.
 */
export const rungNames = ['start', 'remind', 'deputy', 'head', 'overdue'] as const;
export type RungName = (typeof rungNames)[number];

/** When a rung is reached, counted from the opening of the wait: in working days, or (emergencies) in clock hours day and night. */
export const rungSchema = z.strictObject({
  rung: z.enum(['remind', 'deputy', 'head', 'overdue']),
  after: z.number().int().positive(),
  unit: z.enum(['working-days', 'hours']),
});
export type Rung = z.infer<typeof rungSchema>;

/** A seat at the table: whom to ask, how many of them, and from which rung on. All eligible holders of the role, if `count` is absent. */
export const seatPlanSchema = z.strictObject({
  role: deciderRoleSchema,
  count: z.number().int().positive().exactOptional(),
  askedFrom: z.enum(['start', 'deputy', 'head']),
});
export type SeatPlan = z.infer<typeof seatPlanSchema>;

/** One level of decision: `quorum` equal answers of those asked settle it. */
export const levelSchema = z.strictObject({
  seats: z.array(seatPlanSchema).min(1),
  quorum: z.number().int().positive(),
});
export type Level = z.infer<typeof levelSchema>;

const rungsSchema = z.array(rungSchema).min(1);

export const stageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('intake'),
    /** How long the applicant has to correct a returned application, and how often a lapsed one can be reopened. */
    correctionRungs: rungsSchema,
    correctWithinWorkingDays: z.number().int().positive(),
    reopenings: z.number().int().nonnegative(),
  }),
  z.strictObject({
    kind: z.literal('advance'),
    level: levelSchema,
    maxFen: z.number().int().positive(),
    /** Papers that may follow and cannot be put off are due this long after the advance at the latest. */
    papersWithinWorkingDays: z.number().int().positive(),
    /** How long after the advance the whole chain should be done; absent, nobody is reminded of it. */
    wholeWithinWorkingDays: z.number().int().positive().exactOptional(),
    rungs: rungsSchema,
  }),
  z.strictObject({
    kind: z.literal('review'),
    level: levelSchema,
    homeVisit: z.strictObject({
      aboveFen: z.number().int().nonnegative(),
      withinWorkingDays: z.number().int().positive().exactOptional(),
    }),
    rungs: rungsSchema,
  }),
  z.strictObject({
    kind: z.literal('approval'),
    /** The first tier whose limit the amount does not pass; `null` is without limit. An exception goes to the last tier. */
    tiers: z
      .array(z.strictObject({ upToFen: z.number().int().nullable(), levels: z.array(levelSchema).min(1) }))
      .min(1),
    rungs: rungsSchema,
  }),
  z.strictObject({
    kind: z.literal('notice'),
    workingDays: z.number().int().positive(),
    admitWithinWorkingDays: z.number().int().positive(),
    settleWithinWorkingDays: z.number().int().positive(),
  }),
  z.strictObject({ kind: z.literal('disbursement'), rungs: rungsSchema }),
]);
export type Stage = z.infer<typeof stageSchema>;
export type StageKind = Stage['kind'];
export type StageOf<Kind extends StageKind> = Extract<Stage, { kind: Kind }>;
