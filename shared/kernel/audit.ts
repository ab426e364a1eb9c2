import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { AuditEventName } from './audit-event-names.ts';
import { instantSchema } from './time.ts';

/** Kinds of things that have a chain of their own. */
export const aggregateKinds = [
  'case',
  'fund',
  'household',
  'staff',
  'programme',
  'authenticator',
  'proposal',
  'batch',
  'bank-result',
] as const;
export type AggregateKind = (typeof aggregateKinds)[number];

/** The last link of an aggregate's chain, kept on the aggregate itself: whoever changes it must extend it. */
export const auditHeadSchema = z.strictObject({ sequence: z.number().int().nonnegative(), hash: z.string() });
export type AuditHead = z.infer<typeof auditHeadSchema>;
export const noAudit: AuditHead = { sequence: 0, hash: '' };

/** What happened, before it is chained. `details` hold ids, statuses, amounts and keyed digests: no personal value. */
export const auditFactSchema = z.strictObject({
  /** Not looked up in the list: what a newer deployment wrote must be read by an older one, and every bundle would carry the list. */
  event: z.custom<AuditEventName>((value) => typeof value === 'string'),
  /** A person's id, `applicant`, or `system:<what>`. */
  by: z.string(),
  at: instantSchema,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditFact = z.infer<typeof auditFactSchema>;

export const auditEventSchema = z.strictObject({
  ...auditFactSchema.shape,
  aggregate: z.string(),
  sequence: z.number().int().positive(),
  /**
   * What the same write put, by its name, each with its digest as stored: an item that was altered, added or removed past the commands
   * is found by it. Over sealed values, so that it tells nothing of a person and outlives their keys.
   */
  seals: z.record(z.string(), z.string()).exactOptional(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** `case#<id>`, `fund#<id>`, … */
export const aggregateName = (kind: AggregateKind, id: string): string => `${kind}#${id}`;

/** JSON with sorted keys and without blanks, so that equal values have equal digests. Absent and undefined are the same. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((each: unknown) => canonicalJson(each)).join(',')}]`;
  const members = Object.entries<unknown>({ ...value })
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

export function hashOfEvent(event: Omit<AuditEvent, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(event)).digest('hex');
}

/** Chains facts to an aggregate's head, in their order; returns the events to put and the new head. The last one carries the seals. */
export function chainFacts(
  aggregate: string,
  head: AuditHead,
  facts: readonly AuditFact[],
  seals: Readonly<Record<string, string>> = {},
): { events: AuditEvent[]; head: AuditHead } {
  const events: AuditEvent[] = [];
  let last = head;
  for (const [index, fact] of facts.entries()) {
    const carried = index === facts.length - 1 && Object.keys(seals).length > 0 ? { seals: { ...seals } } : {};
    const unsealed = { ...fact, ...carried, aggregate, sequence: last.sequence + 1, previousHash: last.hash };
    const event = { ...unsealed, hash: hashOfEvent(unsealed) };
    events.push(event);
    last = { sequence: event.sequence, hash: event.hash };
  }
  return { events, head: last };
}

/** The first thing wrong in a chain read in order, or undefined: a gap, a broken link, an altered event, a missing end. */
export function faultInChain(events: readonly AuditEvent[], head: AuditHead): string | undefined {
  let last = noAudit;
  for (const event of events) {
    if (event.sequence !== last.sequence + 1) return `event ${last.sequence + 1} of ${event.aggregate} is missing`;
    if (event.previousHash !== last.hash) return `event ${event.sequence} of ${event.aggregate} does not follow`;
    const { hash, ...rest } = event;
    if (hashOfEvent(rest) !== hash) return `event ${event.sequence} of ${event.aggregate} was altered`;
    last = { sequence: event.sequence, hash };
  }
  if (last.sequence !== head.sequence || last.hash !== head.hash)
    return `the chain ends before its head (${head.sequence})`;
  return undefined;
}
