import { can } from '../../../shared/cases/can.ts';
import { type AwaitedStep, awaitsSecond } from '../../../shared/cases/recovery.ts';
import { treasurerRole } from '../../../shared/funds/treasurer.ts';
import { formatDateTime } from '../../../shared/i18n/format.ts';
import { type Instant, localDateOf } from '../../../shared/kernel/time.ts';
import type { RecoveryOutline } from '../../../shared/proof/case-book.ts';
import { Table } from '../../../shared/web/controls/index.ts';
import { sideBySide } from '../../middleware/side-by-side.ts';
import type { Page } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { staffOf } from '../staff/staff-session.ts';
import type { OfficeDeps } from './office-deps.ts';

const pageSize = 100;

/** What somebody else has begun and whoever is signed in may complete. `about`: a fund, a case or a batch, as it is called. */
export type SecondTask = {
  readonly href: string;
  readonly about: string;
  readonly what: AwaitedStep['step'] | 'confirm-proposal' | 'release-batch';
  readonly since: Instant | undefined;
};

/** Nobody but finance and the office is ever the second person of money: nothing is read for others. */
export async function secondTasks(c: Reading, deps: OfficeDeps): Promise<SecondTask[]> {
  const role = treasurerRole(c.var.member, localDateOf(deps.now()));
  if (role === undefined) return [];
  const tasks = [onFunds(c, deps), onRecoveries(c, deps), ...(role === 'finance' ? [onBatches(c, deps)] : [])];
  return (await Promise.all(tasks)).flat();
}

const actorOf = (c: Reading) => ({ kind: 'staff', member: c.var.member }) as const;

async function onFunds(c: Reading, deps: OfficeDeps): Promise<SecondTask[]> {
  const mine = (await deps.proposals()).filter(
    (proposal) => can(actorOf(c), { action: 'confirm-proposal', now: deps.now(), proposal }).allowed,
  );
  const funds = mine.length === 0 ? [] : await deps.store.funds();
  return mine.map(({ fundId, proposalId, proposedAt, wanted }) => {
    const names = wanted.kind === 'open' ? wanted.terms.names : funds.find((fund) => fund.fundId === fundId)?.names;
    return {
      href: `/finance/funds/${fundId}/proposals/${proposalId}`,
      about: names?.[c.var.lang] ?? fundId,
      what: 'confirm-proposal',
      since: proposedAt,
    };
  });
}

async function onRecoveries(c: Reading, deps: OfficeDeps): Promise<SecondTask[]> {
  const { personId } = c.var.member;
  const all = await Promise.all(
    (['proposed', 'open'] as const).map((status) => everyPage((options) => deps.recoveries(status, options))),
  );
  const others = all.flat().filter((each) => awaitsSecond(each).some(({ firstBy }) => firstBy !== personId));
  return (await sideBySide(others, 8, (each) => onRecovery(c, deps, each))).flat();
}

/** Asked of the case itself: a relative, and whoever has decided on it, is no second person. */
async function onRecovery(
  c: Reading,
  deps: OfficeDeps,
  { caseId, recoveryId }: Pick<RecoveryOutline, 'caseId' | 'recoveryId'>,
): Promise<SecondTask[]> {
  const file = await deps.store.loadCaseFile(caseId);
  const recovery = file?.recoveries.find((each) => each.recoveryId === recoveryId);
  if (file === undefined || recovery === undefined) return [];
  const around = await deps.store.loadAround(file, { staff: await staffOf(c, deps), withoutFunds: true });
  const steps = awaitsSecond(recovery).filter(({ step, repaymentId }) => {
    const repayment = recovery.repayments.find((each) => each.repaymentId === repaymentId);
    const on = { recovery, ...(repayment !== undefined && { repayment }) };
    return can(actorOf(c), { action: step, file, around, ...on }).allowed;
  });
  const href = `/finance/recoveries/${caseId}/${recoveryId}`;
  return steps.map(({ step, since }) => ({ href, about: file.case.caseNumber, what: step, since }));
}

async function onBatches(c: Reading, deps: OfficeDeps): Promise<SecondTask[]> {
  const made = await everyPage((options) => deps.madeBatches(options));
  return made
    .filter((batch) => can(actorOf(c), { action: 'release-batch', now: deps.now(), batch }).allowed)
    .map(({ batchId, batchNumber, madeAt }) => ({
      href: `/finance/batches/${batchId}`,
      about: batchNumber,
      what: 'release-batch',
      since: madeAt,
    }));
}

/** These lists are short: what waits is soon done, and what is owed open for some weeks. */
async function everyPage<T>(
  read: (options: { readonly cursor?: string | undefined; readonly limit: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ cursor, limit: pageSize });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

export function SecondTasks({ c, tasks }: { c: Reading; tasks: readonly SecondTask[] }) {
  const { mine } = c.var.words.office;
  const say = mine.second;
  if (tasks.length === 0) return null;
  return (
    <Table
      caption={say.title}
      columns={[{ label: say.about }, { label: mine.purpose }, { label: mine.since }]}
      rows={tasks.map(({ href, about, what, since }) => [
        <a class="govuk-link" href={href}>
          {about}
        </a>,
        say.what[what],
        since === undefined ? '' : formatDateTime(since, c.var.lang),
      ])}
    />
  );
}
