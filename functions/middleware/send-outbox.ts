import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { CaseFile, OutboxItem, Route } from '../../shared/cases/case-file.ts';
import { routeOf } from '../../shared/cases/route.ts';
import type { CaseId } from '../../shared/kernel/ids.ts';
import { assertNever } from '../../shared/kernel/result.ts';
import { log } from '../../shared/log.ts';
import { UndeliverableMail } from '../../shared/mail/mailer.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { deleteOutboxItems } from '../../shared/store/outbox-store.ts';
import { elsewhere } from '../../workflows/relief-application/state.ts';
import { mailOf } from './compose-mail.ts';
import type { KnownCase, OutboxDeps, Seen } from './outbox-deps.ts';

type ItemOf<Kind extends OutboxItem['kind']> = Extract<OutboxItem, { kind: Kind }>;
/** `left`: it stays in the outbox for the sweeper, or until the workflow has consumed the decision. */
export type Sent = 'done' | 'left';

/**
 * Sends items side by side and takes those that are done out of the outbox, all at once. Whatever fails is logged and stays: the
 * sweeper tries again. Sending twice is harmless; never throws.
 */
export async function sendItems(
  deps: OutboxDeps,
  items: readonly OutboxItem[],
  known?: KnownCase,
): Promise<{ readonly left: number }> {
  if (items.length === 0) return { left: 0 };
  const seen = seenBy(deps, known);
  const sent = await Promise.all(items.map((item) => sendItem(deps, item, seen)));
  const done = items.filter((_, index) => sent[index] === 'done');
  try {
    await deleteOutboxItems(deps.store, done);
  } catch (error) {
    log.warn('outbox items were sent and are still there', { count: done.length, error });
  }
  return { left: items.length - done.length };
}

function seenBy({ store }: OutboxDeps, known: KnownCase | undefined): Seen {
  if (known !== undefined) return { caseOf: () => Promise.resolve(known.file), staff: known.staff };
  const read = new Map<CaseId, Promise<CaseFile | undefined>>();
  const caseOf = (caseId: CaseId) => {
    const file = read.get(caseId) ?? loadCaseFile(store, caseId);
    read.set(caseId, file);
    return file;
  };
  return { caseOf, staff: [] };
}

async function sendItem(deps: OutboxDeps, item: OutboxItem, seen: Seen): Promise<Sent> {
  try {
    return await send(deps, item, seen);
  } catch (error) {
    const about = {
      outboxId: item.outboxId,
      kind: item.kind,
      ...('caseId' in item && item.caseId && { caseId: item.caseId }),
    };
    log.warn('outbox item left for the sweeper', { ...about, error });
    return 'left';
  }
}

function send(deps: OutboxDeps, item: OutboxItem, seen: Seen): Promise<Sent> {
  switch (item.kind) {
    case 'start':
      return start(deps, item);
    case 'wake':
      return wake(deps, item, seen);
    case 'batch':
      return deps.carryBatch?.(item.batchId) ?? Promise.resolve('left');
    case 'bank-result':
      return deps.carryResult?.(item.resultId) ?? Promise.resolve('left');
    case 'mail':
      return post(deps, item, seen);
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
 * Hands the case's way to whoever waits, by the request's token of now. Unless it is the last, the item is done only by the change that
 * consumes the decision, so an old token, or one that nobody waits for any more, is no end: the tokens before it are tried, newest first.
 */
async function wake(deps: OutboxDeps, { caseId, requestId }: ItemOf<'wake'>, { caseOf }: Seen): Promise<Sent> {
  const file = await caseOf(caseId);
  const request = file?.requests.find((each) => each.requestId === requestId);
  if (file === undefined || request === undefined || request.status === 'consumed') return 'done';
  if (request.status === 'open' || request.taskToken === undefined) return 'left';
  const route = routeOf(file, deps.now());
  // An execution that ends by itself consumes nothing any more: if it takes none of the tokens, it has ended or is about to look here.
  const isLast = route.next === 'end' && request.onward === 'end';
  for (const token of [request.taskToken, ...(request.earlierTokens ?? [])]) {
    if (await answerTask(deps.sfn, { taskToken: token, onward: request.onward }, route)) break;
  }
  return isLast ? 'done' : 'left';
}

const overtaken = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/**
 * Completes a waiting step, and says whether somebody waited. A step that goes on by itself is told of any other way by a failure of
 * that name, which sends it to the choice. A token that is not waited for any more is no error: the table is the truth, the engine looks there.
 */
export async function answerTask(
  sfn: Pick<SFNClient, 'send'>,
  { taskToken, onward }: { readonly taskToken: string; readonly onward?: string | undefined },
  route: Route,
): Promise<boolean> {
  const answer = JSON.stringify(route);
  const isUsual = onward === undefined || onward === route.next;
  try {
    await (isUsual
      ? sfn.send(new SendTaskSuccessCommand({ taskToken, output: answer }))
      : sfn.send(new SendTaskFailureCommand({ taskToken, error: elsewhere, cause: answer })));
    return true;
  } catch (error) {
    if (!overtaken.has(nameOf(error))) throw error;
    log.info('a task token was overtaken', { outcome: nameOf(error) });
    return false;
  }
}

/** An applicant's or an objector's address that takes no mail is no reason to try for ever: their page says the same. A staff member's is. */
async function post(deps: OutboxDeps, item: ItemOf<'mail'>, seen: Seen): Promise<Sent> {
  const mail = await mailOf(deps, item, seen);
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
