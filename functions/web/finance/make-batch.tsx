import { can } from '../../../shared/cases/can.ts';
import type { OutboxItem } from '../../../shared/cases/case-file.ts';
import { bankProfiles } from '../../../shared/disbursement/bank-profiles/index.ts';
import { type Batch, type BatchMember, digestOfAsked, mostMembers } from '../../../shared/disbursement/batch.ts';
import { beginBatch } from '../../../shared/disbursement/decide-batch.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { type BatchId, batchIdSchema, outboxIdSchema } from '../../../shared/kernel/ids.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { type Answer, refusalWords } from '../staff/staff-context.ts';
import type { FinanceApp, Reading } from './finance-context.ts';
import { readAnswers } from './batch-answers.ts';
import { type Chosen, faultsOf } from './batch-faults.ts';
import { checkPage } from './check-batch.tsx';
import { readChoices } from './choice.ts';
import type { FinanceDeps } from './deps.ts';
import { openChosen } from './open-chosen.ts';
import { openPost } from './open-post.ts';
import { listPage } from './payout-list.tsx';
import { sideBySide } from '../../middleware/side-by-side.ts';

/** A batch is chosen from the list, checked with its count and control total, and only then made. */
export function makeBatchRoutes(app: FinanceApp, deps: FinanceDeps): void {
  app.post('/finance/batches/check', async (c) => {
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const read = await readChosen(c, deps, posted.form);
    if ('answer' in read) return read.answer;
    return c.html(checkPage(c, deps, { ...read, batchId: newBatchId(deps) }));
  });

  app.post('/finance/batches', async (c) => {
    const posted = await openPost(c, deps);
    if (posted.kind === 'answered') return posted.response;
    const { form } = posted;
    const batchId = batchIdSchema.safeParse(form.text('batchId'));
    if (!batchId.success) return errorPage(c, 404);
    const before = await deps.batches.get(batchId.data);
    // A second press of the same button, however late: the batch is there, whatever its payments have come to.
    if (before !== undefined && isMadeBy(before, form)) return c.redirect(`/finance/batches/${before.batchId}`, 303);
    const read = await readChosen(c, deps, form);
    if ('answer' in read) return read.answer;
    const { values } = form;
    const again = { ...read, batchId: newBatchId(deps) };
    const refuseUsed = () => {
      const errors = { '': c.var.words.finance.batch.usedBefore };
      return c.html(checkPage(c, deps, { ...again, form: { values, errors } }), 409);
    };
    if (before !== undefined) return refuseUsed();
    const answered = readAnswers(c, form, read.chosen);
    if ('errors' in answered) {
      const shown = { ...again, batchId: batchId.data, form: { values, errors: answered.errors } };
      return c.html(checkPage(c, deps, shown), 422);
    }
    if (faultsOf(deps, read.profile, read.chosen, batchId.data).length > 0) {
      return c.html(checkPage(c, deps, { ...again, form: { values, errors: {} } }), 422);
    }
    const made = await make(c, deps, { batchId: batchId.data, ...read, answers: answered.answers });
    if (made !== 'lost') return made;
    // A press at the same moment was faster: if it was of this form, so is its batch.
    const faster = await deps.batches.get(batchId.data);
    return faster !== undefined && isMadeBy(faster, form) ? showMade(c, faster.batchId) : refuseUsed();
  });
}

const newBatchId = (deps: FinanceDeps): BatchId => batchIdSchema.parse(deps.newId());

/** What was ticked and for which bank, or the list again with what is wrong and all that was ticked. */
async function readChosen(c: Reading, deps: FinanceDeps, form: FormBody): Promise<Chosen | { answer: Answer }> {
  const { words, lang } = c.var;
  const say = words.finance;
  const allowed = can({ kind: 'staff', member: c.var.member }, { action: 'make-batch', now: deps.now() });
  if (!allowed.allowed) return { answer: errorPage(c, 403) };
  const choices = readChoices(form.texts('payout'));
  const profile = bankProfiles.find(({ id }) => id === form.text('profile'));
  const errors = {
    ...(choices.length === 0 && { payout: say.chooseNone }),
    ...(choices.length > mostMembers && { payout: say.batch.tooMany({ most: mostMembers }) }),
    ...(profile === undefined && { profile: say.batch.profileMissing }),
  };
  const { values } = form;
  if (profile === undefined || Object.keys(errors).length > 0) {
    return { answer: c.html(await listPage(c, deps, 'ordered', { form: { values, errors } }), 422) };
  }
  const { chosen, problems } = await openChosen(c, deps, choices);
  if (problems.length === 0) return { chosen, profile };
  const said = problems.map(
    (problem) => `${problem.caseNumber} ${refusalWords(words, problem, (amount) => formatMoney(fen(amount), lang))}`,
  );
  const shown = { problems: said, form: { values, errors: {} } };
  return { answer: c.html(await listPage(c, deps, 'ordered', shown), 409) };
}

/** Whether it is the batch of this form: it was asked for the same payments, for the same bank. */
function isMadeBy({ askedDigest }: Batch, form: FormBody): boolean {
  const profile = bankProfiles.find(({ id }) => id === form.text('profile'));
  const payoutIds = readChoices(form.texts('payout')).map(({ payoutId }) => payoutId);
  return profile !== undefined && askedDigest === digestOfAsked(profile.id, payoutIds);
}

const showMade = (c: Reading, batchId: BatchId) => c.redirect(`/finance/batches/${batchId}?done=made`, 303);

export const batchItem = (deps: FinanceDeps, batchId: BatchId, what: 'begin' | 'release' | 'dissolve'): OutboxItem => ({
  kind: 'batch',
  outboxId: outboxIdSchema.parse(`batch-${batchId}-${what}`),
  createdAt: deps.now(),
  batchId,
});

/** `lost`: there is a batch under this id by now. */
async function make(
  c: Reading,
  deps: FinanceDeps,
  { batchId, chosen, profile, answers }: Chosen & { readonly batchId: BatchId; readonly answers: Batch['answers'] },
): Promise<Response | 'lost'> {
  const at = deps.now();
  const members = await sideBySide(chosen, 8, async ({ payout }): Promise<BatchMember> => {
    const { caseId, payoutId, fundId, amountFen, payee } = payout;
    return { caseId, payoutId, fundId, amountFen, payeeDigest: await deps.batches.payeeDigest(payee), isIn: false };
  });
  const batchNumber = await deps.batches.nextNumber(Number(localDateOf(at).slice(0, 4)));
  const begun = beginBatch({
    ...{ batchId, batchNumber, profileId: profile.id, members, answers },
    ...{ personId: c.var.member.personId, at },
  });
  if (begun.kind === 'refused') return errorPage(c, 409);
  const items = [batchItem(deps, batchId, 'begin')];
  const saved = await deps.batches.save(begun.batch, begun.facts, items);
  if (saved.kind === 'stale') return 'lost';
  await deps.batches.carry(items, { batch: saved.batch, readings: chosen });
  return showMade(c, batchId);
}
