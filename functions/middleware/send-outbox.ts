import { SendTaskSuccessCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { OutboxItem, Route } from '../../shared/cases/case-file.ts';
import { routeOf } from '../../shared/cases/route.ts';
import { assertNever } from '../../shared/kernel/result.ts';
import { log } from '../../shared/log.ts';
import { UndeliverableMail } from '../../shared/mail/mailer.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { deleteOutboxItem } from '../../shared/store/outbox-store.ts';
import { mailOf } from './compose-mail.ts';
import type { OutboxDeps } from './outbox-deps.ts';

type ItemOf<Kind extends OutboxItem['kind']> = Extract<OutboxItem, { kind: Kind }>;
/** `left`: it stays in the outbox for the sweeper, or until the workflow has consumed the decision. */
export type Sent = 'done' | 'left';

/** Sends items one after another. Whatever fails is logged and stays: the sweeper tries again. */
export async function sendItems(deps: OutboxDeps, items: readonly OutboxItem[]): Promise<void> {
  for (const item of items) await sendItem(deps, item);
}

/** Sends one item and takes it out of the outbox when it is done. Sending twice is harmless; never throws. */
export async function sendItem(deps: OutboxDeps, item: OutboxItem): Promise<Sent> {
  const about = { outboxId: item.outboxId, kind: item.kind, ...(item.caseId && { caseId: item.caseId }) };
  try {
    const sent = await send(deps, item);
    if (sent === 'done') await deleteOutboxItem(deps.store, item.outboxId);
    return sent;
  } catch (error) {
    log.warn('outbox item left for the sweeper', { ...about, error });
    return 'left';
  }
}

function send(deps: OutboxDeps, item: OutboxItem): Promise<Sent> {
  switch (item.kind) {
    case 'start':
      return start(deps, item);
    case 'wake':
      return wake(deps, item);
    case 'mail':
      return post(deps, item);
    default:
      return assertNever(item);
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** An execution of that name exists: an earlier attempt came through and its answer was lost. */
async function start(deps: OutboxDeps, { caseId, executionName }: ItemOf<'start'>): Promise<Sent> {
  const input = JSON.stringify({ caseId });
  try {
    await deps.sfn.send(
      new StartExecutionCommand({ stateMachineArn: deps.stateMachineArn(), name: executionName, input }),
    );
  } catch (error) {
    if (nameOf(error) !== 'ExecutionAlreadyExists') throw error;
  }
  return 'done';
}

/**
 * Hands the case's way to whoever waits, by the request's token of now. The item is done only by the change that consumes the
 * decision, so an old token, or one that nobody waits for any more, is no end.
 */
async function wake(deps: OutboxDeps, { caseId, requestId }: ItemOf<'wake'>): Promise<Sent> {
  const file = await loadCaseFile(deps.store, caseId);
  const request = file?.requests.find((each) => each.requestId === requestId);
  if (file === undefined || request === undefined || request.status === 'consumed') return 'done';
  if (request.status === 'open' || request.taskToken === undefined) return 'left';
  await answerTask(deps.sfn, request.taskToken, routeOf(file, deps.now()));
  return 'left';
}

const overtaken = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Completes a waiting step. A token that is not waited for any more is no error: the table is the truth, the engine looks there. */
export async function answerTask(sfn: Pick<SFNClient, 'send'>, taskToken: string, route: Route): Promise<void> {
  try {
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(route) }));
  } catch (error) {
    if (!overtaken.has(nameOf(error))) throw error;
    log.info('a task token was overtaken', { outcome: nameOf(error) });
  }
}

/** An applicant's or an objector's address that takes no mail is no reason to try for ever: their page says the same. A staff member's is. */
async function post(deps: OutboxDeps, item: ItemOf<'mail'>): Promise<Sent> {
  const mail = await mailOf(deps, item);
  if (mail === 'nobody-to-tell') return 'done';
  try {
    await deps.mailer.send(mail);
  } catch (error) {
    const isStaff = item.to !== 'applicant' && 'person' in item.to;
    if (!(error instanceof UndeliverableMail) || isStaff) throw error;
    log.warn('mail to somebody outside the staff cannot be delivered', { outboxId: item.outboxId, error });
  }
  return 'done';
}
