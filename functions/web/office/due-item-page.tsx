import { can } from '../../../shared/cases/can.ts';
import { daysToExtendTo, daysToHaveVisited } from '../../../shared/cases/scheduled-actions.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import {
  Button,
  DateInput,
  Form,
  NotificationBanner,
  SummaryList,
  type SummaryRow,
  Textarea,
  TextInput,
} from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { field, type FormState } from '../../../shared/web/form-state.ts';
import { applicantRows } from '../staff/answer-list.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';
import type { OpenDue } from './due-item.tsx';
import { dueByWords, dueOnWords, DueState, dueWords } from './due-words.tsx';

type Props = OpenDue & { readonly c: Reading; readonly deps: StaffDeps; readonly form: FormState };

/** What is due, on whose case, and what whoever is signed in can do about it. */
export function dueItemPage(c: Reading, deps: StaffDeps, opened: OpenDue, form: FormState) {
  const { lang, words } = c.var;
  const say = words.office.due;
  const { file, around, item } = opened;
  const actor = { kind: 'staff', member: c.var.member } as const;
  const seesCase = can(actor, { action: 'view-case', file, around }).allowed;
  const may = (action: 'extend-paper' | 'record-visit' | 'answer-payment-check' | 'close-finding') =>
    can(actor, { action, file, around, item }).allowed;
  return (
    <StaffPage
      c={c}
      deps={deps}
      title={dueWords(item, around.programme, lang, words)}
      caption={`${file.case.caseNumber} · ${around.programme.names[lang]}`}
      errors={form.errors}
      backHref="/office/due"
      notice={
        c.req.query('done') === '1' ? <NotificationBanner kind="success">{say.saved}</NotificationBanner> : undefined
      }
    >
      <SummaryList rows={[...itemRows(c, opened), ...applicantRows(file.case, lang, words)]} />
      {may('extend-paper') ? <Extend c={c} deps={deps} form={form} {...opened} /> : null}
      {may('record-visit') ? <Visit c={c} deps={deps} form={form} {...opened} /> : null}
      {may('answer-payment-check') ? <AnswerCheck c={c} deps={deps} form={form} {...opened} /> : null}
      {may('close-finding') ? <CloseFinding c={c} deps={deps} form={form} {...opened} /> : null}
      {(['extend-paper', 'record-visit', 'answer-payment-check', 'close-finding'] as const).some(may) ? null : (
        <p class="govuk-body">{item.kind === 'home-visit' ? say.homeVisitHint : say.nothingToDo}</p>
      )}
      {seesCase ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/office/cases/${file.case.caseId}`}>
            {say.toCase}
          </a>
        </p>
      ) : null}
    </StaffPage>
  );
}

function itemRows(c: Reading, { file, around, item }: OpenDue): SummaryRow[] {
  const { lang, words } = c.var;
  const say = words.office.due;
  const row = (key: string, value: string | undefined): SummaryRow[] => (value === undefined ? [] : [{ key, value }]);
  const nameOf = (id: string) => around.staff.find(({ personId }) => personId === id)?.name ?? id;
  return [
    { key: say.state, value: <DueState item={item} now={around.now} lang={lang} words={words} /> },
    { key: say.dueOn, value: dueOnWords(item, lang, words) },
    { key: say.by, value: dueByWords(item, file.case, around.staff, around.now, words, lang) },
    ...(item.kind === 'paper' ? row(say.reason, item.reason) : []),
    ...(item.kind === 'payment-check'
      ? [
          ...row(say.expected, formatMoney(item.expectedFen, lang)),
          ...row(say.arrived, item.arrivedFen === undefined ? undefined : formatMoney(item.arrivedFen, lang)),
          ...row(
            say.recordedBy,
            item.answeredBy === 'applicant' ? words.office.cases.applicant : item.answeredBy && nameOf(item.answeredBy),
          ),
          ...row(say.note, item.note),
          ...row(say.closedBy, item.closedBy && nameOf(item.closedBy)),
        ]
      : []),
    ...(item.kind === 'visit'
      ? [
          ...row(say.visitedOn, item.visitedOn && formatDate(item.visitedOn, lang)),
          ...row(say.note, item.note),
          ...row(say.recordedBy, item.by && nameOf(item.by)),
        ]
      : []),
  ];
}

function Extend({ c, deps, form, item, around }: Props) {
  const { lang, words } = c.var;
  const say = words.office.due;
  const { first, last } = daysToExtendTo(item, around.now);
  return (
    <>
      <h2 class="govuk-heading-m">{say.extend}</h2>
      <Form action={`/office/due/${item.caseId}/${item.itemId}/extend`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <DateInput
          {...field(form, 'until')}
          label={say.extendTo}
          hint={say.extendHint({ first: formatDate(first, lang), last: formatDate(last, lang) })}
          min={first}
          max={last}
        />
        <Textarea {...field(form, 'reason')} label={say.reason} rows={3} />
        <Button>{say.extend}</Button>
      </Form>
    </>
  );
}

function Visit({ c, deps, form, item, file, around }: Props) {
  const say = c.var.words.office.due;
  const { first, last } = daysToHaveVisited(file, around.now);
  return (
    <>
      <h2 class="govuk-heading-m">{say.record}</h2>
      <Form action={`/office/due/${item.caseId}/${item.itemId}/visit`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <DateInput {...field(form, 'visitedOn')} label={say.visitedOn} min={first} max={last} />
        <Textarea {...field(form, 'note')} label={say.note} hint={say.noteHint} rows={4} />
        <Button>{say.record}</Button>
      </Form>
    </>
  );
}

function AnswerCheck({ c, deps, form, item }: Props) {
  const say = c.var.words.office.due;
  return (
    <>
      <h2 class="govuk-heading-m">{say.answerCheck}</h2>
      <Form action={`/office/due/${item.caseId}/${item.itemId}/arrived`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput
          {...field(form, 'arrived')}
          label={say.arrivedYuan}
          hint={say.arrivedHint}
          width={10}
          autocomplete="off"
          spellcheck={false}
        />
        <Button>{say.answerCheck}</Button>
      </Form>
    </>
  );
}

function CloseFinding({ c, deps, form, item }: Props) {
  const say = c.var.words.office.due;
  return (
    <>
      <h2 class="govuk-heading-m">{say.closeFinding}</h2>
      <Form action={`/office/due/${item.caseId}/${item.itemId}/close`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <Textarea {...field(form, 'note')} label={say.note} hint={say.closeHint} rows={4} />
        <Button>{say.closeFinding}</Button>
      </Form>
    </>
  );
}
