import type { Around, CaseFile, RefusalCode } from '../../../shared/cases/case-file.ts';
import { can } from '../../../shared/cases/can.ts';
import { plainAccount } from '../../../shared/disbursement/bank-order.ts';
import type { PayeeWarning } from '../../../shared/disbursement/batch.ts';
import { warningsOf } from '../../../shared/disbursement/payee-warnings.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import type { Reading } from './finance-context.ts';
import type { Choice } from './choice.ts';
import type { FinanceDeps } from './deps.ts';
import { sideBySide } from './side-by-side.ts';

/** A payment as its case has it now. */
export type OpenedPayment = { readonly file: CaseFile; readonly around: Around; readonly payout: Payout };
export type ChosenPayment = OpenedPayment & { readonly warnings: readonly PayeeWarning[] };
/** `caseNumber` is empty where there is no such case. */
export type ChosenProblem = { readonly caseNumber: string; readonly code: RefusalCode };

const atOnce = 8;

/** The cases of some payments, each read once. Payments that do not exist are left out. */
export async function openPayments(deps: FinanceDeps, choices: readonly Choice[]): Promise<OpenedPayment[]> {
  const caseIds = [...new Set(choices.map(({ caseId }) => caseId))];
  const opened = await sideBySide(caseIds, atOnce, async (caseId) => {
    const file = await deps.store.loadCaseFile(caseId);
    return file === undefined ? undefined : { file, around: await deps.store.loadAround(file) };
  });
  return choices.flatMap(({ caseId, payoutId }) => {
    const found = opened.find((each) => each?.file.case.caseId === caseId);
    const payout = found?.file.payouts.find((each) => each.payoutId === payoutId);
    return found === undefined || payout === undefined ? [] : [{ ...found, payout }];
  });
}

/** The payments that were chosen for a batch, with what is odd about their accounts; and why some of them may not go into one. */
export async function openChosen(
  c: Reading,
  deps: FinanceDeps,
  choices: readonly Choice[],
): Promise<{ readonly chosen: readonly ChosenPayment[]; readonly problems: readonly ChosenProblem[] }> {
  const opened = await openPayments(deps, choices);
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
  const chosen = await sideBySide(opened, atOnce, async (each) => {
    const { householdId, beneficiaryId, applicant } = each.file.case;
    const history = await deps.batches.payeeHistory({ payout: each.payout, householdId, beneficiaryId });
    const about = { beneficiaryName: applicant.name, toAccountFen: sumTo(each.payout), history };
    return { ...each, warnings: warningsOf(each.payout, about) };
  });
  return { chosen, problems: [] };
}
