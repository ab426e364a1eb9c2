import { apply, type Receipt } from './apply.ts';
import { approve, decide, recommend } from './decide.ts';
import { payEverything } from './finance.ts';
import { readNotices } from './notices.ts';
import { usualYear, type YearPlan } from './plan.ts';
import { illnessBatch } from './stories/illness-batch.ts';
import { octoberFire } from './stories/october-fire.ts';
import { declineOne, payToNewAccount, refuseDuplicate } from './stories/special.ts';
import { startUpApplication, startUpCount, startUpGrantYuan } from './stories/start-up.ts';
import { told } from './told.ts';
import type { World } from './world.ts';

/** Which batch holds which of the things that go differently; in all but the refused and the declined it is the batch's first case. */
const special = { incomplete: 0, returned: 1, duplicate: 2, closedAccount: 3, declined: 3, climbing: 4 } as const;

/** Persons are numbered over the year, and bills with them. */
const ordersFrom = (first: number) => ({
  startUp: first,
  illness: first + 9,
  duplicate: first + 59,
  declined: first + 60,
  fire: first + 69,
});
type Orders = ReturnType<typeof ordersFrom>;

/** The whole year, month after month. Returns how many applications were made. */
export async function replayYear(world: World, plan: YearPlan = usualYear): Promise<number> {
  const orders = ordersFrom(plan.firstPerson);
  let applications = 0;
  let order = orders.illness;
  for (const [index, plans] of plan.illnesses.entries()) {
    const batch = plan.batches[index];
    if (batch === undefined) throw new Error(`no dates for batch ${index + 1}`);
    if (batch.apply.startsWith('2016-11')) applications += await octoberFire(world, orders.fire);
    await world.moveClock({ to: batch.apply });
    const startUps = index === 0 ? await startUpGrants(world, orders) : [];
    const illnesses = await illnessBatch(world, plans, {
      firstOrder: order,
      isIncomplete: index === special.incomplete,
      isReturned: index === special.returned,
      isSlow: index === special.climbing,
    });
    const receipts = [...startUps, ...illnesses];
    applications += receipts.length + (await othersOf(world, index, orders));
    await readNotices(world, receipts);
    const [first] = illnesses;
    if (index === special.closedAccount && first !== undefined) {
      world.bank.closeAccount(first.application.person.account);
    }
    await world.moveClock({ to: batch.pay });
    await payEverything(world);
    if (index === special.closedAccount && first !== undefined) {
      await payToNewAccount(world, first, order);
      world.say(`${first.caseNumber} 银行退票，换账户后到账`);
    }
    for (const receipt of receipts) await told(world, receipt, 'paid');
    order += plans.length;
  }
  return applications;
}

/** Before the illness cases of January: no other fund pays start-ups, so they must not come too late for this one. */
async function startUpGrants(world: World, orders: Orders): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const yuan = startUpGrantYuan;
  for (let index = 0; index < startUpCount; index += 1) {
    const receipt = await apply(world.site, startUpApplication(index, orders.startUp + index));
    await decide(world, receipt, [recommend(yuan, { hasVisited: true, filledInYuan: yuan }), recommend(yuan)]);
    await decide(world, receipt, [approve(yuan)]);
    await decide(world, receipt, [approve(yuan)]);
    await told(world, receipt, 'on-notice');
    world.say(`${receipt.caseNumber} 创业扶持 ${yuan} 元，开始公示`);
    receipts.push(receipt);
  }
  return receipts;
}

/** Applications that come to nothing: a bill tried twice, and one that the union does not agree to. */
async function othersOf(world: World, batch: number, orders: Orders): Promise<number> {
  let count = 0;
  if (batch === special.duplicate) {
    const { caseNumber } = await refuseDuplicate(world, orders.duplicate, orders.illness);
    world.say(`${caseNumber} 同一张发票，不予受理`);
    count += 1;
  }
  if (batch === special.declined) {
    const { caseNumber } = await declineOne(world, orders.declined);
    world.say(`${caseNumber} 工会不同意`);
    count += 1;
  }
  return count;
}
