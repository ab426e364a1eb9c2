import type { Around, CaseFile } from '../cases/case-file.ts';
import { enteredBy } from '../cases/entered-by.ts';
import type { ReliefCase } from '../cases/relief-case.ts';
import { capKey, capPeriodStart } from '../intake/judge-intake.ts';
import type { CaseId, NewId } from '../kernel/ids.ts';
import { type Instant, type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Interests, Tie } from '../register/household.ts';
import { awardedFen } from './case-counters-store.ts';
import { listFunds } from './fund-store.ts';
import { membersOf } from './household-store.ts';
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

/**
 * What a rule must know besides the case, read now.
 * @throws Error if the programme version is not in the store
 */
export async function loadAround(
  store: Store,
  about: CaseFile | AroundSubject,
  { now, newId }: { readonly now: Instant; readonly newId: NewId },
): Promise<Around> {
  const subject: AroundSubject = 'case' in about ? about.case : about;
  const { programmeId, programmeVersion, householdId, incidentId } = subject;
  const programme = await getProgrammeVersion(store, programmeId, programmeVersion);
  if (programme === undefined) throw new Error(`no programme ${programmeId} version ${programmeVersion}`);
  const today = localDateOf(now);
  const key = capKey(programme, { householdId, incidentId, today });
  const only = { since: capPeriodStart(programme, today), exceptCaseId: subject.caseId };
  const [staff, interests, funds, awarded] = await Promise.all([
    listStaff(store),
    loadInterests(store, subject, today),
    listFunds(store),
    awardedFen(store, householdId, key, only),
  ]);
  return { now, newId, programme, staff, interests, funds, awardedFen: awarded, capKey: key };
}

/**
 * Who may not decide, and the strongest reason: the beneficiary, their household of today, whoever is tied to one of these
 * (the beneficiary's own ties first), and who entered the application.
 */
export async function loadInterests(
  store: Store,
  subject: Pick<AroundSubject, 'householdId' | 'beneficiaryId' | 'enteredById' | 'enteredEarlierByIds'>,
  today: LocalDate,
): Promise<Interests> {
  const { beneficiaryId } = subject;
  const members = (await membersOf(store, subject.householdId, today)).map(({ personId }) => personId);
  const people = [...new Set([beneficiaryId, ...members])];
  const relations = await Promise.all(people.map((personId) => relationsOf(store, personId)));
  const ties: (readonly [string, Tie])[] = [
    [beneficiaryId, 'self'],
    ...members.map((personId) => [personId, 'same-household'] as const),
    ...relations.flat().map(({ otherId, kind }) => [otherId, kind] as const),
    ...enteredBy(subject).map((personId) => [personId, 'entered-it'] as const),
  ];
  return new Map(ties.toReversed());
}
