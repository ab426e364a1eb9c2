import { type AggregateKind, type AuditEvent, aggregateName } from '../kernel/audit.ts';
import { type Fault, fault } from '../proof/fault.ts';
import { auditTrail } from './journal-store.ts';
import type { Store } from './open-store.ts';
import type { SealedEntity } from './seals.ts';
import { type Read, readStored } from './stored-items.ts';

/** Something that keeps accounts, with its chain and the digests of what lies there now. */
export type Kept<Thing> = {
  /** Undefined if it cannot be read: then `faults` say so. */
  readonly thing: Thing | undefined;
  readonly chain: readonly AuditEvent[];
  readonly stored: ReadonlyMap<string, string>;
  /** What cannot be read, or lies where it should not. */
  readonly faults: readonly Fault[];
};

export const withKeys = { pages: 'all', consistent: true, data: 'includeKeys' } as const;

export type Each<Thing> = { readonly read: Read; readonly thing: Thing | undefined };

/** Reads items one by one, so that one which cannot be read hides none of the others. One without a body is opened whole. */
export const readEach = <Item extends { readonly body?: unknown } | { readonly state: unknown }, Thing>(
  kind: SealedEntity,
  items: readonly Item[],
  entity: { readonly put: (item: Item) => { readonly params: () => object } },
  open: (body: unknown) => Thing,
): Each<Thing>[] =>
  items.map((item) => {
    const read = readStored(kind, item, entity.put(item).params());
    try {
      return { read, thing: open('body' in item ? item.body : item) };
    } catch {
      return { read, thing: undefined };
    }
  });

export const thingsOf = <Thing>(each: readonly Each<Thing>[]): Thing[] =>
  each.flatMap(({ thing }) => (thing === undefined ? [] : [thing]));

export const kept = <Thing>(
  thing: Thing | undefined,
  chain: readonly AuditEvent[],
  each: readonly Each<unknown>[],
): Kept<Thing> => ({
  thing,
  chain,
  stored: new Map(each.map(({ read }) => [read.name, read.digest])),
  faults: each.flatMap(({ read: { name, isMisplaced }, thing: opened }) => [
    ...(isMisplaced ? [fault(name, 'misplaced')] : []),
    ...(opened === undefined ? [fault(name, 'unreadable')] : []),
  ]),
});

/** One thing that keeps accounts, by its id. */
export type Book<Thing> = readonly [id: string, Kept<Thing>];

/** As it was read from its own items, with its chain as that is now. */
export const bookOf = async <Thing>(
  store: Store,
  aggregate: { readonly kind: AggregateKind; readonly id: string },
  thing: Thing | undefined,
  each: readonly Each<unknown>[],
): Promise<Book<Thing>> => {
  const { kind, id } = aggregate;
  return [id, kept(thing, await auditTrail(store, aggregateName(kind, id)), each)];
};

/**
 * The books of all things that are listed; and of those of which the journal tells and which lie nowhere any more: all that was put
 * with them is missing.
 */
export async function listedBooks<Item, Thing>(
  store: Store,
  {
    kind,
    inJournal,
    items,
    idOf,
  }: {
    readonly kind: AggregateKind;
    readonly inJournal: readonly string[];
    readonly items: readonly Item[];
    readonly idOf: (item: Item) => string;
  },
  read: (item: Item) => Promise<{ readonly thing: Thing | undefined; readonly each: readonly Each<unknown>[] }>,
): Promise<Book<Thing>[]> {
  const found = new Set(items.map(idOf));
  const lost = inJournal.filter((id) => !found.has(id));
  return Promise.all([
    ...items.map(async (item) => {
      const { thing, each } = await read(item);
      return bookOf(store, { kind, id: idOf(item) }, thing, each);
    }),
    ...lost.map((id) => bookOf<Thing>(store, { kind, id }, undefined, [])),
  ]);
}

/** An item that is not sealed has a keyed digest of what it says. */
export const withDigest = async <Thing>(
  [own]: readonly Each<Thing>[],
  digestOf: (thing: Thing) => Promise<string>,
): Promise<{ readonly thing: Thing | undefined; readonly each: readonly Each<unknown>[] }> => {
  if (own === undefined) throw new Error('an item was read and is not there');
  const digest = own.thing === undefined ? '' : await digestOf(own.thing);
  return { thing: own.thing, each: [{ ...own, read: { ...own.read, digest } }] };
};
