import { apply, applyIncompletely, bringPapers, type Receipt } from './apply.ts';
import { approve, decide, recommend } from './decide.ts';
import { payEverything } from './finance.ts';
import { inventPerson } from './people.ts';
import { fireApplication, fireCertificate, fireHouseholds, fireSums, latePapers } from './stories/fire.ts';
import { type IllnessPlan, illnessApplication, illnessYear } from './stories/illness.ts';
import { climbToDeputy, declineOne, payToNewAccount, refuseDuplicate, returnAndCorrect } from './stories/special.ts';
import { startUpApplication, startUpCount, startUpGrantYuan } from './stories/start-up.ts';
import { told } from './told.ts';
import { inParallel, type World } from './world.ts';

/** When the cases of a batch are applied for, and the morning on which finance pays them. All in China's time. */
const batches = [
  { apply: '2016-01-04T09:30', pay: '2016-01-13T09:00' },
  { apply: '2016-03-07T09:00', pay: '2016-03-16T09:00' },
  { apply: '2016-05-09T09:00', pay: '2016-05-18T09:00' },
  { apply: '2016-07-04T09:00', pay: '2016-07-13T09:00' },
  { apply: '2016-09-05T09:00', pay: '2016-09-27T09:00' },
  { apply: '2016-11-07T09:00', pay: '2016-11-16T09:00' },
] as const;
const fireNight = { apply: '2016-10-11T22:30', review: '2016-10-12T09:00', pay: '2016-10-21T09:00' } as const;

/** Which batch holds which of the things that go differently. */
const special = { returned: 1, duplicate: 2, closedAccount: 3, declined: 3, climbing: 4 } as const;

/** Persons are numbered over the year, and bills with them. */
const orders = { startUp: 1, illness: 10, duplicate: 60, declined: 61, fire: 70 } as const;

