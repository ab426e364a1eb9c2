import { createHash } from 'node:crypto';
import * as z from 'zod';
import { instantSchema } from './time.ts';

/** Kinds of things that have a chain of their own. */
export const aggregateKinds = ['case', 'fund', 'household', 'staff', 'programme', 'batch', 'bank-result'] as const;
export type AggregateKind = (typeof aggregateKinds)[number];

/** The last link of an aggregate's chain, kept on the aggregate itself: whoever changes it must extend it. */
export const auditHeadSchema = z.strictObject({ sequence: z.number().int().nonnegative(), hash: z.string() });
export type AuditHead = z.infer<typeof auditHeadSchema>;
export const noAudit: AuditHead = { sequence: 0, hash: '' };

/** What happened, before it is chained. `details` hold ids, statuses, amounts and keyed digests: no personal value. */
export const auditFactSchema = z.strictObject({
  event: z.string(),
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
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** `case#<id>`, `fund#<id>`, … */
export const aggregateName = (kind: AggregateKind, id: string): string => `${kind}#${id}`;

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** JSON with sorted keys and without blanks, so that equal values have equal digests. Absent and undefined are the same. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (isList(value)) return `[${value.map((each) => canonicalJson(each)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

export function hashOfEvent(event: Omit<AuditEvent, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(event)).digest('hex');
}

/** Chains facts to an aggregate's head, in their order; returns the events to put and the new head. */
export function chainFacts(
  aggregate: string,
  head: AuditHead,
  facts: readonly AuditFact[],
): { events: AuditEvent[]; head: AuditHead } {
  const events: AuditEvent[] = [];
  let last = head;
  for (const fact of facts) {
    const unsealed = { ...fact, aggregate, sequence: last.sequence + 1, previousHash: last.hash };
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
