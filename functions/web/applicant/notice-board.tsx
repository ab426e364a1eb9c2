import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { takesObjections } from '../../../shared/cases/raise-objection.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { lastDayBefore } from '../../../shared/kernel/time.ts';
import { Table } from '../../../shared/web/controls/index.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { maskName } from '../../../shared/web/mask.ts';
import type { ApplicantDeps } from './deps.ts';
import type { ApplicantApp, Reading } from './page-context.tsx';

/**
 * What a notice prints, and nothing else: a closed list, so that illness, ID number, address and account cannot slip in with
 * a new field of the case.
 */
type NoticeRow = {
  readonly caseNumber: string;
  readonly maskedName: string;
  readonly unit: string;
  readonly programme: string;
  readonly amount: string;
  readonly funds: string;
  readonly period: string;
  readonly isStopped: boolean;
  readonly isOver: boolean;
  /** Over, but for an objection that is still in the office's time to answer it. */
  readonly isAwaited: boolean;
};

export function noticeBoardRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/notices', async (c) => c.html(boardPage(c, await noticeRows(c, deps))));
}

async function noticeRows(c: Reading, deps: ApplicantDeps): Promise<NoticeRow[]> {
  const { lang, words } = c.var;
  const { notices } = words.applicant;
  const files = await deps.store.casesOnNotice();
  const names = new Map((await deps.store.funds()).map((fund) => [fund.fundId, fund.names[lang]]));
  return Promise.all(
    files.map(async (file): Promise<NoticeRow> => {
      const { case: it } = file;
      const programme = await deps.store.programme(it.programmeId, it.programmeVersion);
      const period =
        it.noticeFrom === undefined || it.noticeUntil === undefined
          ? ''
          : notices.fromUntil({
              from: formatDate(it.noticeFrom, lang),
              until: formatDate(lastDayBefore(it.noticeUntil), lang),
            });
      return {
        caseNumber: it.caseNumber,
        maskedName: maskName(it.applicant.name),
        unit: it.applicant.unit,
        programme: programme?.names[lang] ?? it.programmeId,
        amount: it.approvedFen === undefined ? '' : formatMoney(it.approvedFen, lang),
        funds: fundsOf(file)
          .map((fundId) => names.get(fundId) ?? fundId)
          .join('、'),
        period: it.noticeIsEstimate ? `${period}（${notices.estimate}）` : period,
        isStopped: it.noticeStoppedAt !== undefined,
        isAwaited: it.status === 'under-objection',
        isOver: !takesObjections(file, deps.now()),
      };
    }),
  );
}

const fundsOf = ({ awards }: CaseFile) => [
  ...new Set(
    awards.filter(({ status }) => status !== 'released').flatMap(({ shares }) => shares.map(({ fundId }) => fundId)),
  ),
];

function boardPage(c: Reading, rows: readonly NoticeRow[]) {
  const { lang, words } = c.var;
  const { notices } = words.applicant;
  return (
    <Page lang={lang} title={notices.title} path={c.req.path} backHref="/" isWide>
      <p class="govuk-body">{notices.lead}</p>
      {rows.length === 0 ? (
        <p class="govuk-body">{notices.none}</p>
      ) : (
        <Table
          caption={notices.caption}
          isCaptionHidden
          columns={[
            { label: notices.caseNumber },
            { label: notices.name },
            { label: notices.unit },
            { label: notices.programme },
            { label: notices.amount, isNumeric: true },
            { label: notices.funds },
            { label: notices.period },
            { label: notices.objection },
          ]}
          rows={rows.map((row) => [
            row.caseNumber,
            row.maskedName,
            row.unit,
            row.programme,
            row.amount,
            row.funds,
            row.period,
            row.isStopped || row.isOver ? (
              row.isStopped ? (
                notices.stopped
              ) : row.isAwaited ? (
                notices.awaiting
              ) : (
                notices.over
              )
            ) : (
              <a
                class="govuk-link"
                href={`/notices/${row.caseNumber}/object`}
                aria-label={notices.objectTo({ caseNumber: row.caseNumber })}
              >
                {notices.object}
              </a>
            ),
          ])}
        />
      )}
    </Page>
  );
}
