import { papersStillDue } from '../../../shared/cases/papers-still-due.ts';
import { addFen, fen, zeroFen } from '../../../shared/kernel/money.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { clearHostCookie } from '../../../shared/web/cookies.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { Details, InsetText, NotificationBanner, SummaryList, Table, Tag } from '../../../shared/web/controls/index.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { ApplicantDeps } from './deps.ts';
import { type ApplicantApp, type Reading, readPost } from './page-context.tsx';
import { ApplicantActions } from './status-actions.tsx';
import { ArrivalQuestion } from './arrival-question.tsx';
import { Amounts, Stand, Steps } from './status-parts.tsx';
import { openTrackedCase, type TrackedCase, trackingCookie } from './tracked-case.tsx';
import { MissingList } from './to-correct.tsx';

/** The status page, and leaving it on a phone that others use too. */
export function statusRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/track/case/:id', async (c) => {
    const tracked = await openTrackedCase(c, deps);
    return tracked.kind === 'answered' ? tracked.response : c.html(await statusPage(c, deps, tracked));
  });

  app.post('/track/case/:id/leave', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const tracked = await openTrackedCase(c, deps);
    if (tracked.kind === 'answered') return errorPage(c, 404);
    clearHostCookie(c, trackingCookie(tracked.file.case.caseId));
    return c.redirect('/', 303);
  });
}

async function statusPage(c: Reading, deps: ApplicantDeps, { file, programme }: TrackedCase) {
  const { lang, words } = c.var;
  const { status: say, done } = words.applicant;
  const { case: it, payouts } = file;
  const around = await deps.store.aroundCase(file, { now: deps.now(), newId: deps.newId });
  const funds = new Map(around.funds.map((fund) => [fund.fundId, fund.names[lang]]));
  const paid = payouts.filter(({ status }) => status === 'paid');
  const papersDue = papersStillDue(file, programme, deps.now());
  const dueByDay = Map.groupBy(papersDue, ({ by }) => by);
  const isDone = (key: string): key is keyof typeof done => Object.hasOwn(done, key);
  const told = c.req.query('done') ?? '';
  return (
    <Page
      lang={lang}
      title={say.title}
      caption={`${say.caseNumber} ${it.caseNumber}`}
      path={c.req.path}
      notice={isDone(told) ? <NotificationBanner kind="success">{done[told]}</NotificationBanner> : undefined}
    >
      <p class="govuk-body">
        {say.of({ programme: programme.names[lang], name: maskName(it.applicant.name) })}
        {' · '}
        {`${say.submittedOn} ${formatDate(it.submittedAt, lang)}`}
      </p>
      <Stand file={file} lang={lang} isHeldBack={papersDue.some(({ holdsBack }) => holdsBack)} />
      {it.missing.length > 0 && it.status !== 'lapsed' ? (
        <>
          <h2 class="govuk-heading-m">{say.missing}</h2>
          <MissingList items={it.missing} lang={lang} />
        </>
      ) : null}
      {it.reasons.length > 0 ? (
        <>
          <h2 class="govuk-heading-m">{say.reasons}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {it.reasons.map((reason) => (
              <li>{reason[lang]}</li>
            ))}
          </ul>
        </>
      ) : null}
      {[...dueByDay].map(([by, due]) => (
        <InsetText>
          {due.some(({ isOverdue }) => isOverdue) ? <Tag colour="red">{say.papersOverdue}</Tag> : null}{' '}
          {due.some(({ isOverdue }) => isOverdue)
            ? say.papersDueNow({ date: formatDate(by, lang) })
            : say.papersDue({ date: formatDate(by, lang) })}
          <ul class="govuk-list govuk-list--bullet">
            {due.map(({ paper }) => (
              <li>{paper.label[lang]}</li>
            ))}
          </ul>
          {due.some(({ holdsBack }) => holdsBack) ? say.papersHoldBack : null}
        </InsetText>
      ))}
      <ArrivalQuestion
        file={file}
        csrf={issueCsrf(c, deps.secrets.csrf)}
        lang={lang}
        fault={c.req.query('fault') === 'arrived'}
      />
      <ApplicantActions file={file} around={around} csrf={issueCsrf(c, deps.secrets.csrf)} />
      <Amounts file={file} lang={lang} />
      {payouts.length === 0 ? null : (
        <Table
          caption={say.payouts}
          columns={[
            { label: say.payoutFund },
            { label: say.payoutAmount, isNumeric: true },
            { label: say.payoutStatus },
            { label: say.payoutOn },
          ]}
          rows={payouts.map((payout) => [
            funds.get(payout.fundId) ?? payout.fundId,
            formatMoney(payout.amountFen, lang),
            say.payout[payout.status],
            payout.paidOn === undefined ? '' : formatDate(payout.paidOn, lang),
          ])}
          foot={[say.paidTotal, formatMoney(addFen(zeroFen, ...paid.map(({ amountFen }) => amountFen)), lang), '', '']}
        />
      )}
      <SummaryList
        rows={[{ key: say.account, value: `${it.payee.bankName} ${maskAccount(it.payee.accountNumber)}` }]}
      />
      {it.proposedPayee === undefined ? null : (
        <InsetText>{say.accountProposed({ account: maskAccount(it.proposedPayee.accountNumber) })}</InsetText>
      )}
      <Steps file={file} programme={programme} />
      {it.explanation.length === 0 ? null : (
        <Details summary={say.explanation}>
          <Table
            caption={say.explanation}
            isCaptionHidden
            columns={[{ label: say.explanation }, { label: say.payoutAmount, isNumeric: true }]}
            rows={it.explanation.map(({ label, amountFen }) => [label[lang], formatMoney(fen(amountFen), lang)])}
          />
        </Details>
      )}
    </Page>
  );
}
