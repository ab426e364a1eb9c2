import { askedFor, decide, handIn, pay, signIn } from '../bench/whole-way.ts';
import type { Inbox } from '../bench/inbox.ts';

/** A running Reliefline, as those see it who walk the reference application. */
export type Walked = {
  readonly site: string;
  readonly inbox: Inbox;
  now(): number;
  moveClock(to: number): Promise<void>;
  /** Resolves when no task and no function runs. */
  settle(): Promise<void>;
};

/** `session` is finance's signing in: once a day, for however many payouts, and so no application's. */
export type Stage = 'intake' | 'review' | 'approval' | 'notice' | 'session' | 'disbursement';

const dayMs = 86_400_000;

/**
 * The reference application: major illness with five papers, two of three reviewers of whom one is reminded, one officer, five working
 * days of notice, one payout. A stage is over when all that it leads to is done, the next one's question included.
 * @param order which of the invented people applies
 * @param over called at the end of each stage
 */
export async function walkReference(
  system: Walked,
  order: number,
  over: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { inbox } = system;
  const end = async (stage: Stage): Promise<void> => {
    await system.settle();
    await over(stage);
  };
  const letters = inbox.count();
  const { caseNumber } = await handIn(system, order);
  const [first = '', second = ''] = await askedFor(system, caseNumber, { count: 2, after: letters });
  await end('intake');

  await decide(system, first, 'recommend');
  await daysPassUntil(
    system,
    'somebody is reminded',
    ({ subject }) => subject.includes(caseNumber) && subject.startsWith('提醒'),
  );
  await decide(system, second, 'recommend');
  const officers = await askedFor(system, caseNumber, { count: 6, after: letters });
  await end('review');

  await decide(system, officers.at(-1) ?? '', 'approve');
  await inbox.wait(({ subject }) => subject.includes(caseNumber) && subject.includes('公示'), { after: letters });
  await end('approval');

  await daysPassUntil(
    system,
    'finance is asked',
    ({ subject, link }) => subject.includes(caseNumber) && link.endsWith('/finance'),
  );
  await end('notice');

  const maker = await signIn(system, 'finance-maker');
  const checker = await signIn(system, 'finance-checker');
  await end('session');
  const today = new Date(system.now()).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  await pay(system, { maker, checker }, 1, today);
  await end('disbursement');
}

async function daysPassUntil(
  system: Walked,
  what: string,
  isMeant: (letter: { subject: string; link: string }) => boolean,
): Promise<void> {
  for (let days = 0; days < 15; days += 1) {
    if (system.inbox.letters().some(isMeant)) return;
    await system.moveClock(system.now() + dayMs);
  }
  throw new Error(`within fifteen days it did not come to this: ${what}`);
}
