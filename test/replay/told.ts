import type { Receipt } from './apply.ts';
import type { World } from './world.ts';

/** Words in the subject of a mail to the applicant, by what it tells. */
export const news = {
  returned: '请补正',
  refused: '不予受理',
  declined: '申请未获同意',
  advance: '先行救助已安排',
  'on-notice': '开始公示',
  'payment-failed': '付款未成功',
  paid: '已发放',
} as const;

/** Waits until the applicant is told so by mail. @throws Error if no such mail comes */
export async function told(world: World, { caseNumber, application }: Receipt, what: keyof typeof news): Promise<void> {
  await world.post.wait(
    `${news[what]} ${caseNumber}`,
    ({ to, subject }) =>
      to === application.person.email && subject.includes(caseNumber) && subject.startsWith(news[what]),
  );
}
