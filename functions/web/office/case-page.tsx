import { can } from '../../../shared/cases/can.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatDate, formatDateTime, formatDeadline, formatMoney } from '../../../shared/i18n/format.ts';
import { mailAddressOf, type Objection } from '../../../shared/notice/objection.ts';
import { NotificationBanner, SummaryList, type SummaryRow, Table } from '../../../shared/web/controls/index.ts';
import type { FormState } from '../../../shared/web/form-state.ts';
import { maskAccount } from '../../../shared/web/mask.ts';
import { AnswerList, applicantRows, PaperList, payeeRows } from '../staff/answer-list.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';
import { VoteTable } from '../staff/vote-table.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { CaseActions } from './case-actions.tsx';
import { DueOfCase } from './due-of-case.tsx';
import type { OpenCase } from './open-case.ts';
import { purposeWords, waitingWords } from './waiting-words.ts';

type Props = OpenCase & { readonly c: Reading };

/** Everything about a case. What the office can do stands at its end; the auditor reads the same without it. */
export async function casePage(c: Reading, deps: StaffDeps, { file, around }: OpenCase, form: FormState) {
  const { lang, words } = c.var;
  const say = words.office.case;
  const it = file.case;
  const events = await deps.store.auditTrail(`case#${it.caseId}`);
  const at = `/office/cases/${it.caseId}`;
  const done =
    c.req.query('done') === '1' ? <NotificationBanner kind="success">{say.done}</NotificationBanner> : undefined;
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={it.caseNumber}
      caption={around.programme.names[lang]}
      errors={form.errors}
      notice={done}
      backHref="/office/cases"
    >
      <h2 class="govuk-heading-m">{say.state}</h2>
      <SummaryList rows={stateRows({ c, file, around })} />
      <h2 class="govuk-heading-m">{words.approver.facts}</h2>
      <SummaryList rows={[...applicantRows(it, lang, words), ...payeeRows(it.payee, words)]} />
      <AnswerList reliefCase={it} programme={around.programme} lang={lang} words={words} />
      <h2 class="govuk-heading-m">{words.approver.papers}</h2>
      <PaperList files={it.papers} programme={around.programme} at={at} lang={lang} words={words} />
      <h2 class="govuk-heading-m">{say.requests}</h2>
      <Requests c={c} file={file} around={around} />
      {file.votes.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{say.votes}</h2>
          <VoteTable votes={file.votes} staff={around.staff} caption={say.votes} lang={lang} words={words} />
        </>
      )}
      <Objections c={c} file={file} around={around} />
      <Payouts c={c} file={file} around={around} />
      <Recoveries c={c} file={file} around={around} />
      <DueOfCase c={c} file={file} around={around} />
      <CaseActions c={c} deps={deps} file={file} around={around} form={form} />
      <h2 class="govuk-heading-m">{say.audit}</h2>
      <AuditTrail c={c} around={around} events={events} />
    </StaffPage>
  );
}

function stateRows({ c, file, around }: Props): SummaryRow[] {
  const { lang, words } = c.var;
  const it = file.case;
  const { cases, case: say } = words.office;
  const money = (key: string, amount: typeof it.approvedFen): SummaryRow[] =>
    amount === undefined ? [] : [{ key, value: formatMoney(amount, lang) }];
  const lines = (key: string, texts: readonly string[]): SummaryRow[] =>
    texts.length === 0 ? [] : [{ key, value: texts.join(lang === 'zh' ? '；' : '; ') }];
  const { waiting } = it;
  return [
    { key: say.stage, value: words.office.status[it.status] },
    { key: cases.column.waitsFor, value: waitingWords(it, around.staff, words, lang) },
    ...(waiting === undefined
      ? []
      : [
          { key: cases.column.since, value: formatDateTime(waiting.since, lang) },
          {
            key: cases.column.until,
            value: `${formatDeadline(waiting.until, lang)}${waiting.isOverdue ? ` · ${cases.overdue}` : ''}`,
          },
        ]),
    ...money(words.approver.suggested, it.suggestedFen),
    ...money(words.approver.recommended, it.recommendedFen),
    ...money(words.applicant.status.approved, it.approvedFen),
    ...money(say.owed, it.owedFen),
    ...lines(
      say.missing,
      it.missing.map(({ label, note }) => [label[lang], note ?? ''].filter(Boolean).join(' · ')),
    ),
    ...lines(
      say.reasons,
      it.reasons.map((reason) => reason[lang]),
    ),
    { key: say.version, value: String(it.contentVersion) },
  ];
}

