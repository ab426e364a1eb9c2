import type { CaseFile } from '../../../shared/cases/case-file.ts';
import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import { formatDate, formatDateTime, formatDeadline, formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { lastDayBefore } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { SummaryList, Tag, type TagColour, WarningText } from '../../../shared/web/controls/index.ts';
import { useWords } from './use-words.ts';
import { deadlineOf, type Step, stepsOf } from './timeline.ts';

const colourOf = (status: CaseFile['case']['status']): TagColour => {
  switch (status) {
    case 'paid':
      return 'green';
    case 'refused':
    case 'declined':
      return 'red';
    case 'withdrawn':
    case 'lapsed':
      return 'grey';
    case 'returned':
    case 'under-objection':
      return 'orange';
    default:
      return 'blue';
  }
};

/** Where it stands now: the status in a sentence, whom it waits for, since and until when, and what comes next. */
export function Stand({ file, lang, isHeldBack }: { file: CaseFile; lang: Lang; isHeldBack: boolean }) {
  const words = useWords();
  const { status: say } = words.applicant;
  const { case: it } = file;
  // An objection that is not admitted stops nothing, and the applicant must not read that it does.
  const isOnlyRaised = it.status === 'under-objection' && it.noticeStoppedAt === undefined;
  const stand = isOnlyRaised ? 'objection-raised' : it.status;
  // What keeps the payment is a paper that the applicant has to bring: nobody else is late.
  const isApplicantsTurn = it.status === 'in-payment' && isHeldBack;
  const who = isApplicantsTurn ? say.whoApplicant : waitsFor(file, words);
  const until = isApplicantsTurn ? undefined : untilWords(file, lang, words);
  return (
    <>
      <h2 class="govuk-heading-m">{say.now}</h2>
      <p class="govuk-body-l">
        <Tag colour={colourOf(it.status)}>{say.status[stand]}</Tag>
      </p>
      {it.waiting?.isOverdue === true && !isApplicantsTurn ? <WarningText>{say.overdue}</WarningText> : null}
      <p class="govuk-body">
        {[
          ...(who === undefined ? [] : [say.waitsFor({ who })]),
          ...(it.waiting === undefined ? [] : [say.since({ date: formatDateTime(it.waiting.since, lang) })]),
          ...(until === undefined ? [] : [until]),
        ].join(lang === 'zh' ? '；' : '; ')}
      </p>
      <p class="govuk-body">{say.next[stand]}</p>
    </>
  );
}

function waitsFor({ case: it }: CaseFile, { applicant: { status: say } }: ApplicantWords): string | undefined {
  if (it.status === 'submitted') return say.whoMachine;
  if (it.status === 'returned') return say.whoApplicant;
  if (it.status === 'in-payment') return say.whoBank;
  const roles = it.waiting?.roles ?? [];
  return roles.length === 0 ? undefined : [...new Set(roles)].map((role) => say.who[role]).join('、');
}

function untilWords(file: CaseFile, lang: Lang, { applicant: { status: say } }: ApplicantWords): string | undefined {
  const deadline = deadlineOf(file);
  const { status, noticeIsEstimate, waiting } = file.case;
  if (deadline === undefined || waiting?.isOverdue === true || status === 'submitted') return undefined;
  if (status === 'returned') return say.untilApplicant({ date: formatDeadline(deadline, lang) });
  if (status === 'on-notice') {
    return `${say.untilNotice({ date: formatDate(lastDayBefore(deadline), lang) })}${noticeIsEstimate ? say.untilEstimate : ''}`;
  }
  return say.until({ date: formatDeadline(deadline, lang) });
}

/** The amounts so far. What is approved is not paid: the payments stand apart. */
export function Amounts({ file: { case: it }, lang }: { file: CaseFile; lang: Lang }) {
  const { status: say } = useWords().applicant;
  const rows = [
    ...(it.suggestedFen > 0 ? [{ key: say.suggested, value: formatMoney(it.suggestedFen, lang) }] : []),
    ...(it.recommendedFen === undefined ? [] : [{ key: say.recommended, value: formatMoney(it.recommendedFen, lang) }]),
    ...(it.approvedFen === undefined
      ? []
      : [
          {
            key: say.approved,
            value: (
              <>
                <span class="app-amount">{formatMoney(it.approvedFen, lang)}</span>
                <br />
                {it.status === 'paid' ? null : say.approvedNote}
              </>
            ),
          },
        ]),
    ...(it.owedFen === undefined ? [] : [{ key: say.owed, value: formatMoney(it.owedFen, lang) }]),
  ];
  return rows.length === 0 ? null : (
    <>
      <h2 class="govuk-heading-m">{say.amounts}</h2>
      <SummaryList rows={rows} />
    </>
  );
}

const stepColours: Record<Step['state'], TagColour> = {
  done: 'green',
  current: 'blue',
  'to-come': 'grey',
  stopped: 'red',
};

/** The whole way: what is done, where it is, what comes. */
export function Steps({ file, programme }: { file: CaseFile; programme: ProgrammeVersion }) {
  const { status: say } = useWords().applicant;
  const states = { done: say.done, current: say.current, 'to-come': say.toCome, stopped: say.stopped };
  return (
    <>
      <h2 class="govuk-heading-m">{say.timeline}</h2>
      <ol class="govuk-list govuk-list--number">
        {stepsOf(file, programme).map(({ stage, state }) => (
          <li aria-current={state === 'current' ? 'step' : undefined}>
            {say.stage[stage]} <Tag colour={stepColours[state]}>{states[state]}</Tag>
          </li>
        ))}
      </ol>
    </>
  );
}
