import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { fen } from '../../../shared/kernel/money.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Rung, Stage } from '../../../shared/programmes/stage.ts';
import { useWords } from './use-words.ts';
import { amountWords } from './amount-words.ts';

/** All that somebody wants to know before applying; every word of it comes from the programme's own data. */
export function AboutProgramme({ programme, lang }: { programme: ProgrammeVersion; lang: Lang }) {
  const words = useWords();
  const { programme: say } = words.applicant;
  return (
    <>
      <p class="govuk-body-l">{programme.summary[lang]}</p>
      <h2 class="govuk-heading-m">{say.whoMayApply}</h2>
      <p class="govuk-body">{programme.whoMayApply[lang]}</p>
      <h3 class="govuk-heading-s">{say.notGiven}</h3>
      <ul class="govuk-list govuk-list--bullet">
        {[...programme.refusals, ...programme.once].map(({ reason }) => (
          <li>{reason[lang]}</li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{say.papers}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {programme.papers.map(({ label, atLeast, due }) => (
          <li>
            {[
              label[lang],
              ...(atLeast > 1 ? [say.paperCount({ count: atLeast })] : []),
              due === 'with-the-application' ? say.papersNow : say.papersLater({ days: due.withinDays }),
            ].join(lang === 'zh' ? '，' : ', ')}
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{say.amount}</h2>
      <p class="govuk-body">{say.suggestion}</p>
      <ul class="govuk-list govuk-list--bullet">
        {amountWords(programme.suggestion, programme, lang, words)
          .filter((line) => line !== '')
          .map((line) => (
            <li>{line}</li>
          ))}
        {programme.ceiling?.label === undefined ? null : <li>{programme.ceiling.label[lang]}</li>}
      </ul>
      <p class="govuk-body">
        {say.most({
          amount: formatMoney(fen(programme.cap.maxFen), lang),
          period: periodWords(programme.cap.per, words),
        })}
      </p>
      <h2 class="govuk-heading-m">{say.time}</h2>
      <ol class="govuk-list govuk-list--number">
        {programme.stages.map((stage) => (
          <li>{stageTime(stage, lang, words)}</li>
        ))}
      </ol>
    </>
  );
}

function periodWords(per: ProgrammeVersion['cap']['per'], { applicant }: ApplicantWords): string {
  if (per === 'calendar-year') return applicant.programme.perYear;
  return per === 'incident' ? applicant.programme.perIncident : applicant.programme.perMonths({ months: per.months });
}

function stageTime(stage: Stage, lang: Lang, { applicant }: ApplicantWords): string {
  const { times, inHours, inWorkingDays } = applicant.programme;
  const time = (rung: Rung | undefined) =>
    rung === undefined
      ? ''
      : rung.unit === 'hours'
        ? inHours({ count: rung.after })
        : inWorkingDays({ count: rung.after });
  const standIn = (rungs: readonly Rung[]) => rungs.find(({ rung }) => rung !== 'remind') ?? rungs.at(-1);
  switch (stage.kind) {
    case 'advance':
      return times.advance({ time: time(standIn(stage.rungs)), amount: formatMoney(fen(stage.maxFen), lang) });
    case 'review':
      return times.review({ time: time(standIn(stage.rungs)) });
    case 'approval':
      return times.approval({ time: time(standIn(stage.rungs)) });
    case 'notice':
      return times.notice({ days: stage.workingDays });
    case 'intake':
      return times.intake;
    case 'disbursement':
      return times.disbursement;
  }
}
