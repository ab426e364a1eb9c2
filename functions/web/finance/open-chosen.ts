import type { Around, CaseFile, RefusalCode } from '../../../shared/cases/case-file.ts';
import { can } from '../../../shared/cases/can.ts';
import { plainAccount } from '../../../shared/disbursement/bank-order.ts';
import type { Batch, PayeeWarning } from '../../../shared/disbursement/batch.ts';
import { warningsOf } from '../../../shared/disbursement/payee-warnings.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import type { Reading } from './finance-context.ts';
import type { Choice } from './choice.ts';
import type { FinanceDeps } from './deps.ts';
import { staffOf } from '../staff/staff-session.ts';
import { sideBySide } from '../../middleware/side-by-side.ts';

/** A payment as its case has it now. */
export type FoundPayment = { readonly file: CaseFile; readonly payout: Payout };
export type OpenedPayment = FoundPayment & { readonly around: Around };
export type ChosenPayment = OpenedPayment & { readonly warnings: readonly PayeeWarning[] };
/** `caseNumber` is empty where there is no such case. */
export type ChosenProblem = { readonly caseNumber: string; readonly code: RefusalCode };

const atOnce = 8;

/** The cases of some payments, each read once. Payments that do not exist are left out. */
export async function findPayments(deps: FinanceDeps, choices: readonly Choice[]): Promise<FoundPayment[]> {
  const caseIds = [...new Set(choices.map(({ caseId }) => caseId))];
  const found = await sideBySide(caseIds, atOnce, (caseId) => deps.store.loadCaseFile(caseId));
  const files = new Map(found.flatMap((file) => (file === undefined ? [] : [[file.case.caseId, file] as const])));
  return choices.flatMap(({ caseId, payoutId }) => {
    const file = files.get(caseId);
    const payout = file?.payouts.find((each) => each.payoutId === payoutId);
    return file === undefined || payout === undefined ? [] : [{ file, payout }];
  });
}

/**
 * As `findPayments`, with what surrounds each case, and with what else is asked of each at the same time; staff and funds are read once for
 * all.
 */
export async function openPayments<More>(
  c: Reading,
  deps: FinanceDeps,
  choices: readonly Choice[],
  also: (found: FoundPayment) => Promise<More>,
  batches: readonly Batch[] = [],
): Promise<(OpenedPayment & More)[]> {
  const [found, staff, funds] = await Promise.all([findPayments(deps, choices), staffOf(c, deps), deps.store.funds()]);
  const known = { staff, funds, batches };
  return sideBySide(found, atOnce, async (each) => {
    const [around, more] = await Promise.all([deps.store.loadAround(each.file, known), also(each)]);
    return { ...each, around, ...more };
  });
}

/** The payments that were chosen for a batch, with what is odd about their accounts; and why some of them may not go into one. */
export async function openChosen(
  c: Reading,
  deps: FinanceDeps,
  choices: readonly Choice[],
): Promise<{ readonly chosen: readonly ChosenPayment[]; readonly problems: readonly ChosenProblem[] }> {
  const opened = await openPayments(c, deps, choices, async ({ file, payout }) => {
    const { householdId, beneficiaryId } = file.case;
    return { history: await deps.batches.payeeHistory({ payout, householdId, beneficiaryId }) };
  });
  const actor = { kind: 'staff', member: c.var.member } as const;
  const problems = opened.flatMap(({ file, around, payout }): ChosenProblem[] => {
    const allowed = can(actor, { action: 'batch-payout', file, around, payout });
    return allowed.allowed ? [] : [{ caseNumber: file.case.caseNumber, code: allowed.code }];
  });
  if (opened.length < choices.length) problems.push({ caseNumber: '', code: 'not-possible-now' });
  if (problems.length > 0) return { chosen: [], problems };
  const sumTo = (payout: Payout) =>
    addFen(
      ...opened
        .filter((each) => plainAccount(each.payout.payee.accountNumber) === plainAccount(payout.payee.accountNumber))
        .map((each) => each.payout.amountFen),
    );
  const chosen = opened.map(({ history, ...each }): ChosenPayment => {
    const about = { beneficiaryName: each.file.case.applicant.name, toAccountFen: sumTo(each.payout), history };
    return { ...each, warnings: warningsOf(each.payout, about) };
  });
  return { chosen, problems: [] };
}