/** The whole year, month after month. Returns how many applications were made. */
export async function replayYear(world: World): Promise<number> {
  let applications = 0;
  let order: number = orders.illness;
  for (const [index, plans] of illnessYear.entries()) {
    const batch = batches[index];
    if (batch === undefined) throw new Error(`no dates for batch ${index + 1}`);
    if (batch.apply.startsWith('2016-11')) applications += await octoberFire(world);
    await world.moveClock({ to: batch.apply });
    if (index === 0) applications += await startUps(world);
    const receipts = await illnessBatch(world, index, plans, order);
    applications += receipts.length + (await othersOf(world, index));
    await world.moveClock({ to: batch.pay });
    await payEverything(world);
    const [first] = receipts;
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
async function startUps(world: World): Promise<number> {
  const yuan = startUpGrantYuan;
  for (let index = 0; index < startUpCount; index += 1) {
    const receipt = await apply(world.site, startUpApplication(index, orders.startUp + index));
    await decide(world, receipt, [recommend(yuan, { hasVisited: true, filledInYuan: yuan }), recommend(yuan)]);
    await decide(world, receipt, [approve(yuan)]);
    await decide(world, receipt, [approve(yuan)]);
    await told(world, receipt, 'on-notice');
    world.say(`${receipt.caseNumber} 创业扶持 ${yuan} 元，开始公示`);
  }
  return startUpCount;
}

/** The cases of a batch, up to their notice, and what happens between them. In order wherever order decides a number or a fund. */
async function illnessBatch(
  world: World,
  batch: number,
  plans: readonly IllnessPlan[],
  firstOrder: number,
): Promise<Receipt[]> {
  const treated = treatedBefore(world.today());
  const cases = await inParallel(
    plans,
    async (plan, index) => {
      const order = firstOrder + index;
      const application = illnessApplication(inventPerson(order), order, plan, treated);
      const isHasty = batch === 0 && index === 0;
      const receipt = isHasty
        ? await applyIncompletely(world.site, application, [
            'invoiceNumber',
            'isThirdPartyLiable',
            'payeeAccountNumber',
          ])
        : await apply(world.site, application);
      return { receipt, plan };
    },
    1,
  );
  const [first, ...others] = cases;
  if (first === undefined) throw new Error('a batch without cases');
  if (batch === special.returned) {
    await returnAndCorrect(world, first.receipt);
    world.say(`${first.receipt.caseNumber} 退回补正后重新提交`);
  }
  const isSlow = batch === special.climbing;
  const prompt = isSlow ? others : cases;
  await inParallel(prompt, ({ receipt, plan }) => review(world, receipt, plan));
  for (const { receipt, plan } of prompt) await approveAndPost(world, receipt, plan);
  if (isSlow) {
    await climbToDeputy(world, first.receipt, first.plan.suggested);
    world.say(`${first.receipt.caseNumber} 包片委员一直没有答复，催办后由副委员代为审核`);
    await approveAndPost(world, first.receipt, first.plan);
  }
  if (batch === special.closedAccount) world.bank.closeAccount(first.receipt.application.person.account);
  return cases.map(({ receipt }) => receipt);
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

/** Two reviewers recommend what the programme suggests, or less; what costs much they have visited. */
async function review(world: World, receipt: Receipt, { suggested, recommended }: IllnessPlan): Promise<void> {
  const sums = recommended ?? [suggested, suggested];
  const rest = { hasVisited: Math.max(...sums) > 3_000, filledInYuan: suggested };
  await decide(
    world,
    receipt,
    sums.map((yuan) => recommend(yuan, rest)),
  );
}

/** One officer approves, or two above 3,000 yuan; the notice begins. */
async function approveAndPost(world: World, receipt: Receipt, plan: IllnessPlan): Promise<void> {
  const agreed = Math.min(...(plan.recommended ?? [plan.suggested]));
  const yuan = plan.approved ?? agreed;
  const signature = approve(yuan, { filledInYuan: agreed });
  await decide(world, receipt, agreed > 3_000 ? [signature, signature] : [signature]);
  await told(world, receipt, 'on-notice');
  world.say(`${receipt.caseNumber} 大病救助 ${yuan} 元，开始公示`);
}

/** A treatment that ended some weeks ago. */
function treatedBefore(today: string): { from: string; until: string } {
  const back = (days: number): string => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  return { from: back(60), until: back(20) };
}

/** One fire, five households: an advance in the first night, the whole award after the visit, the rest after the notice. */
async function octoberFire(world: World): Promise<number> {
  await world.moveClock({ to: fireNight.apply });
  const receipts = await inParallel(
    fireHouseholds,
    (_, index) => apply(world.site, fireApplication(index, orders.fire + index, { hasPapersAtHand: index !== 0 })),
    1,
  );
  await inParallel(receipts, async (receipt) => {
    await decide(world, receipt, [approve(fireSums.advance), approve(fireSums.advance)]);
    await told(world, receipt, 'advance');
  });
  world.say(`火灾当夜：${receipts.length} 户各先行救助 ${fireSums.advance} 元`);
  await payEverything(world);
  await world.moveClock({ to: fireNight.review });
  await inParallel(receipts, async (receipt, index) => {
    if (index === 0) await bringPapers(receipt, latePapers);
    const yuan = fireSums.whole;
    await decide(world, receipt, [recommend(yuan, { hasVisited: true, filledInYuan: yuan })]);
    await decide(world, receipt, [approve(yuan), approve(yuan)]);
    await decide(world, receipt, [approve(yuan)]);
    await told(world, receipt, 'on-notice');
    world.say(`${receipt.caseNumber} 火灾救助 ${yuan} 元，追认先行救助，开始公示`);
  });
  await inParallel(receipts, (receipt) => bringPapers(receipt, fireCertificate));
  await world.moveClock({ to: fireNight.pay });
  await payEverything(world);
  await inParallel(receipts, (receipt) => told(world, receipt, 'paid'));
  return receipts.length;
}
