import * as z from 'zod';
import { aggregateName } from '../kernel/audit.ts';
import { type PersonId, type ProgrammeId, personIdSchema } from '../kernel/ids.ts';
import { type Instant, instantSchema, type LocalDate } from '../kernel/time.ts';
import { type ProgrammeVersion, programmeVersionSchema } from '../programmes/programme-version.ts';
import { auditWrites, lastLink } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { revisedList, revisionWrite } from './revised-list.ts';
import type { StoredItem } from './seals.ts';
import { transact } from './transact.ts';

const catalogue = 'programmes';
const numberOf = (version: number): string => String(version).padStart(6, '0');

/** A version and who stands for it. Without `approvedAt` it is a proposal and no application may use it. */
export const storedProgrammeSchema = z.strictObject({
  definition: programmeVersionSchema,
  proposedBy: z.string(),
  proposedAt: instantSchema,
  approvedBy: personIdSchema.or(z.string().startsWith('system:')).exactOptional(),
  approvedAt: instantSchema.exactOptional(),
});
export type StoredProgramme = z.infer<typeof storedProgrammeSchema>;

/** A version as it lies in the catalogue, for its programme's chain: who alters it alters who decides, and on how much. */
const storedProgramme = (item: StoredItem['attributes']): StoredItem => ({ entity: 'programme', attributes: item });

/** Puts a new version with its audit event; a version that exists is never replaced. `approvedBy` only for seeds. */
export async function putProgrammeVersion(
  store: Store,
  definition: ProgrammeVersion,
  by: { readonly proposedBy: string; readonly at: Instant; readonly approvedBy?: string },
): Promise<{ readonly kind: 'saved' | 'exists' }> {
  const { id: programmeId, version } = definition;
  const approval = by.approvedBy === undefined ? {} : { approvedBy: by.approvedBy, approvedAt: by.at };
  const body: StoredProgramme = { definition, proposedBy: by.proposedBy, proposedAt: by.at, ...approval };
  const aggregate = aggregateName('programme', programmeId);
  const item = { catalogue, programmeId, number: numberOf(version), body };
  const fact = { event: 'programme.version-put', by: by.proposedBy, at: by.at, details: { version } } as const;
  const audit = auditWrites(aggregate, await lastLink(store, aggregate), [fact], [storedProgramme(item)]);
  const outcome = await transact(store, [
    {
      guards: 'programme',
      of: ({ programme }) => programme.create(item).commit(),
    },
    revisionWrite('programmes'),
    ...audit.writes,
  ]);
  return { kind: outcome.kind === 'done' ? 'saved' : 'exists' };
}

/** A second person's approval makes a proposed version usable; its definition stays as it is. */
export async function approveProgrammeVersion(
  store: Store,
  which: { readonly programmeId: ProgrammeId; readonly version: number },
  by: { readonly personId: PersonId; readonly at: Instant },
): Promise<{ readonly kind: 'saved' | 'stale' | 'unknown-programme' | 'same-person' | 'approved-before' }> {
  const key = { catalogue, programmeId: which.programmeId, number: numberOf(which.version) };
  const { data } = await store.entities.programme.get(key).go({ consistent: true });
  if (data === null) return { kind: 'unknown-programme' };
  const stored = storedProgrammeSchema.parse(data.body);
  if (stored.approvedAt !== undefined) return { kind: 'approved-before' };
  if (stored.proposedBy === by.personId) return { kind: 'same-person' };
  const aggregate = aggregateName('programme', which.programmeId);
  const details = { version: which.version };
  const approved: StoredProgramme = { ...stored, approvedBy: by.personId, approvedAt: by.at };
  const item = { ...key, body: approved };
  const fact = { event: 'programme.version-approved', by: by.personId, at: by.at, details } as const;
  const audit = auditWrites(aggregate, await lastLink(store, aggregate), [fact], [storedProgramme(item)]);
  const outcome = await transact(store, [
    {
      guards: 'programme',
      of: ({ programme }) =>
        programme
          .put(item)
          .where(({ catalogue: there }, { exists }) => exists(there))
          .commit(),
    },
    revisionWrite('programmes'),
    ...audit.writes,
  ]);
  return { kind: outcome.kind === 'done' ? 'saved' : 'stale' };
}

/** Every version of every programme, proposals too. */
export const allProgrammes = revisedList('programmes', async (store): Promise<StoredProgramme[]> => {
  const { data } = await store.entities.programme.query.own({ catalogue }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => storedProgrammeSchema.parse(body));
});

/** The approved version of each programme that is in force on a day. */
export async function currentProgrammes(store: Store, today: LocalDate): Promise<ProgrammeVersion[]> {
  const usable = (await allProgrammes(store))
    .filter(({ approvedAt, definition }) => approvedAt !== undefined && definition.validFrom <= today)
    .map(({ definition }) => definition);
  return [...new Map(usable.map((definition) => [definition.id, definition])).values()];
}

/** Versions never change, so a process reads each once. */
const read = new WeakMap<Store, Map<string, ProgrammeVersion>>();

/** One version, approved or not; undefined if there is none. */
export async function getProgrammeVersion(
  store: Store,
  programmeId: ProgrammeId,
  version: number,
): Promise<ProgrammeVersion | undefined> {
  const known = read.get(store) ?? new Map<string, ProgrammeVersion>();
  read.set(store, known);
  const name = `${programmeId}/${version}`;
  const held = known.get(name);
  if (held !== undefined) return held;
  const { data } = await store.entities.programme
    .get({ catalogue, programmeId, number: numberOf(version) })
    .go({ consistent: true });
  if (data === null) return undefined;
  const { definition } = storedProgrammeSchema.parse(data.body);
  known.set(name, definition);
  return definition;
}
