import { GetExecutionHistoryCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aggregateName } from '../../shared/kernel/audit.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { findCaseByNumber, loadCaseFile } from '../../shared/store/case-store.ts';
import { auditTrail } from '../../shared/store/journal-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { apply } from '../replay/apply.ts';
import { type Browser, type Filled, openBrowser } from '../replay/browser.ts';
import { decide, recommend } from '../replay/decide.ts';
import type { Page } from '../replay/page.ts';
import { inventPerson } from '../replay/people.ts';
import type { Letter } from '../replay/post-office.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { openLocalStore } from '../support/local-store.ts';
import { runsAndSeed } from '../support/runs.ts';
import { recordedOn } from '../support/recorded-on.ts';
import { stepFunctionsClient } from '../support/step-functions-client.ts';

let local: TestLocal;
let tables: ReturnType<typeof openLocalStore>;
let sfn: SFNClient;
beforeAll(async () => {
  local = await startTestLocal();
  tables = openLocalStore(local);
  sfn = stepFunctionsClient(local);
});
afterAll(async () => {
  sfn?.destroy();
  tables?.close();
  await local?.stop();
});

const treated = { from: '2016-01-11', until: '2016-02-20' };
const ballots: fc.Arbitrary<Filled> = fc.oneof(
  fc.integer({ min: 1, max: 3_000 }).map((yuan) => ({ verdict: 'approve', amount: String(yuan) })),
  fc.nat(99).map((way) => ({ verdict: 'decline', note: `第 ${way} 个理由` })),
  fc.constant({ verdict: 'return', note: '发票看不清', missing: ['paper:invoice'] }),
);
/** What is posted at one moment, and from which of the officer's two browsers. */
const mixes = fc.array(fc.record({ ballot: ballots, isSecond: fc.boolean() }), { minLength: 50, maxLength: 50 });

let order = 0;
/** An application that waits for one officer, and the officer's decision page opened on two devices. */
async function toOneOfficer(): Promise<{ caseNumber: string; devices: { browser: Browser; page: Page }[] }> {
  order += 1;
  const { world, url } = local;
  const receipt = await apply(url, illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated));
  const { caseNumber } = receipt;
  const reviewers = await decide(world, receipt, [recommend(3_000), recommend(3_000)]);
  const before = Math.max(...reviewers.map((letter) => letter.order));
  const isAsked = ({ subject, link, order: at }: Letter): boolean =>
    at > before && subject.includes(caseNumber) && link.includes('/d/');
  for (let tried = new Set<number>(); ; ) {
    const letters = await world.post.wait(
      `an officer is asked about ${caseNumber}`,
      (letter) => isAsked(letter) && !tried.has(letter.order),
    );
    for (const letter of letters) {
      tried.add(letter.order);
      const devices = await Promise.all(
        [1, 2].map(async () => {
          const browser = openBrowser(url);
          return { browser, page: await browser.open(letter.link) };
        }),
      );
      if (devices.every(({ page }) => page.forms.some(({ options }) => options.get('verdict')?.includes('approve'))))
        return { caseNumber, devices };
    }
  }
}

test('promise 4: of fifty different answers to one request at one moment one counts, everybody reads that one, and the workflow goes on once', async () => {
  await fc.assert(
    fc.asyncProperty(mixes, async (mix) => {
      const { caseNumber, devices } = await toOneOfficer();
      const pages = await Promise.all(
        mix.map(({ ballot, isSecond }) => {
          const { browser, page } = devices[isSecond ? 1 : 0]!;
          return browser.send(page, /^\/decide\//, ballot);
        }),
      );
      await local.settle();
      const { store } = tables;
      const caseId = (await findCaseByNumber(store, caseNumber))!;
      const file = (await loadCaseFile(store, caseId))!;

      const votes = file.votes.filter(({ purpose }) => purpose === 'approval');
      expect(votes).toHaveLength(1);
      const [{ verdict, amountFen, requestId }] = votes as [(typeof votes)[0]];
      expect(file.requests.find((each) => each.requestId === requestId)).toMatchObject({
        status: 'consumed',
        outcome: verdict,
      });
      expect(file.case.status).toBe({ approve: 'on-notice', decline: 'declined', return: 'returned' }[String(verdict)]);
      expect(file.awards.map((award) => award.amountFen)).toEqual(verdict === 'approve' ? [amountFen] : []);

      expect(new Set(pages.map(({ status, heading }) => `${status} ${heading}`))).toEqual(
        new Set(['200 您的决定已记录']),
      );
      expect(new Set(pages.map(recordedOn)).size).toBe(1);

      const trail = await auditTrail(store, aggregateName('case', caseId));
      const closed = trail.filter(
        ({ event, details }) => event === 'request-closed' && details['requestId'] === requestId,
      );
      expect(closed).toHaveLength(1);
      expect(await exitsOf(caseId, 'AwaitApproval')).toBe(1);
      expect(await outboxOlderThan(store, asInstant('2099-01-01T00:00:00.000Z'))).toEqual([]);
    }),
    { ...runsAndSeed(2, 500), endOnFailure: true },
  );
});

/** How many times the case's workflow was woken from this wait. */
async function exitsOf(caseId: string, state: string): Promise<number> {
  const [machine] = local.model.machines;
  const executionArn = `${machine!.arn.replace(':stateMachine:', ':execution:')}:${caseId}`;
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  return events.filter(({ stateExitedEventDetails }) => stateExitedEventDetails?.name === state).length;
}
