import { objectionSeal } from '../../../shared/cases/objection-receipt.ts';
import { formatDateTime } from '../../../shared/i18n/format.ts';
import type { Objection } from '../../../shared/notice/objection.ts';
import { ButtonLink, Panel, SummaryList, type SummaryRow } from '../../../shared/web/controls/index.ts';
import { isSameText } from '../../../shared/web/cookies.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { ApplicantDeps } from './deps.ts';
import type { ApplicantApp, Reading } from './page-context.tsx';

/**
 * The receipt of an objection, and later its answer, for whoever holds its address. It repeats neither who objected nor what was
 * said; the reason is shown only where the office wrote it for the objector: on not admitting it.
 */
export function objectionAnswerRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/notices/:number/objections/:objection/:seal', async (c) => {
    const caseId = await deps.store.findCaseByNumber(c.req.param('number'));
    const file = caseId === undefined ? undefined : await deps.store.loadCaseFile(caseId);
    const objection = file?.objections.find(({ objectionId }) => objectionId === c.req.param('objection'));
    if (file === undefined || objection === undefined) return errorPage(c, 404);
    const seal = objectionSeal(deps.secrets.session, objection.caseId, objection.objectionId);
    if (!isSameText(c.req.param('seal'), seal)) return errorPage(c, 404);
    const { caseNumber } = file.case;
    return c.html(
      objection.status === 'raised'
        ? receiptPage(c, caseNumber)
        : answerPage(c, caseNumber, objection, objection.status),
    );
  });
}

function receiptPage(c: Reading, caseNumber: string) {
  const { objection: say } = c.var.words.applicant;
  return (
    <Page lang={c.var.lang} title={say.sentTitle} heading={false} path={c.req.path}>
      <Panel title={say.sentTitle}>{caseNumber}</Panel>
      <p class="govuk-body">{say.sentBody}</p>
      <p class="govuk-body">{say.sentKeep}</p>
      <ButtonLink href="/notices">{say.backToBoard}</ButtonLink>
    </Page>
  );
}

function answerPage(
  c: Reading,
  caseNumber: string,
  objection: Objection,
  status: Exclude<Objection['status'], 'raised'>,
) {
  const { lang, words } = c.var;
  const { objection: say } = words.applicant;
  const answeredAt = objection.settledAt ?? objection.admittedAt;
  const rows: SummaryRow[] = [
    { key: say.answer, value: say.status[status] },
    ...(answeredAt === undefined ? [] : [{ key: say.answeredOn, value: formatDateTime(answeredAt, lang) }]),
    ...(status === 'rejected' && objection.answer !== undefined ? [{ key: say.reason, value: objection.answer }] : []),
  ];
  return (
    <Page lang={lang} title={say.answerTitle} caption={caseNumber} path={c.req.path}>
      <SummaryList rows={rows} />
      <p class="govuk-body">{say.next[status]}</p>
      <ButtonLink href="/notices">{say.backToBoard}</ButtonLink>
    </Page>
  );
}