function Requests({ c, file, around }: Props) {
  const { lang, words } = c.var;
  const say = words.office.case;
  if (file.requests.length === 0) return <p class="govuk-body">{say.noRequests}</p>;
  const nameOf = (id: string) => around.staff.find(({ personId }) => personId === id)?.name ?? id;
  return (
    <>
      {file.requests.map((request) => {
        const status = say.requestStatus[request.status];
        const hasAnswered = (id: string) =>
          file.votes.some((vote) => vote.requestId === request.requestId && vote.personId === id);
        return (
          <Table
            caption={say.request({ purpose: purposeWords(request.purpose, words), status })}
            columns={[{ label: say.seat }, { label: say.role }, { label: say.asked }]}
            rows={request.seats.map((seat) => [
              nameOf(seat.personId),
              words.office.staff.roles[seat.role],
              [
                seat.askedAt === undefined ? say.notAsked : formatDateTime(seat.askedAt, lang),
                seat.leftBecause === undefined ? '' : say.left[seat.leftBecause],
                hasAnswered(seat.personId) ? say.answered : '',
              ]
                .filter(Boolean)
                .join(' · '),
            ])}
          />
        );
      })}
    </>
  );
}

function Objections({ c, file, around }: Props) {
  const { lang, words } = c.var;
  const say = words.office.case;
  if (file.objections.length === 0) return null;
  const maySeeWho = can({ kind: 'staff', member: c.var.member }, { action: 'see-objector', file, around }).allowed;
  return (
    <>
      <h2 class="govuk-heading-m">{say.objections}</h2>
      {file.objections.map((each) => (
        <SummaryList
          rows={[
            { key: words.approver.raisedOn, value: formatDateTime(each.raisedAt, lang) },
            {
              key: words.approver.objector,
              value: maySeeWho ? `${each.objectorName} · ${each.objectorContact}` : words.approver.objectorHidden,
            },
            { key: words.approver.grounds, value: each.grounds },
            { key: words.finance.column.status, value: say.objection[each.status] },
            ...(each.answer === undefined ? [] : [{ key: say.answer, value: each.answer }]),
            ...(each.status === 'raised' || !maySeeWho ? [] : [{ key: say.tellObjector, value: howTold(each, words) }]),
          ]}
        />
      ))}
    </>
  );
}

const howTold = (objection: Objection, { office: { case: say } }: StaffWords): string =>
  mailAddressOf(objection) === undefined ? say.tellByPhone({ contact: objection.objectorContact }) : say.toldByMail;

/** What has to come back, and the way to claim an overpayment; both are worked on in finance's part of the site. */
function Recoveries({ c, file, around }: Props) {
  const { lang, words } = c.var;
  const say = words.recovery;
  const at = `/finance/recoveries/${file.case.caseId}`;
  const actor = { kind: 'staff', member: c.var.member } as const;
  const mayClaim = can(actor, { action: 'propose-recovery', file, around }).allowed;
  return (
    <>
      {file.recoveries.length === 0 ? null : (
        <Table
          caption={say.title}
          columns={[
            { label: say.causeLabel },
            { label: say.status },
            { label: say.owed, isNumeric: true },
            { label: say.recovered, isNumeric: true },
          ]}
          rows={file.recoveries.map((each) => [
            <a class="govuk-link" href={`${at}/${each.recoveryId}`}>
              {say.cause[each.cause]}
            </a>,
            say.tab[each.status],
            formatMoney(each.owedFen, lang),
            formatMoney(each.recoveredFen, lang),
          ])}
        />
      )}
      {mayClaim ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`${at}/new`}>
            {say.claimTitle}
          </a>
        </p>
      ) : null}
    </>
  );
}

function Payouts({ c, file, around }: Props) {
  const { lang, words } = c.var;
  if (file.payouts.length === 0) return null;
  const { column } = words.finance;
  const fundOf = (id: string) => around.funds.find(({ fundId }) => fundId === id)?.names[lang] ?? id;
  return (
    <Table
      caption={words.office.case.payouts}
      columns={[
        { label: column.fund },
        { label: column.attempt },
        { label: column.account },
        { label: column.status },
        { label: column.since },
        { label: column.amount, isNumeric: true },
      ]}
      rows={file.payouts.map((each) => [
        fundOf(each.fundId),
        String(each.attempt),
        maskAccount(each.payee.accountNumber),
        [words.applicant.status.payout[each.status], each.failureReason ?? ''].filter(Boolean).join(' · '),
        formatDate(each.settledAt ?? each.sentAt ?? each.orderedAt, lang),
        formatMoney(each.amountFen, lang),
      ])}
    />
  );
}
