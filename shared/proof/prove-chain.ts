import { type AuditEvent, type AuditHead, faultInChain, noAudit } from '../kernel/audit.ts';
import { type Fault, fault } from './fault.ts';

/**
 * Whether an audit chain is whole up to its head, and what was put with it still lies there as it was put. `stored`: the digests of
 * what lies there now, by name. An item that no event tells of was written past the commands.
 */
export function proveChain(
  aggregate: string,
  events: readonly AuditEvent[],
  head: AuditHead | undefined,
  stored: ReadonlyMap<string, string>,
): Fault[] {
  // Whoever cannot be read has no head to hold the chain against; the chain must be whole all the same.
  const end = events.at(-1);
  const broken = faultInChain(events, head ?? end ?? noAudit);
  const faults: Fault[] = broken === undefined ? [] : [fault(aggregate, 'chain-broken', { detail: broken })];
  const sealed = new Map(events.flatMap(({ seals }) => Object.entries(seals ?? {})));
  for (const [name, digest] of stored) {
    const expected = sealed.get(name);
    if (expected === undefined) faults.push(fault(name, 'not-sealed'));
    else if (expected !== digest) faults.push(fault(name, 'altered'));
  }
  for (const name of sealed.keys()) if (!stored.has(name)) faults.push(fault(name, 'missing'));
  return faults;
}
