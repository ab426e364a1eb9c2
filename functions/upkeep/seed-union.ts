import { noAudit } from '../../shared/kernel/audit.ts';
import { type Instant, localDateOf } from '../../shared/kernel/time.ts';
import { yearOf } from '../../shared/funds/fund-purpose.ts';
import type { Wanted } from '../../shared/funds/proposal.ts';
import { propose } from '../../shared/funds/propose.ts';
import { settleProposal } from '../../shared/funds/settle-proposal.ts';
import { personIdSchema, proposalIdSchema } from '../../shared/kernel/ids.ts';
import { getFund, openFund } from '../../shared/store/fund-store.ts';
import { registerHousehold } from '../../shared/store/household-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { patches, putPatch, putRelation, relationsOf } from '../../shared/store/register-store.ts';
import { savePerson } from '../../shared/store/person-store.ts';
import { getStaffMember, saveStaffMember } from '../../shared/store/staff-store.ts';
import { changeTreasury } from '../../shared/store/treasury-store.ts';
import { seedBudgets, seedFunds } from './seed-funds.ts';
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

/**
 * The receipts are made and confirmed by two of the union's own staff, by the rules that hold for everybody. Each step is looked for
 * apart: a seed that broke off in between is completed by the next.
 */
async function seedTreasury(store: Store, fact: Fact): Promise<void> {
  const today = localDateOf(fact.at);
  const maker = await treasurer(store, 'ji-qiushi');
  const checker = await treasurer(store, 'wen-zhuxi');
  if (maker === undefined || checker === undefined) throw new Error('the seed has nobody who keeps the funds');
  for (const { fund, budgetFen, payer, voucherNumber } of seedFunds) {
    const { fundId } = fund;
    await openFund(store, { ...fund, budgets: seedBudgets(budgetFen, yearOf(today)) }, fact);
    if ((await getFund(store, fundId))?.fundedFen !== 0) continue;
    const proposalId = proposalIdSchema.parse(`seed-${fundId}`);
    const voucher = { number: voucherNumber, date: today };
    const wanted: Wanted = { kind: 'receipt', amountFen: budgetFen, payer, voucher };
    const now = fact.at;
    await changeTreasury(store, (read) =>
      propose(read, { proposalId, fundId, wanted, isSeed: true }, { member: maker, now }),
    );
    await changeTreasury(store, (read) =>
      settleProposal(read, { proposalId, confirms: true }, { member: checker, now }),
    );
  }
}

const treasurer = (store: Store, spelling: string) => getStaffMember(store, personIdSchema.parse(spelling));

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
