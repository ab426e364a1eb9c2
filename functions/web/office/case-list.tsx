import { caseStatuses } from '../../../shared/cases/case-lifecycle.ts';
import { formatDate, formatDateTime } from '../../../shared/i18n/format.ts';
import { lastDayBefore } from '../../../shared/kernel/time.ts';
import { Button, ButtonLink, Form, Select, Table, Tag, TextInput } from '../../../shared/web/controls/index.ts';
import { maskName } from '../../../shared/web/mask.ts';
import type { CaseSummary, StaffDeps } from '../staff/deps.ts';
import type { Reading, StaffApp } from '../staff/staff-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import type { OfficeDeps } from './office-deps.ts';
import { SecondTasks, secondTasks } from './second-tasks.tsx';
import { purposeWords, waitingWords } from './waiting-words.ts';

const pageSize = 100;

/** Cases, open or closed, and what waits for whoever is signed in. */
export function caseListRoutes(app: StaffApp, deps: OfficeDeps): void {
  app.get('/office', (c) => c.redirect('/office/mine', 303));

  app.get('/office/mine', async (c) => c.html(await minePage(c, deps)));

  app.get('/office/cases', async (c) => {
    const refused = refuseUnless(c, deps, 'list-cases');
    if (refused !== undefined) return refused;
    const number = c.req.query('number')?.trim() ?? '';
    if (number === '') return c.html(await listPage(c, deps));
    const caseId = await deps.store.findCaseByNumber(number);
    return caseId === undefined
      ? c.html(await listPage(c, deps, number), 404)
      : c.redirect(`/office/cases/${caseId}`, 303);
  });
}

async function minePage(c: Reading, deps: OfficeDeps) {
  const { lang, words } = c.var;
  const say = words.office.mine;
  const { column } = words.office.cases;
  const [tasks, seconds] = await Promise.all([deps.store.openRequestsOf(c.var.member.personId), secondTasks(c, deps)]);
  const cases = await deps.store.caseSummaries(tasks.map(({ caseId }) => caseId));
  const numberOf = (caseId: string) => cases.find((each) => each.caseId === caseId)?.caseNumber ?? caseId;
  return (
    <StaffPage c={c} deps={deps} title={say.title}>
      {tasks.length + seconds.length === 0 ? <p class="govuk-body">{say.empty}</p> : null}
      {tasks.length === 0 ? null : (
        <Table
          caption={say.title}
          isCaptionHidden
          columns={[{ label: column.caseNumber }, { label: say.purpose }, { label: say.since }]}
          rows={tasks.map((task) => [
            <a class="govuk-link" href={`/decide/${task.requestId}`}>
              {say.open({ caseNumber: numberOf(task.caseId) })}
            </a>,
            purposeWords(task.purpose, words),
            formatDateTime(task.openedAt, lang),
          ])}
        />
      )}
      <SecondTasks c={c} tasks={seconds} />
    </StaffPage>
  );
}

async function listPage(c: Reading, deps: StaffDeps, unknownNumber?: string) {
  const { lang, words } = c.var;
  const say = words.office.cases;
  const which = c.req.query('which') === 'closed' ? 'closed' : 'open';
  const patch = c.req.query('patch') ?? '';
  const stage = c.req.query('stage') ?? '';
  const [page, staff, patches, programmes] = await Promise.all([
    deps.store.listCases({ which, cursor: c.req.query('cursor'), limit: pageSize }),
    deps.store.staff(),
    deps.store.patches(),
    deps.store.programmes(),
  ]);
  const isShown = (each: CaseSummary) =>
    (patch === '' || each.patchId === patch) && (stage === '' || each.status === stage);
  const shown = page.items.filter(isShown);
  const programmeOf = ({ programmeId }: CaseSummary) =>
    programmes.findLast(({ id }) => id === programmeId)?.names[lang] ?? programmeId;
  const errors = unknownNumber === undefined ? {} : { number: say.notFound };
  const next = new URLSearchParams({ which, patch, stage, cursor: page.cursor ?? '' }).toString();
  return (
    <StaffPage c={c} deps={deps} title={say.title} errors={errors}>
      <div class="app-filters">
        <Form action="/office/cases" method="get">
          <TextInput
            name="number"
            label={say.number}
            value={unknownNumber}
            error={errors.number}
            width={20}
            spellcheck={false}
          />
          <Button look="secondary">{say.find}</Button>
        </Form>
        <Form action="/office/cases" method="get">
          <Select
            name="which"
            label={say.title}
            value={which}
            choices={[
              { value: 'open', label: say.open },
              { value: 'closed', label: say.closed },
            ]}
          />
          <Select
            name="patch"
            label={say.patch}
            value={patch}
            isOptional
            choices={patches.map(({ patchId, name }) => ({ value: patchId, label: name[lang] }))}
          />
          <Select
            name="stage"
            label={say.stage}
            value={stage}
            isOptional
            choices={caseStatuses.map((value) => ({ value, label: words.office.status[value] }))}
          />
          <Button look="secondary">{say.filter}</Button>
        </Form>
      </div>
      {shown.length === 0 ? (
        <p class="govuk-body">{say.empty}</p>
      ) : (
        <Table
          caption={`${say.title} · ${say[which]}`}
          columns={[
            { label: say.column.caseNumber },
            { label: say.column.programme },
            { label: say.column.name },
            { label: say.column.stage },
            { label: say.column.waitsFor },
            { label: say.column.since },
            { label: say.column.until },
          ]}
          rows={shown.map((each) => [
            <a class="govuk-link app-whole" href={`/office/cases/${each.caseId}`}>
              {each.caseNumber}
            </a>,
            programmeOf(each),
            maskName(each.applicant.name),
            <span class="app-whole">{words.office.status[each.status]}</span>,
            waitingWords(each, staff, words, lang),
            <span class="app-whole">{formatDate(each.waiting?.since ?? each.stageEnteredAt, lang)}</span>,
            each.waiting === undefined ? (
              ''
            ) : (
              <>
                <span class="app-whole">{formatDate(lastDayBefore(each.waiting.until), lang)}</span>{' '}
                {each.waiting.isOverdue ? <Tag colour="red">{say.overdue}</Tag> : null}
              </>
            ),
          ])}
        />
      )}
      {page.cursor === undefined ? null : (
        <ButtonLink look="secondary" href={`/office/cases?${next}`}>
          {say.next}
        </ButtonLink>
      )}
    </StaffPage>
  );
}
