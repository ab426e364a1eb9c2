import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { ActDeps } from '../../functions/middleware/act-on-case.ts';
import { carryBatch, carryPort } from '../../functions/middleware/carry-batch.ts';
import { carryBankResult, resultPort } from '../../functions/middleware/carry-bank-result.ts';
import type { OutboxDeps } from '../../functions/middleware/outbox-deps.ts';
import { sendItems } from '../../functions/middleware/send-outbox.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import { addMs, type Instant } from '../../shared/kernel/time.ts';
import type { Mail } from '../../shared/mail/mailer.ts';
import type { Store } from '../../shared/store/open-store.ts';

export const houseSecret = 'a secret of this test';

/** Sending and acting on a real store; only Step Functions and the mail server are stood in for, and the clock moves by hand. */
export function outboxPorts(store: Store, start: Instant) {
  const client = new SFNClient({ region: 'eu-west-1' });
  const sfn = mockClient(client);
  const mails: Mail[] = [];
  let time = start;
  let sendMail: (mail: Mail) => Promise<void> = async (mail) => void mails.push(mail);
  const outbox: OutboxDeps = {
    store,
    sfn: client,
    mailer: { send: (mail) => sendMail(mail) },
    stateMachineArn: () => 'arn:aws:states:eu-west-1:111122223333:stateMachine:relief-application',
    siteUrl: () => 'https://relief.example',
    mailFrom: () => 'relief@union.example',
    houseSecret: async () => houseSecret,
    carryBatch: (batchId) => carryBatch(carryPort(act), batchId),
    carryResult: (resultId) => carryBankResult(resultPort(act), resultId),
    now: () => time,
  };
  const act: ActDeps = {
    store,
    send: (items, known) => sendItems(outbox, items, known),
    now: () => time,
    newId: randomId,
    pause: async () => {},
  };
  return {
    outbox,
    act,
    sfn,
    client,
    mails,
    pass: (ms: number) => {
      time = addMs(time, ms);
    },
    failMails: (error: Error | undefined) => {
      sendMail = async (mail) => {
        if (error !== undefined) throw error;
        mails.push(mail);
      };
    },
    started: () => sfn.commandCalls(StartExecutionCommand).map((call) => call.args[0].input),
    turned: () =>
      sfn.commandCalls(SendTaskFailureCommand).map(({ args }) => ({
        token: args[0].input.taskToken,
        error: args[0].input.error,
        route: JSON.parse(args[0].input.cause ?? ''),
      })),
    woken: () =>
      sfn.commandCalls(SendTaskSuccessCommand).map(({ args }) => ({
        token: args[0].input.taskToken,
        route: JSON.parse(args[0].input.output ?? ''),
      })),
  };
}
