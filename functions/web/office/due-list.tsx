import { dueSeenBy } from '../../../shared/cases/rights-on-due.ts';
import { ButtonLink, Table } from '../../../shared/web/controls/index.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading, StaffApp } from '../staff/staff-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { dueByWords, dueOnWords, DueState, dueWords } from './due-words.tsx';

const pageSize = 100;

/** What is due on all cases; for whoever is responsible for a patch, the visits there. */
export function dueListRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/office/due', async (c) => refuseUnless(c, deps, 'list-due') ?? c.html(await listPage(c, deps)));
}

async function listPage(c: Reading, deps: StaffDeps) {
  const { lang, words } = c.var;
  const say = words.office.due;
  const now = deps.now();
  const seen = dueSeenBy(c.var.member, now);
  const visitsOf = seen === 'all' ? undefined : seen;
  const page = await deps.store.itemsDue({ cursor: c.req.query('cursor'), limit: pageSize, visitsOf });
  const [cases, programmes, staff] = await Promise.all([
    deps.store.caseSummaries(page.items.map(({ caseId }) => caseId)),
    deps.store.programmes(),
    deps.store.staff(),
  ]);
  const rows = page.items.flatMap((item) => {
    const about = cases.find(({ caseId }) => caseId === item.caseId);
    if (about === undefined) return [];
    const { programmeId, programmeVersion, caseNumber } = about;
    const programme = programmes.find(({ id, version }) => id === programmeId && version === programmeVersion);
    return [
      [
        <a class="govuk-link app-whole" href={`/office/due/${item.caseId}/${item.itemId}`}>
          {caseNumber}
        </a>,
        dueWords(item, programme, lang, words),
        dueByWords(item, about, staff, now, words, lang),
        dueOnWords(item, lang, words),
        <DueState item={item} now={now} lang={lang} words={words} />,
      ],
    ];
  });
  return (
    <StaffPage c={c} deps={deps} title={say.title}>
      <p class="govuk-body">{say.lead}</p>
      {rows.length === 0 ? (
        <p class="govuk-body">{say.empty}</p>
      ) : (
        <Table
          caption={say.title}
          isCaptionHidden
          columns={[
            { label: say.caseNumber },
            { label: say.item },
            { label: say.by },
            { label: say.dueOn },
            { label: say.state },
          ]}
          rows={rows}
        />
      )}
      {page.cursor === undefined ? null : (
        <ButtonLink look="secondary" href={`/office/due?cursor=${encodeURIComponent(page.cursor)}`}>
          {say.next}
        </ButtonLink>
      )}
    </StaffPage>
  );
}
