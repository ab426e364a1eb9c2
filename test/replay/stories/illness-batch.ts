import { apply, applyIncompletely, type Receipt } from '../apply.ts';
import { approve, decide, recommend } from '../decide.ts';
import { inventPerson } from '../people.ts';
import { told } from '../told.ts';
import { inParallel, type World } from '../world.ts';
import { type IllnessPlan, illnessApplication } from './illness.ts';
import { climbToDeputy, returnAndCorrect } from './special.ts';

/** What goes differently with the first case of a batch, and the number of its applicant. */
export type BatchStory = {
  readonly firstOrder: number;
  readonly isIncomplete: boolean;
  readonly isReturned: boolean;
  readonly isSlow: boolean;
};

/** The cases of a batch, up to their notice, and what happens between them. In order wherever order decides a number or a fund. */
export async function illnessBatch(
  world: World,
  plans: readonly IllnessPlan[],
  { firstOrder, isIncomplete, isReturned, isSlow }: BatchStory,
): Promise<Receipt[]> {
  const treated = treatedBefore(world.today());
  const cases = await inParallel(
    plans,
    async (plan, index) => {
      const order = firstOrder + index;
      const application = illnessApplication(inventPerson(order), order, plan, treated);
      const isHasty = isIncomplete && index === 0;
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
  if (isReturned) {
    await returnAndCorrect(world, first.receipt);
    world.say(`${first.receipt.caseNumber} 退回补正后重新提交`);
  }
  const prompt = isSlow ? others : cases;
  await inParallel(prompt, ({ receipt, plan }) => review(world, receipt, plan));
  for (const { receipt, plan } of prompt) await approveAndPost(world, receipt, plan);
  if (isSlow) {
    await climbToDeputy(world, first.receipt, first.plan.suggested);
    world.say(`${first.receipt.caseNumber} 包片委员一直没有答复，催办后由副委员代为审核`);
    await approveAndPost(world, first.receipt, first.plan);
  }
  return cases.map(({ receipt }) => receipt);
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
