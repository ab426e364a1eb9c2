import { can } from '../../../shared/cases/can.ts';
import type { CodedAction } from '../../../shared/cases/needs-fresh-code.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import { type Proposal, scanOf } from '../../../shared/funds/proposal.ts';
import { propose } from '../../../shared/funds/propose.ts';
import { settleProposal } from '../../../shared/funds/settle-proposal.ts';
import { secondTreasurers } from '../../../shared/funds/treasurer.ts';
import type { TreasuryDecided, Treasury } from '../../../shared/funds/treasury.ts';
import { formatDate, formatDateTime, formatList, formatMoney } from '../../../shared/i18n/format.ts';
import { fundWordsOf } from '../../../shared/i18n/fund-words.ts';
import { proposalIdSchema } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import {
  Button,
  Form,
  InsetText,
  NotificationBanner,
  SummaryList,
  type SummaryRow,
  Textarea,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, field, type FormErrors, type FormState } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { OneTimeCode } from '../staff/one-time-code.tsx';
import { requireFreshCode } from '../staff/require-fresh-code.ts';
import { readPost } from '../staff/staff-context.ts';
import type { FundApp, Reading } from './fund-context.ts';
import { mayDo, refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import type { FundDeps } from './fund-deps.ts';
import { proposalHref, proposalWords } from './fund-list.tsx';
import { termsRows } from './fund-page.tsx';
import { ScanLink, showScan } from './scan-upload.tsx';
import { refusalOfFunds } from './fund-refusal.ts';

const path = '/finance/funds/:fundId/proposals/:proposalId';

type Opened = {
  readonly proposal: Proposal;
  readonly proposals: readonly Proposal[];
  readonly funds: readonly Fund[];
  readonly staff: readonly StaffMember[];
};

/** One proposal: what it says, by whom, and the forms by which a second person settles it, or a receipt is undone. */
export function fundProposalRoutes(app: FundApp, deps: FundDeps): void {
  app.get(path, async (c) => {
    const refused = refuseUnless(c, deps, 'see-funds');
    if (refused !== undefined) return refused;
    const opened = await open(c, deps);
    return opened === undefined ? errorPage(c, 404) : c.html(await proposalPage(c, deps, opened, emptyForm));
  });

  app.get(`${path}/scan`, async (c) => {
    const refused = refuseUnless(c, deps, 'see-funds');
    if (refused !== undefined) return refused;
    const opened = await open(c, deps);
    return opened === undefined ? errorPage(c, 404) : showScan(c, deps, scanOf(opened.proposal));
  });

  app.post(`${path}/confirm`, (c) =>
    act(c, deps, 'confirm', (_, { proposal: { proposalId } }) => ({
      decide: (read) => settleProposal(read, { proposalId, confirms: true }, by(c, deps)),
      coded: 'confirm-proposal',
    })),
  );

  app.post(`${path}/reject`, (c) =>
    act(c, deps, 'rejectReason', (form, { proposal: { proposalId } }) => {
      const reason = form.text('rejectReason');
      if (reason === '') return { errors: { rejectReason: fundWordsOf(c.var.lang).fault.reason } };
      return { decide: (read) => settleProposal(read, { proposalId, confirms: false, reason }, by(c, deps)) };
    }),
  );

  app.post(`${path}/undo`, (c) =>
    act(c, deps, 'reason', (form, { proposal }) => {
      const { wanted, fundId, proposalId: receiptId } = proposal;
      const reason = form.text('reason');
      if (reason === '') return { errors: { reason: fundWordsOf(c.var.lang).fault.reason } };
      if (wanted.kind !== 'receipt') return { decide: () => ({ kind: 'refused', code: 'not-a-live-receipt' }) };
      const { amountFen } = wanted;
      const undoing = { kind: 'undo-receipt', receiptId, amountFen, reason } as const;
      const typed = proposalIdSchema.safeParse(form.text('proposalId'));
      const proposalId = typed.data ?? proposalIdSchema.parse(deps.newId());
      return { decide: (read) => propose(read, { proposalId, fundId, wanted: undoing }, by(c, deps)) };
    }),
  );
}

const by = (c: Reading, deps: FundDeps) => ({ member: c.var.member, now: deps.now() });

async function open(c: Reading, deps: FundDeps): Promise<Opened | undefined> {
  const [proposals, funds, staff] = await Promise.all([deps.proposals(), deps.store.funds(), staffOf(c, deps)]);
  const proposal = proposals.find(
    ({ fundId, proposalId }) => fundId === c.req.param('fundId') && proposalId === c.req.param('proposalId'),
  );
  return proposal && { proposal, proposals, funds, staff };
}

/** `coded`: the action that may ask for a one-time code. */
type Read =
  | { readonly errors: FormErrors }
  | { readonly decide: (read: Treasury) => TreasuryDecided; readonly coded?: CodedAction };

async function act(
  c: Reading,
  deps: FundDeps,
  fallback: string,
  read: (form: FormBody, opened: Opened) => Read,
): Promise<Response> {
  const refused = refuseUnless(c, deps, 'propose-for-fund');
  if (refused !== undefined) return refused;
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const opened = await open(c, deps);
  if (opened === undefined) return errorPage(c, 404);
  const again = async (errors: FormErrors, status: 403 | 409 | 422 | 429) => {
    const now = (await open(c, deps)) ?? opened;
    return c.html(await proposalPage(c, deps, now, { values: posted.form.values, errors }), status);
  };
  const asked = read(posted.form, opened);
  if ('errors' in asked) return again(asked.errors, 422);
  // Decided without writing first: a code is asked for, and used up, when nothing else is wrong.
  if (asked.coded !== undefined && asked.decide(opened).kind === 'changed') {
    const fresh = await requireFreshCode(c, deps, posted.form, { action: asked.coded });
    if (fresh.kind === 'refused') return again(fresh.errors, fresh.status);
  }
  const outcome = await deps.changeTreasury(asked.decide);
  if (outcome.kind === 'saved' || outcome.kind === 'unchanged')
    return c.redirect(`${proposalHref(outcome.proposal)}?done=1`, 303);
  const { errors, status } = refusalOfFunds(c, outcome, fallback);
  return again(errors, status);
}

async function proposalPage(c: Reading, deps: FundDeps, opened: Opened, form: FormState) {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const { proposal, proposals, funds, staff } = opened;
  const { fundId, status, wanted } = proposal;
  const isOpen = status === 'proposed';
  const fund = funds.find((each) => each.fundId === fundId);
  const at = proposalHref(proposal);
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const wish = { action: 'confirm-proposal', now: deps.now(), proposal } as const;
  const maySettle = can({ kind: 'staff', member: c.var.member }, wish).allowed;
  const undoing = proposals.find(
    (each) =>
      each.status === 'proposed' &&
      each.wanted.kind === 'undo-receipt' &&
      each.wanted.receiptId === proposal.proposalId,
  );
  const mayUndo =
    wanted.kind === 'receipt' && status === 'confirmed' && undoing === undefined && mayDo(c, deps, 'propose-for-fund');
  const names = secondTreasurers(staff, proposal, localDateOf(deps.now())).map(({ name }) => name);
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={say.act[wanted.kind]}
      caption={wanted.kind === 'open' ? wanted.terms.names[lang] : fund?.names[lang]}
      errors={form.errors}
      backHref={fund === undefined ? '/finance/funds' : `/finance/funds/${fundId}`}
      notice={
        c.req.query('done') === '1' ? (
          <NotificationBanner kind="success">{isOpen ? say.saved : say.settled}</NotificationBanner>
        ) : undefined
      }
    >
      <SummaryList rows={[...(await wantedRows(c, deps, opened)), ...byWhomRows(c, opened)]} />
      {isOpen ? (
        <InsetText>
          {names.length === 0 ? say.nobodyConfirms : say.waitsFor({ names: formatList(names, lang) })}
        </InsetText>
      ) : null}
      {undoing === undefined ? null : (
        <p class="govuk-body">
          <a class="govuk-link" href={proposalHref(undoing)}>
            {say.waitingTitle}: {proposalWords(c, undoing, funds)}
          </a>
        </p>
      )}
      {maySettle ? (
        <>
          <Form action={`${at}/confirm`} csrf={csrf} id="confirm">
            <OneTimeCode c={c} deps={deps} errors={form.errors}>
              <Button>{say.confirm}</Button>
            </OneTimeCode>
          </Form>
          <h2 class="govuk-heading-m">{say.reject}</h2>
          <Form action={`${at}/reject`} csrf={csrf}>
            <Textarea {...field(form, 'rejectReason')} label={say.rejectReason} rows={2} />
            <Button look="secondary">{say.reject}</Button>
          </Form>
        </>
      ) : null}
      {mayUndo ? (
        <>
          <h2 class="govuk-heading-m">{say.undoTitle}</h2>
          <p class="govuk-body">{say.undoHint}</p>
          <Form
            action={`${at}/undo`}
            csrf={csrf}
            hidden={{ proposalId: form.values['proposalId']?.[0] ?? deps.newId() }}
          >
            <Textarea {...field(form, 'reason')} label={say.reason} rows={2} />
            <Button look="warning">{say.undoTitle}</Button>
          </Form>
        </>
      ) : null}
    </StaffPage>
  );
}

