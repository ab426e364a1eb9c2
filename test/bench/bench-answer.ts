import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { openFloor } from './open-floor.ts';
import { openUser } from './http-user.ts';
import { atMost, median, quantile, type Ratio } from './ratios.ts';
import { type BenchedReliefline, startBenched } from './reliefline-process.ts';
import { askedFor, expect, handIn } from './whole-way.ts';

/**
 * From a decision's POST to the next state that waits, as the workflow's own history dates it: the POST's transaction, the wake-up, the
 * choice. Against the median of one transaction of the floor, on the same database, written in turns.
 */
export async function benchAnswers(port: number, { warmUp, cases }: { warmUp: number; cases: number }): Promise<Ratio> {
  const system = await startBenched({ name: 'answer', port, clock: '2016-03-07T09:00' });
  const sfn = new SFNClient({
    endpoint: `http://127.0.0.1:${port + 4}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  try {
    const commits: number[] = [];
    const floor = await openFloor(system, (ms) => commits.push(ms));
    const ahead = await clockAhead(system);
    const waits: number[] = [];
    for (let order = 1; order <= warmUp + cases; order += 1) {
      await floor();
      const posts = await decideOne(system, order);
      const entered = await statesEntered(sfn);
      if (order <= warmUp) commits.length = 0;
      else
        for (const { at, state } of posts) {
          const next = entered.find(({ name, since }) => name === state && since >= at + ahead - 2);
          if (next === undefined) throw new Error(`the workflow never came to ${state}`);
          waits.push(next.since - (at + ahead));
        }
    }
    const [p50, p99, commit] = [median(waits), quantile(waits, 0.99), median(commits)];
    console.log(
      `           ${p50.toFixed(1)} ms p50, ${p99.toFixed(1)} ms p99 from the POST to the next state; ${commit.toFixed(2)} ms a durable commit`,
    );
    return atMost('p99 from a decision’s POST to the next state entered ÷ a durable commit', p99 / commit, 5);
  } finally {
    sfn.destroy();
    await system.stop();
  }
}

/** How far the system's clock is ahead of this one, in milliseconds: the least that several looks tell. */
async function clockAhead(system: BenchedReliefline): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 9; look += 1) {
    const before = Date.now();
    const now = await system.now();
    looks.push(now - (before + Date.now()) / 2);
  }
  return median(looks);
}

/** Brings one application to the notice; when the two POSTs that moved the workflow were sent, and where they led. */
async function decideOne(system: BenchedReliefline, order: number): Promise<{ at: number; state: string }[]> {
  const after = system.inbox.count();
  const { caseNumber } = await handIn(system, order);
  const reviewers = await askedFor(system, caseNumber, { count: 2, after });
  const posts: { at: number; state: string }[] = [];
  for (const [index, link] of reviewers.slice(0, 2).entries()) {
    const at = await answer(system, link, 'recommend');
    if (index === 1) posts.push({ at, state: 'AwaitApproval' });
  }
  const officers = await askedFor(system, caseNumber, { count: 3, after });
  posts.push({ at: await answer(system, officers[2] ?? '', 'approve'), state: 'AwaitNotice' });
  await system.inbox.wait(({ subject }) => subject.includes(caseNumber) && subject.includes('公示'), { after });
  return posts;
}

async function answer({ site }: BenchedReliefline, link: string, verdict: string): Promise<number> {
  const user = openUser(site);
  const page = expect(await user.get(link), /^\/decide\//);
  const at = Date.now();
  expect(await user.post(page, /^\/decide\//, { verdict, amount: '100' }), /^\/decide\//);
  return at;
}

/** The states that the newest execution has entered, with the moment of each on the system's clock. */
async function statesEntered(sfn: SFNClient): Promise<{ name: string; since: number }[]> {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const stateMachineArn = stateMachines[0]?.stateMachineArn;
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
  const executionArn = executions[0]?.executionArn;
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  return events.flatMap(({ stateEnteredEventDetails: entered, timestamp }) =>
    entered === undefined || timestamp === undefined ? [] : [{ name: entered.name ?? '', since: timestamp.getTime() }],
  );
}
