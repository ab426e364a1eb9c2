import { can } from '../../../shared/cases/can.ts';
import {
  bankPaymentOf,
  type FoundMember,
  problemsOfRelease,
  type ReleaseProblem,
} from '../../../shared/cases/check-release.ts';
import { bankProfileOf } from '../../../shared/disbursement/bank-profiles/index.ts';
import type { Batch } from '../../../shared/disbursement/batch.ts';
import { type BatchDecided, dissolveBatch, releaseBatch } from '../../../shared/disbursement/decide-batch.ts';
import { makeBankFile } from '../../../shared/disbursement/make-bank-file.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { CaseReading } from '../../middleware/act-on-case.ts';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { refusalWords } from '../staff/staff-context.ts';
import type { FinanceApp, Reading } from './finance-context.ts';
import { faultWords } from './batch-parts.tsx';
import { batchOn, batchPage, batchPath } from './batch-page.tsx';
import type { FinanceDeps } from './deps.ts';
import { batchItem } from './make-batch.tsx';
import { type FoundPayment, openPayments } from './open-chosen.ts';
import { openPost } from './open-post.ts';

/** What is done with a batch that was made: released by another, dissolved, or carried on where a process died. */
export function releaseBatchRoutes(app: FinanceApp, deps: FinanceDeps): void {
  app.post(`${batchPath}/release`, async (c) => {
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const batch = await batchOn(c, deps);
    if (batch === undefined) return errorPage(c, 404);
    return release(c, deps, batch, posted.form);
  });

  app.post(`${batchPath}/dissolve`, async (c) => {
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const batch = await batchOn(c, deps);
    if (batch === undefined) return errorPage(c, 404);
    const { personId } = c.var.member;
    const allowed = can({ kind: 'staff', member: c.var.member }, { action: 'dissolve-batch', now: deps.now() });
    if (!allowed.allowed) return errorPage(c, 403);
    if (batch.status === 'dissolved') return done(c, batch, 'dissolved');
    return decide(c, deps, batch, 'dissolve', dissolveBatch(batch, personId, deps.now()));
  });

  app.post(`${batchPath}/go-on`, async (c) => {
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const batch = await batchOn(c, deps);
    if (batch === undefined) return errorPage(c, 404);
    const allowed = can({ kind: 'staff', member: c.var.member }, { action: 'make-batch', now: deps.now() });
    if (!allowed.allowed) return errorPage(c, 403);
    const whats = {
      making: 'begin',
      closing: 'begin',
      made: 'begin',
      released: 'release',
      dissolved: 'dissolve',
    } as const;
    await deps.batches.carry([batchItem(deps, batch.batchId, whats[batch.status])]);
    return done(c, batch, 'continued');
  });
}

const done = (c: Reading, { batchId }: Batch, what: string) =>
  c.redirect(`/finance/batches/${batchId}?done=${what}`, 303);

/** Puts the file into the bucket before the header says that it was released: what it names is there whatever happens next. */
async function release(c: Reading, deps: FinanceDeps, batch: Batch, form: FormBody): Promise<Response> {
  const seenVersion = Number(form.text('version'));
  const { member, words } = c.var;
  const { personId } = member;
  const say = words.finance.batch;
  // A second press of the same button: what it was for is done.
  if (batch.status === 'released' && batch.releasedBy === personId) return done(c, batch, 'released');
  const refuse = async (status: 403 | 409 | 422, problems: readonly string[]) =>
    c.html(await batchPage(c, deps, (await batchOn(c, deps)) ?? batch, problems), status);
  const at = deps.now();
  const allowed = can({ kind: 'staff', member }, { action: 'release-batch', now: at, batch });
  if (!allowed.allowed) {
    const isBarred = allowed.code === 'same-person' || allowed.code === 'not-allowed';
    return refuse(isBarred ? 403 : 409, [refusalWords(words, allowed, String)]);
  }
  if (batch.version !== seenVersion) return refuse(409, [say.changed]);
  const found = await findMembers(c, deps, batch);
  const problems = problemsOfRelease(batch, personId, found);
  if (problems.length > 0)
    return refuse(
      409,
      problems.map((problem) => problemWords(c, problem, found)),
    );
  const opened = batch.members.flatMap(({ payoutId }) => found.get(payoutId) ?? []);
  const { batchId, batchNumber } = batch;
  const made = makeBankFile(bankProfileOf(batch.profileId), {
    ...{ batchId, batchNumber, at },
    payments: opened.map(({ payout, around }) => bankPaymentOf(payout, around)),
  });
  if (made.kind === 'faults') {
    const payments = opened.map(({ file, payout }) => ({ caseNumber: file.case.caseNumber, payout }));
    return refuse(422, faultWords(c, made.faults, payments));
  }
  const fresh = await requireFreshCode(c, deps, form, { action: 'release-batch' });
  if (fresh.kind === 'refused') return c.html(await batchPage(c, deps, batch, [], fresh.errors), fresh.status);
  await deps.files.put(made.file.objectKey, made.bytes, made.file.sha256);
  const decided = releaseBatch(batch, { personId, seenVersion, file: made.file, at });
  return decide(c, deps, batch, 'release', decided, opened);
}

/** Each payment of a batch by its id, as its case has it now. */
async function findMembers(c: Reading, deps: FinanceDeps, batch: Batch) {
  const digestOf = async ({ payout }: FoundPayment) => ({ payeeDigest: await deps.batches.payeeDigest(payout.payee) });
  const found: FoundMember[] = await openPayments(c, deps, batch.members, digestOf, [batch]);
  return new Map(found.map((each) => [each.payout.payoutId, each]));
}

function problemWords(c: Reading, { payoutId, code }: ReleaseProblem, found: ReadonlyMap<string, FoundMember>): string {
  const { problem } = c.var.words.finance.batch;
  const isOurs = (name: string): name is keyof typeof problem => Object.hasOwn(problem, name);
  const said = isOurs(code) ? problem[code] : refusalWords(c.var.words, { code }, String);
  return `${found.get(payoutId)?.file.case.caseNumber ?? payoutId} ${said}`;
}

/** Writes what was decided, tells the payments, and shows the batch. `readings`: their cases, as far as they were checked for it. */
async function decide(
  c: Reading,
  deps: FinanceDeps,
  batch: Batch,
  what: 'release' | 'dissolve',
  decided: BatchDecided,
  readings: readonly CaseReading[] = [],
): Promise<Response> {
  const shown = what === 'release' ? 'released' : 'dissolved';
  if (decided.kind === 'refused') {
    return c.html(await batchPage(c, deps, batch, [refusalWords(c.var.words, decided, String)]), 409);
  }
  const items = [batchItem(deps, batch.batchId, what)];
  const saved = await deps.batches.save(decided.batch, decided.facts, items);
  if (saved.kind === 'stale') {
    const now = await deps.batches.get(batch.batchId);
    const isSame = now?.status === decided.batch.status && now.releasedBy === decided.batch.releasedBy;
    if (isSame) return done(c, batch, shown);
    return c.html(await batchPage(c, deps, now ?? batch, [c.var.words.finance.batch.changed]), 409);
  }
  await deps.batches.carry(items, { batch: saved.batch, readings });
  return done(c, batch, shown);
}
