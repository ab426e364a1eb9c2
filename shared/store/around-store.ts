import type { Around, CaseFile } from '../cases/case-file.ts';
import { enteredBy } from '../cases/entered-by.ts';
import type { ReliefCase } from '../cases/relief-case.ts';
import { capKey, capPeriodStart } from '../intake/judge-intake.ts';
import type { BatchId, CaseId, NewId } from '../kernel/ids.ts';
import { type Instant, type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Interests, Membership, Relation, Tie } from '../register/household.ts';
import { sumOfParts } from './case-counters-store.ts';
import { getBatches } from './batch-store.ts';
import { listFunds } from './fund-store.ts';
import { type HouseholdFile, loadHouseholdFile } from './household-store.ts';
import type { Store } from './open-store.ts';
import { getProgrammeVersion } from './programme-store.ts';
import { relationsOf } from './register-store.ts';
import { listStaff } from './staff-store.ts';

/** Whom and what an application is about; `caseId` is left out of what the household was awarded. */
export type AroundSubject = Pick<
  ReliefCase,
  | 'programmeId'
  | 'programmeVersion'
  | 'householdId'
  | 'beneficiaryId'
  | 'enteredById'
  | 'enteredEarlierByIds'
  | 'incidentId'
> & { readonly caseId?: CaseId };

/** What was read a moment ago, for a request that looks at many cases: it is not read again for each. */
export type KnownAround = Partial<Pick<Around, 'staff' | 'funds' | 'batches'>>;

/** `withoutFunds`: for what awards no money; a rule that asks for them all the same gets an error, never an empty till. */
export type AroundOptions = {
  readonly now: Instant;
  readonly newId: NewId;
  readonly withoutFunds?: boolean;
  readonly known?: KnownAround;
};

/**
 * What a rule must know besides the case, read now.
 * @throws Error if the programme version is not in the store
 */
export async function loadAround(
  store: Store,
  about: CaseFile | AroundSubject,
  { now, newId, withoutFunds = false, known = {} }: AroundOptions,
): Promise<Around> {
  const subject: AroundSubject = 'case' in about ? about.case : about;
  const { programmeId, programmeVersion, householdId, incidentId } = subject;
  const programme = await getProgrammeVersion(store, programmeId, programmeVersion);
  if (programme === undefined) throw new Error(`no programme ${programmeId} version ${programmeVersion}`);
  const today = localDateOf(now);
  const key = capKey(programme, { householdId, incidentId, today });
  const since = capPeriodStart(programme, today);
  const knownIds = new Set(known.batches?.map(({ batchId }) => batchId));
  const batchIds = 'case' in about ? batchIdsOf(about).filter((batchId) => !knownIds.has(batchId)) : [];
  const [staff, near, funds, batches, draw] = await Promise.all([
    known.staff ?? listStaff(store),
    loadNear(store, subject, today),
    withoutFunds ? undefined : (known.funds ?? listFunds(store)),
    getBatches(store, batchIds),
    'case' in about ? drawOf(store, about) : undefined,
  ]);
  const awarded = (near.tallies.get(key) ?? []).filter(({ caseId }) => caseId !== subject.caseId);
  const { interests } = near;
  return {
    now,
    newId,
    programme,
    staff,
    interests,
    get funds() {
      if (funds === undefined) throw new Error('the funds were not read: whoever decided this was to award nothing');
      return funds;
    },
    batches: [...(known.batches ?? []), ...batches],
    awardedFen: sumOfParts(awarded, since),
    capKey: key,
    ...(draw !== undefined && { checkDraw: draw }),
  };
}

/** By a hash of the first payment's id that nobody can work out beforehand without the house's key. */
async function drawOf(store: Store, { case: { status }, payouts: [first] }: CaseFile): Promise<number | undefined> {
  if (status !== 'in-payment' || first === undefined) return undefined;
  const hash = await store.keyRing.searchHash('payment-check', first.payoutId);
  return Number.parseInt(hash.slice(0, 8), 16) / 2 ** 32;
}

/** Of the payouts that are in a batch and not sent by their own record. */
const batchIdsOf = ({ payouts }: CaseFile): BatchId[] =>
  payouts.flatMap(({ status, batchId }) => (status === 'batched' && batchId !== undefined ? [batchId] : []));

/** The household and who is tied to it: asked for of those alone of whom the household's file does not say that they have no ties. */
export async function loadNear(
  store: Store,
  subject: Pick<AroundSubject, 'householdId' | 'beneficiaryId' | 'enteredById' | 'enteredEarlierByIds'>,
  today: LocalDate,
): Promise<{ readonly interests: Interests; readonly tallies: HouseholdFile['tallies'] }> {
  const { householdId, beneficiaryId } = subject;
  const { members, withoutTies, tallies } = await loadHouseholdFile(store, householdId, today);
  const people = new Set([beneficiaryId, ...members.map(({ personId }) => personId)]);
  const asked = [...people].filter((personId) => !withoutTies.has(personId));
  const relations = await Promise.all(asked.map((personId) => relationsOf(store, personId)));
  return { interests: interestsOf(subject, members, relations.flat()), tallies };
}

/**
 * Who may not decide, and the strongest reason: the beneficiary, their household of today, whoever is tied to one of these
 * (the beneficiary's own ties first), and who entered the application.
 */
function interestsOf(
  subject: Pick<AroundSubject, 'beneficiaryId' | 'enteredById' | 'enteredEarlierByIds'>,
  members: readonly Membership[],
  relations: readonly Relation[],
): Interests {
  const ties: (readonly [string, Tie])[] = [
    [subject.beneficiaryId, 'self'],
    ...members.map(({ personId }) => [personId, 'same-household'] as const),
    ...relations.map(({ otherId, kind }) => [otherId, kind] as const),
    ...enteredBy(subject).map((personId) => [personId, 'entered-it'] as const),
  ];
  return new Map(ties.toReversed());
}
