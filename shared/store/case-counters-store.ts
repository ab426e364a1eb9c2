import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import type { CaseId, HouseholdId } from '../kernel/ids.ts';
import { addFen, type Fen } from '../kernel/money.ts';
import { type LocalDate, localDateSchema } from '../kernel/time.ts';
import type { Store } from './open-store.ts';

/** The next number of a year, `DB-2016-00001`. A number that is drawn and not used leaves a gap. */
export async function nextCaseNumber(store: Store, prefix: string, year: number): Promise<string> {
  const { data } = await store.entities.counter
    .upsert({ counter: `${prefix}-${year}` })
    .add({ value: 1 })
    .go({ response: 'all_new' });
  return `${prefix}-${year}-${String(data?.value).padStart(5, '0')}`;
}

export const claimHashOf = (store: Store, key: string): Promise<string> => store.keyRing.searchHash('claim', key);

/** Those of the keys that another case holds. */
export async function claimsHeldByOthers(store: Store, keys: readonly string[], caseId: CaseId): Promise<string[]> {
  const holders = await Promise.all(
    keys.map(async (key) => {
      const claimHash = await claimHashOf(store, key);
      const { data } = await store.entities.claim.get({ claimHash }).go({ consistent: true });
      return { key, holder: data?.caseId };
    }),
  );
  return holders.filter(({ holder }) => holder !== undefined && holder !== caseId).map(({ key }) => key);
}

/** What each case of a household counts for under one cap, and from which day: a rolling cap counts only its months. */
export const tallyPartsSchema = z.array(
  z.strictObject({ caseId: z.string(), amountFen: fenSchema, on: localDateSchema }),
);
export type TallyParts = z.infer<typeof tallyPartsSchema>;
export type Tally = { readonly version: number; readonly parts: TallyParts };

export async function loadTally(store: Store, householdId: HouseholdId, capKey: string): Promise<Tally> {
  const { data } = await store.entities.tally.get({ householdId, capKey }).go({ consistent: true });
  return data === null
    ? { version: 0, parts: [] }
    : { version: data.version, parts: tallyPartsSchema.parse(data.body) };
}

export const sumOfParts = (parts: TallyParts, since: LocalDate | undefined): Fen =>
  addFen(...parts.filter(({ on }) => since === undefined || on >= since).map(({ amountFen }) => amountFen));
