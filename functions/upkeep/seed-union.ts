import { noAudit } from '../../shared/kernel/audit.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { getFund, openFund, receiveIntoFund } from '../../shared/store/fund-store.ts';
import { registerHousehold } from '../../shared/store/household-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { patches, putPatch, putRelation, relationsOf } from '../../shared/store/register-store.ts';
import { savePerson } from '../../shared/store/person-store.ts';
import { getStaffMember, saveStaffMember } from '../../shared/store/staff-store.ts';
import { seedFunds } from './seed-funds.ts';
import { seedHouseholds, seedPersonOf, seedRelations } from './seed-households.ts';
import { seedDate, seedPatches, seedStaff } from './seed-staff.ts';

type Fact = { readonly by: string; readonly at: Instant };

/** An invented union: its patches, staff and funds, and for trying out its register. Each thing is put only if it is not there. */
export async function seedUnion(
  store: Store,
  { withHouseholds, ...fact }: Fact & { readonly withHouseholds: boolean },
): Promise<void> {
  const known = new Set((await patches(store)).map(({ patchId }) => patchId));
  for (const patch of seedPatches) if (!known.has(patch.patchId)) await putPatch(store, patch);
  await seedDirectory(store, fact);
  await seedTreasury(store, fact);
  if (withHouseholds) await seedRegister(store, fact);
}

/** Staff are people of the register too, by the same id: so an own application is known as one, and its applicant is barred. */
async function seedDirectory(store: Store, { by, at }: Fact): Promise<void> {
  for (const member of seedStaff) {
    if ((await getStaffMember(store, member.personId)) !== undefined) continue;
    const details = { roles: member.appointments.map(({ role }) => role).join(' ') };
    await savePerson(store, seedPersonOf(member));
    await saveStaffMember(store, { ...member, version: 0, audit: noAudit }, [
      { event: 'staff.added', by, at, details },
    ]);
  }
}

/** The receipt has an id of its own and is looked for apart: a seed that broke off between the two is completed by the next. */
async function seedTreasury(store: Store, fact: Fact): Promise<void> {
  for (const { fund, budgetFen } of seedFunds) {
    const { fundId } = fund;
    await openFund(store, fund, fact);
    if ((await getFund(store, fundId))?.fundedFen !== 0) continue;
    await receiveIntoFund(store, { fundId, entryId: `seed-${fundId}`, amountFen: budgetFen, ...fact });
  }
}

async function seedRegister(store: Store, fact: Fact): Promise<void> {
  for (const { householdId, patch, standing, members } of seedHouseholds) {
    const people = members.map(({ relationToHead, ...person }) => ({
      person: { ...person, version: 0 },
      relationToHead,
    }));
    await registerHousehold(
      store,
      { householdId, patchId: patch.patchId, standing, isSurveyed: true, registeredOn: seedDate, members: people },
      fact,
    );
  }
  for (const relation of seedRelations) {
    const there = await relationsOf(store, relation.personId);
    if (there.some(({ otherId, kind }) => otherId === relation.otherId && kind === relation.kind)) continue;
    await putRelation(store, relation, fact);
  }
}
