import { apply, bringPapers } from '../apply.ts';
import { approve, decide, recommend } from '../decide.ts';
import { payEverything } from '../finance.ts';
import { readNotices } from '../notices.ts';
import { told } from '../told.ts';
import { inParallel, type World } from '../world.ts';
import { fireApplication, fireCertificate, fireHouseholds, fireSums, latePapers } from './fire.ts';

const fireNight = { apply: '2016-10-11T22:30', review: '2016-10-12T09:00', pay: '2016-10-21T09:00' } as const;

/** One fire, five households: an advance in the first night, the whole award after the visit, the rest after the notice. */
export async function octoberFire(world: World, firstOrder: number): Promise<number> {
  await world.moveClock({ to: fireNight.apply });
  const receipts = await inParallel(
    fireHouseholds,
    (_, index) => apply(world.site, fireApplication(index, firstOrder + index, { hasPapersAtHand: index !== 0 })),
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
  await readNotices(world, receipts);
  await inParallel(receipts, (receipt) => bringPapers(receipt, fireCertificate));
  await world.moveClock({ to: fireNight.pay });
  await payEverything(world);
  await inParallel(receipts, (receipt) => told(world, receipt, 'paid'));
  return receipts.length;
}
