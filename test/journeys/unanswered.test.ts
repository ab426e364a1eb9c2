import { ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, type Receipt, track } from '../replay/apply.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { stepFunctionsClient } from '../support/step-functions-client.ts';

const dayMs = 86_400_000;
let local: TestLocal;
let sfn: SFNClient;
beforeAll(async () => {
  local = await startTestLocal();
  sfn = stepFunctionsClient(local);
});
afterAll(async () => {
  sfn?.destroy();
  await local?.stop();
});

/** How many executions of the workflow stand how. */
async function executions(): Promise<Record<string, number>> {
  const [machine] = local.model.machines;
  const { executions: all = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: machine?.arn }));
  return Object.fromEntries(
    Object.entries(Object.groupBy(all, ({ status }) => String(status))).map(([status, some]) => [
      status,
      some?.length ?? 0,
    ]),
  );
}

async function withdraw(receipt: Receipt): Promise<string> {
  const { browser } = receipt;
  const status = await track(receipt);
  const question = await browser.open(`${status.url.pathname}/withdraw`);
  return (await browser.send(question, '/withdraw')).text;
}

test('promise 18: an application that nobody answers for thirteen months still waits, rings, and ends as its applicant wants, although no execution lasts for a year', async () => {
  const treated = { from: '2016-01-11', until: '2016-02-20' };
  const receipt = await apply(local.url, illnessApplication(inventPerson(1), 1, { ownShare: 36_800 }, treated));
  await local.settle();
  expect(await executions()).toEqual({ RUNNING: 1 });
  await local.moveClock(local.now() + 400 * dayMs);
  expect(await executions()).toEqual({ RUNNING: 1, SUCCEEDED: 1 });

  const rings = async () =>
    (await local.world.post.letters()).filter(({ subject }) => subject.startsWith('已逾期')).length;
  const before = await rings();
  await local.moveClock(local.now() + 14 * dayMs);
  expect(await rings()).toBeGreaterThan(before);

  expect(await withdraw(receipt)).toContain('申请已经撤回');
  await local.settle();
  expect(await executions()).toEqual({ SUCCEEDED: 2 });
});
