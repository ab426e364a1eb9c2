import { missingPapers, papersAsked } from '../../../shared/intake/judge-intake.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { Button, Form, SummaryList, WarningText } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { applicantRows, ownRows } from './answer-rows.tsx';
import { readDraft } from './application-form.tsx';
import { changeCase } from './change-case.tsx';
import { type Collected, collectPapers } from './collect-papers.ts';
import type { ApplicantDeps } from './deps.ts';
import { type OpenDraft, openDraft } from './keep-draft.ts';
import { type ApplicantApp, draftGonePage, type Reading, readPost } from './page-context.tsx';
import { countByPaper } from './papers.tsx';
import { factsOf, type ReadApplication } from './read-application.ts';
import { submitDraft } from './submit-draft.ts';

/** Check the answers, and send them: a new application, a correction or a change. */
export function checkAnswersRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/apply/:draft/check', async (c) => {
    // Its papers were collected when their page was left, and are once more when it is sent.
    const ready = await openReady(c, deps, ({ draft }) => Promise.resolve({ draft, objects: [] }));
    return ready.kind === 'answered' ? ready.response : c.html(checkPage(c, deps, ready));
  });

  app.post('/apply/:draft/submit', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const ready = await openReady(c, deps, (found) => collectPapers(deps, found));
    if (ready.kind === 'answered') return ready.response;
    if (ready.draft.purpose.kind !== 'new') return changeCase(c, deps, ready);
    await submitDraft(deps, ready);
    return c.redirect(`/apply/${ready.draft.draftId}/submitted`, 303);
  });
  // A reload of the address that a POST went to, after signing out of a phone's memory, leads on instead of failing.
  app.get('/apply/:draft/submit', (c) => c.redirect(`/apply/${c.req.param('draft')}/check`, 303));
}

export type ReadyDraft = OpenDraft &
  Collected & {
    readonly patches: readonly Patch[];
    readonly read: ReadApplication;
    readonly applicant: NonNullable<ReadApplication['applicant']>;
  };

/** A draft that is complete now; otherwise the page where something is missing, or the confirmation if it was sent. */
async function openReady(
  c: Reading,
  deps: ApplicantDeps,
  collect: (found: OpenDraft) => Promise<Collected>,
): Promise<(ReadyDraft & { kind: 'ready' }) | { kind: 'answered'; response: Response | Promise<Response> }> {
  const [found, patches] = await Promise.all([openDraft(c, deps), deps.store.patches()]);
  if (found === undefined) return { kind: 'answered', response: draftGonePage(c) };
  const at = `/apply/${found.draft.draftId}`;
  const goTo = (page: string) => ({ kind: 'answered', response: c.redirect(`${at}/${page}`, 303) }) as const;
  if (found.draft.submitted !== undefined) return goTo('submitted');
  if (found.draft.purpose.kind === 'propose-account') return goTo('papers');
  const collected = await collect(found);
  const { draft } = collected;
  const open = { ...found, ...collected };
  const read = readDraft(deps, open, patches);
  if (read.applicant === undefined) return goTo('form?check=1');
  const facts = factsOf(read, localDateOf(deps.now()));
  const missing = missingPapers(open.programme, facts, countByPaper(draft.files), 'submission');
  return missing.length > 0 ? goTo('papers') : { kind: 'ready', ...open, patches, read, applicant: read.applicant };
}

function checkPage(c: Reading, deps: ApplicantDeps, { draft, programme, read, applicant }: ReadyDraft) {
  const { lang, words } = c.var;
  const { account, check, form, papers } = words.applicant;
  const at = `/apply/${draft.draftId}`;
  const counts = countByPaper(draft.files);
  const facts = factsOf(read, localDateOf(deps.now()));
  const send = {
    new: check.submit,
    resubmit: check.resubmit,
    edit: check.edit,
    'add-papers': papers.sendPapers,
    'propose-account': account.submit,
  };
  return (
    <Page lang={lang} title={check.title} caption={programme.names[lang]} path={c.req.path} backHref={`${at}/papers`}>
      <p class="govuk-body">{check.lead}</p>
      {applicant.payee.accountLooksOdd ? <WarningText>{check.accountOdd}</WarningText> : null}
      <h2 class="govuk-heading-m">{check.applicantPart}</h2>
      <SummaryList rows={applicantRows(applicant, read.email, `${at}/form`, words)} />
      <h2 class="govuk-heading-m">{form.ownPart({ programme: programme.names[lang] })}</h2>
      <SummaryList rows={ownRows(programme, read.answers, `${at}/form`, lang, words)} />
      <h2 class="govuk-heading-m">{check.papersPart}</h2>
      <SummaryList
        rows={papersAsked(programme, facts).map(({ id, label }) => ({
          key: label[lang],
          value: counts[id] === undefined ? papers.none : papers.count({ count: counts[id] }),
          changeHref: `${at}/papers#paper-${id}`,
        }))}
      />
      <Form action={`${at}/submit`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <p class="govuk-body">{check.promise}</p>
        <Button>{send[draft.purpose.kind]}</Button>
      </Form>
    </Page>
  );
}
