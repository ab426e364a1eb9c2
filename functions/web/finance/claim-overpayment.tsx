import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import { claimThatWaits, proposeRecovery } from '../../../shared/cases/claim-overpayment.ts';
import { claimableFen, type Recovery } from '../../../shared/cases/recovery.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { caseIdSchema } from '../../../shared/kernel/ids.ts';
import { fen, parseYuan } from '../../../shared/kernel/money.ts';
import { Button, Form, Textarea, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { emptyForm, field, type FormState } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { readPost, refusalWords } from '../staff/staff-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import type { RecoveryDeps } from './fund-deps.ts';
import type { FundApp, Reading } from './fund-context.ts';
import { longestReason } from './recovery-page.tsx';

type Opened = { readonly file: CaseFile; readonly around: Around };

/** Claiming back what was paid too much: proposed here, agreed to by another on the recovery's own page. */
export function claimRoutes(app: FundApp, deps: RecoveryDeps): void {
  app.get('/finance/recoveries/:caseId/new', async (c) => {
    const refused = refuseUnless(c, deps, 'list-recoveries');
    if (refused !== undefined) return refused;
    const opened = await openCase(c, deps);
    if (opened === undefined) return errorPage(c, 404);
    return mayClaim(c, opened) ? c.html(claimPage(c, deps, opened, emptyForm)) : errorPage(c, 403);
  });

  app.post('/finance/recoveries/:caseId', async (c) => {
    const refused = refuseUnless(c, deps, 'list-recoveries');
    if (refused !== undefined) return refused;
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const opened = await openCase(c, deps);
    if (opened === undefined) return errorPage(c, 404);
    const { form } = posted;
    const { recovery: say, errors: anyField } = c.var.words;
    const { fault } = say;
    const amount = parseYuan(form.text('amount'));
    const reason = form.text('reason');
    const errors = {
      ...(amount.ok && amount.value > 0 ? {} : { amount: fault.amount }),
      ...(reason === '' ? { reason: fault.reason } : {}),
      ...(reason.length > longestReason ? { reason: anyField.tooLong({ label: say.reason, max: longestReason }) } : {}),
    };
    const page = (more: Readonly<Record<string, string>>) =>
      claimPage(c, deps, opened, { values: form.values, errors: more });
    if (!amount.ok || Object.keys(errors).length > 0) return c.html(page(errors), 422);
    const { personId } = c.var.member;
    const wish = { personId, amountFen: amount.value, reason };
    const hrefOf = (made: Recovery | undefined): string =>
      `/finance/recoveries/${opened.file.case.caseId}/${made?.recoveryId ?? ''}?done=1`;
    let before: Recovery | undefined;
    const outcome = await deps.actOnCase(opened.file.case.caseId, (file, around) => {
      const allowed = can({ kind: 'staff', member: c.var.member }, { action: 'propose-recovery', file, around });
      if (!allowed.allowed) return { kind: 'refused', code: allowed.code };
      before = claimThatWaits(file, wish);
      // A second press of the button: what it was for waits already.
      return before === undefined ? proposeRecovery(file, around, wish) : { kind: 'refused', code: 'not-possible-now' };
    });
    if (outcome.kind === 'unknown-case') return errorPage(c, 404);
    if (outcome.kind === 'done') {
      const made = outcome.file.recoveries.findLast(({ proposedBy }) => proposedBy === personId);
      return c.redirect(hrefOf(made), 303);
    }
    if (before !== undefined) return c.redirect(hrefOf(before), 303);
    if (outcome.code === 'not-allowed') return errorPage(c, 403);
    const said = refusalWords(c.var.words, outcome, (sum) => formatMoney(fen(sum), c.var.lang));
    return c.html(page({ amount: said }), 409);
  });
}

async function openCase(c: Reading, deps: RecoveryDeps): Promise<Opened | undefined> {
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
  return file && { file, around: await deps.store.loadAround(file) };
}

const mayClaim = (c: Reading, opened: Opened): boolean =>
  can({ kind: 'staff', member: c.var.member }, { action: 'propose-recovery', ...opened }).allowed;

function claimPage(c: Reading, deps: RecoveryDeps, { file }: Opened, form: FormState) {
  const { lang, words } = c.var;
  const say = words.recovery;
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.claimTitle}
      caption={file.case.caseNumber}
      errors={form.errors}
      backHref="/finance/recoveries"
    >
      <p class="govuk-body">{say.claimHint({ amount: formatMoney(claimableFen(file), lang) })}</p>
      <Form action={`/finance/recoveries/${file.case.caseId}`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput {...field(form, 'amount')} label={say.amountYuan} width={10} autocomplete="off" spellcheck={false} />
        <Textarea {...field(form, 'reason')} label={say.reason} rows={3} />
        <Button>{say.claim}</Button>
      </Form>
    </StaffPage>
  );
}
