import { apply, type Receipt } from './apply.ts';
import { approve, decide, recommend } from './decide.ts';
import { payEverything } from './finance.ts';
import { readNotices } from './notices.ts';
import { illnessYear } from './stories/illness.ts';
import { illnessBatch } from './stories/illness-batch.ts';
import { octoberFire } from './stories/october-fire.ts';
import { declineOne, payToNewAccount, refuseDuplicate } from './stories/special.ts';
import { startUpApplication, startUpCount, startUpGrantYuan } from './stories/start-up.ts';
import { told } from './told.ts';
import type { World } from './world.ts';

/** When the cases of a batch are applied for, and the morning on which finance pays them. All in China's time. */
const batches = [
  { apply: '2016-01-04T09:30', pay: '2016-01-13T09:00' },
  { apply: '2016-03-07T09:00', pay: '2016-03-16T09:00' },
  { apply: '2016-05-09T09:00', pay: '2016-05-18T09:00' },
  { apply: '2016-07-04T09:00', pay: '2016-07-13T09:00' },
  { apply: '2016-09-05T09:00', pay: '2016-09-27T09:00' },
  { apply: '2016-11-07T09:00', pay: '2016-11-16T09:00' },
] as const;

/** Which batch holds which of the things that go differently; in all but the refused and the declined it is the batch's first case. */
const special = { incomplete: 0, returned: 1, duplicate: 2, closedAccount: 3, declined: 3, climbing: 4 } as const;

/** Persons are numbered over the year, and bills with them. */
const orders = { startUp: 1, illness: 10, duplicate: 60, declined: 61, fire: 70 } as const;

/** The whole year, month after month. Returns how many applications were made. */
export async function replayYear(world: World): Promise<number> {
  let applications = 0;
  let order: number = orders.illness;
  for (const [index, plans] of illnessYear.entries()) {
    const batch = batches[index];
    if (batch === undefined) throw new Error(`no dates for batch ${index + 1}`);
    if (batch.apply.startsWith('2016-11')) applications += await octoberFire(world, orders.fire);
    await world.moveClock({ to: batch.apply });
    const startUps = index === 0 ? await startUpGrants(world) : [];
    const illnesses = await illnessBatch(world, plans, {
      firstOrder: order,
      isIncomplete: index === special.incomplete,
      isReturned: index === special.returned,
      isSlow: index === special.climbing,
    });
    const receipts = [...startUps, ...illnesses];
    applications += receipts.length + (await othersOf(world, index));
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
async function startUpGrants(world: World): Promise<Receipt[]> {
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
async function othersOf(world: World, batch: number): Promise<number> {
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
