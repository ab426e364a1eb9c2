import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import type { DecisionRequest, VotedPurpose } from '../../../shared/cases/decision-request.ts';
import { papersStillDue } from '../../../shared/cases/papers-still-due.ts';
import { formatDate, formatDateTime, formatDeadline, formatMoney } from '../../../shared/i18n/format.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { Details, InsetText, SummaryList, Table, WarningText } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormState } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { AnswerList, applicantRows, PaperList, payeeRows } from '../staff/answer-list.tsx';
import type { CaseSummary, StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { VoteTable } from '../staff/vote-table.tsx';
import { Amounts, FundsLeft } from './decision-money.tsx';
import { DecisionForm, firstForm } from './decision-form.tsx';
import { isAboutMoney } from './read-ballot.ts';

/** Everything that a decision rests on, read now. */
export type Decision = {
  readonly file: CaseFile;
  readonly around: Around;
  readonly request: DecisionRequest;
  readonly purpose: VotedPurpose;
  readonly member: StaffMember;
  /** The household's other cases, newest first, and the programmes that they may be of. */
  readonly history: readonly CaseSummary[];
  readonly programmes: readonly ProgrammeVersion[];
};

/** Facts first, then the money, then the form. `form` is what was typed, where a POST is shown again. */
export function decisionPage(c: Reading, deps: StaffDeps, decision: Decision, form?: FormState) {
  const { lang, words } = c.var;
  const { file, around, request, purpose } = decision;
  const say = words.approver;
  const it = file.case;
  const at = `/decide/${request.requestId}`;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const until = request.rungs.at(-1)?.at;
  const earlier = file.votes.filter(({ requestId }) => requestId !== request.requestId);
  const shown = { file, around, request, purpose, lang, words };
  const caption = `${it.caseNumber} · ${around.programme.names[lang]}`;
  return (
    <Page
      lang={lang}
      title={say.purpose[purpose]}
      caption={caption}
      errors={form?.errors}
      path={form === undefined ? c.req.path : undefined}
      homeHref={at}
    >
      <p class="govuk-body-l">{say.lead[purpose]}</p>
      <InsetText>
        {until === undefined ? null : <strong>{say.until({ date: formatDeadline(until, lang) })}</strong>}{' '}
        {say.nothingDecidedYet}
      </InsetText>
      {isBarred(decision) ? <WarningText>{say.barred.body}</WarningText> : null}
      <ObjectionPart decision={decision} c={c} />
      <h2 class="govuk-heading-m">{say.facts}</h2>
      <SummaryList rows={[...applicantRows(it, lang, words), ...payeeRows(it.payee, words)]} />
      <h2 class="govuk-heading-m">{say.answers}</h2>
      <AnswerList reliefCase={it} programme={around.programme} lang={lang} words={words} />
      <h2 class="govuk-heading-m">{say.papers}</h2>
      <PaperList files={it.papers} programme={around.programme} at={at} lang={lang} words={words} />
      <PapersStillDue decision={decision} c={c} />
      <h2 class="govuk-heading-m">{say.history}</h2>
      <History decision={decision} c={c} />
      <h2 class="govuk-heading-m">{say.amounts}</h2>
      <Amounts {...shown} />
      {isAboutMoney(purpose) ? <FundsLeft {...shown} /> : null}
      {earlier.length === 0 ? null : (
        <>
          <h2 class="govuk-heading-m">{say.earlier}</h2>
          <VoteTable votes={earlier} staff={around.staff} caption={say.earlier} lang={lang} words={words} />
        </>
      )}
      <h2 class="govuk-heading-m">{say.yourDecision}</h2>
      <DecisionForm {...shown} form={form ?? firstForm(file, around, purpose)} csrf={csrf} />
    </Page>
  );
}

const isBarred = ({ file, around, request, member }: Decision): boolean => {
  const answer = can({ kind: 'staff', member }, { action: 'vote', file, around, request });
  return !answer.allowed && answer.code === 'barred-by-interest';
};

/** Papers that may follow and have not come: whoever decides knows what is not there yet, and until when it should be. */
function PapersStillDue({ decision: { file, around }, c }: { decision: Decision; c: Reading }) {
  const { lang, words } = c.var;
  const say = words.approver;
  const due = papersStillDue(file, around.programme, around.now);
  if (due.length === 0) return null;
  return (
    <InsetText>
      <p class="govuk-body">{say.papersStillDue}</p>
      <ul class="govuk-list govuk-list--bullet">
        {due.map(({ paper, by, isOverdue, holdsBack }) => {
          const named = { paper: `${paper.label[lang]}${holdsBack ? ' *' : ''}`, date: formatDate(by, lang) };
          return <li>{isOverdue ? say.paperOverdueSince(named) : say.paperDueBy(named)}</li>;
        })}
      </ul>
      {due.some(({ holdsBack }) => holdsBack) ? <p class="govuk-body">{say.papersHoldBack}</p> : null}
    </InsetText>
  );
}

function ObjectionPart({ decision, c }: { decision: Decision; c: Reading }) {
  const { file, around, request, member } = decision;
  const { lang, words } = c.var;
  const say = words.approver;
  const objection = file.objections.find(({ objectionId }) => objectionId === request.objectionId);
  if (objection === undefined) return null;
  const maySeeWho = can({ kind: 'staff', member }, { action: 'see-objector', file, around }).allowed;
  const who = maySeeWho ? `${objection.objectorName} · ${objection.objectorContact}` : say.objectorHidden;
  return (
    <>
      <h2 class="govuk-heading-m">{say.objection}</h2>
      <SummaryList
        rows={[
          { key: say.grounds, value: objection.grounds },
          { key: say.objector, value: who },
          { key: say.raisedOn, value: formatDateTime(objection.raisedAt, lang) },
        ]}
      />
    </>
  );
}

function History({ decision, c }: { decision: Decision; c: Reading }) {
  const { history, programmes } = decision;
  const { lang, words } = c.var;
  const { row, noHistory, history: caption } = words.approver;
  if (history.length === 0) return <p class="govuk-body">{noHistory}</p>;
  const nameOf = (programmeId: string) =>
    programmes.findLast(({ id }) => id === programmeId)?.names[lang] ?? programmeId;
  return (
    <Details summary={`${caption} (${history.length})`} isOpen={history.length <= 5}>
      <Table
        caption={caption}
        isCaptionHidden
        columns={[
          { label: row.caseNumber },
          { label: row.programme },
          { label: row.status },
          { label: row.amount, isNumeric: true },
          { label: row.submitted },
        ]}
        rows={history.map((each) => [
          each.caseNumber,
          nameOf(each.programmeId),
          words.office.status[each.status],
          each.approvedFen === undefined ? '' : formatMoney(each.approvedFen, lang),
          formatDate(each.submittedAt, lang),
        ])}
      />
    </Details>
  );
}