async function wantedRows(c: Reading, deps: FundDeps, { proposal, proposals, funds }: Opened): Promise<SummaryRow[]> {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const { wanted } = proposal;
  const state: SummaryRow = { key: say.stateLabel, value: say.status[proposal.status] };
  if (wanted.kind === 'open' || wanted.kind === 'change') {
    const fund = funds.find(({ fundId }) => fundId === proposal.fundId);
    return [
      state,
      { key: say.nameZh, value: wanted.terms.names.zh },
      { key: say.nameEn, value: wanted.terms.names.en },
      ...(await termsRows(c, deps, wanted.terms, fund)),
    ];
  }
  const rows: SummaryRow[] = [state, { key: say.amount, value: formatMoney(wanted.amountFen, lang) }];
  if ('payer' in wanted) rows.push({ key: say.payer, value: wanted.payer });
  if ('voucher' in wanted)
    rows.push(
      { key: say.voucherNumber, value: wanted.voucher.number },
      { key: say.voucherDate, value: formatDate(wanted.voucher.date, lang) },
      {
        key: say.voucherScan,
        value: <ScanLink c={c} scan={wanted.voucher.scan} href={`${proposalHref(proposal)}/scan`} />,
      },
    );
  if (wanted.kind === 'carry-over')
    rows.push({ key: say.into, value: funds.find(({ fundId }) => fundId === wanted.into)?.names[lang] ?? wanted.into });
  if (wanted.kind === 'undo-receipt') {
    const receipt = proposals.find(({ proposalId }) => proposalId === wanted.receiptId);
    const link = receipt && (
      <a class="govuk-link" href={proposalHref(receipt)}>
        {proposalWords(c, receipt, funds)}
      </a>
    );
    rows.push({ key: say.undoes, value: link ?? wanted.receiptId });
  }
  if ('reason' in wanted) rows.push({ key: say.reason, value: wanted.reason });
  return rows;
}

function byWhomRows(c: Reading, { proposal, proposals, staff }: Opened): SummaryRow[] {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const { proposedBy, proposedAt, settledBy, settledAt, rejectedBecause, undoneBy, status } = proposal;
  const nameOf = (id: string) => staff.find(({ personId }) => personId === id)?.name ?? id;
  const rows: SummaryRow[] = [
    { key: say.proposedBy, value: say.when({ name: nameOf(proposedBy), at: formatDateTime(proposedAt, lang) }) },
  ];
  if (settledBy !== undefined && settledAt !== undefined)
    rows.push({
      key: status === 'rejected' ? say.rejectedBy : say.settledBy,
      value: say.when({ name: nameOf(settledBy), at: formatDateTime(settledAt, lang) }),
    });
  if (rejectedBecause !== undefined) rows.push({ key: say.rejectedBecause, value: rejectedBecause });
  const undoing = proposals.find(({ proposalId }) => proposalId === undoneBy);
  if (undoing !== undefined)
    rows.push({
      key: say.act['undo-receipt'],
      value: (
        <a class="govuk-link" href={proposalHref(undoing)}>
          {say.status.undone}
        </a>
      ),
    });
  return rows;
}
