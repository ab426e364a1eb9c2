import { missingPapers, papersAsked, papersForPayee } from '../../../shared/intake/judge-intake.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { Facts } from '../../../shared/programmes/evaluate.ts';
import type { Paper } from '../../../shared/programmes/programme-version.ts';
import { Button, Form, NotificationBanner } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { type FormErrors, hasErrors } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { readDraft } from './application-form.tsx';
import { sendAccount, sendPapers } from './change-case.tsx';
import { collectPaper, collectPapers, draftPrefix } from './collect-papers.ts';
import type { ApplicantDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { type OpenDraft, openDraft, saveDraft } from './keep-draft.ts';
import { type ApplicantApp, draftGonePage, type Reading, readPost } from './page-context.tsx';
import { PaperSection } from './paper-section.tsx';
import { factsOf } from './read-application.ts';
import { ToCorrect } from './to-correct.tsx';

export const countByPaper = (files: Draft['files']): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { paperId } of files) counts[paperId] = (counts[paperId] ?? 0) + 1;
  return counts;
};

/** The papers page of a draft: shown, one file removed, or left for the next page. Files go straight to the bucket. */
export function papersRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/apply/:draft/papers', async (c) => {
    const open = await openForPapers(c, deps);
    if (open.kind === 'answered') return open.response;
    // The bucket sends a browser back with the key of what it has just uploaded.
    const uploaded = c.req.query('key');
    const draft =
      uploaded === undefined ? (await collectPapers(deps, open)).draft : await collectPaper(deps, open, uploaded);
    return c.html(await papersPage(c, deps, { ...open, draft }, refusedWords(c, { ...open, draft })));
  });

  app.post('/apply/:draft/papers/remove', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const open = await openForPapers(c, deps);
    if (open.kind === 'answered') return open.response;
    const { draft } = open;
    const isOurs = (file: Draft['files'][number]) => file.objectKey.startsWith(draftPrefix(draft));
    const file = draft.files.find(
      (each) => each.fileId === posted.form.text('file') && (!isOfCase(draft) || isOurs(each)),
    );
    if (file !== undefined) {
      // A file that a case holds already is only left out of the correction.
      if (file.objectKey.startsWith(draftPrefix(open.draft))) await deps.evidence.remove(file.objectKey);
      await saveDraft(deps, { ...open.draft, files: open.draft.files.filter((each) => each !== file) });
    }
    const anchor = file === undefined ? '' : `#paper-${file.paperId}`;
    return c.redirect(`/apply/${open.draft.draftId}/papers${anchor}`, 303);
  });

  app.post('/apply/:draft/papers', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const found = await openForPapers(c, deps);
    if (found.kind === 'answered') return found.response;
    const open = { ...found, ...(await collectPapers(deps, found)) };
    const { kind } = open.draft.purpose;
    if (kind === 'add-papers') return sendPapers(c, deps, open);
    const counts = countByPaper(open.draft.files);
    const asked = new Set(papersOn(open).map(({ id }) => id));
    const missing = missingPapers(open.programme, open.facts, counts, 'submission').filter(({ paperId }) =>
      asked.has(paperId),
    );
    if (missing.length > 0) {
      const { lang, words } = c.var;
      const errors = missing.map(({ paperId, label, needs }): [string, string] => [
        paperId,
        words.applicant.papers.missing({ paper: label[lang], count: needs }),
      ]);
      return c.html(await papersPage(c, deps, open, { ...refusedWords(c, open), ...Object.fromEntries(errors) }), 422);
    }
    if (kind === 'propose-account') {
      const sent = await sendAccount(c, deps, open);
      return sent === 'not-readable' ? c.redirect(backFrom(open), 303) : sent;
    }
    if (open.draft.refused.length > 0) await saveDraft(deps, { ...open.draft, refused: [] });
    return c.redirect(`/apply/${open.draft.draftId}/check`, 303);
  });
}

const labelOf = (c: Reading, { programme }: OpenForPapers, paperId: string | undefined) =>
  programme.papers.find(({ id }) => id === paperId)?.label[c.var.lang] ?? '';

/** What was not kept of the last uploads, at the top of the page: the paper it belongs to may be far down on a phone. */
function refusedWords(c: Reading, open: OpenForPapers): FormErrors {
  const { papers } = c.var.words.applicant;
  return Object.fromEntries(
    open.draft.refused.map(({ paperId, fault }) => [
      paperId,
      papers.notKept({ paper: labelOf(c, open, paperId), why: papers.fault[fault] }),
    ]),
  );
}

type OpenForPapers = OpenDraft & { readonly kind: 'open'; readonly facts: Facts };

async function openForPapers(
  c: Reading,
  deps: ApplicantDeps,
): Promise<OpenForPapers | { kind: 'answered'; response: Response | Promise<Response> }> {
  const open = await openDraft(c, deps);
  if (open === undefined) return { kind: 'answered', response: draftGonePage(c) };
  const at = `/apply/${open.draft.draftId}`;
  if (open.draft.submitted !== undefined) return { kind: 'answered', response: c.redirect(`${at}/submitted`, 303) };
  const read = readDraft(deps, open);
  // A case's own answers were right when they were sent: papers can follow whatever has changed in the rules since.
  if (read.faults.length > 0 && !isOfCase(open.draft))
    return { kind: 'answered', response: c.redirect(`${at}/form?check=1`, 303) };
  return { kind: 'open', ...open, facts: factsOf(read, localDateOf(deps.now())) };
}

/** Papers for a case whose form stays as it is. */
const isOfCase = ({ purpose }: Draft): boolean => purpose.kind === 'add-papers' || purpose.kind === 'propose-account';

/** What this draft's page asks for: everything, what may follow, or what proves whose another account is. */
function papersOn({ draft, programme, facts }: OpenForPapers): Paper[] {
  if (draft.purpose.kind === 'propose-account') return papersForPayee(programme, facts);
  const asked = papersAsked(programme, facts);
  return draft.purpose.kind === 'add-papers' ? asked.filter(({ due }) => due !== 'with-the-application') : asked;
}

function backFrom({ draft }: OpenDraft): string {
  const { purpose } = draft;
  if (purpose.kind === 'propose-account') return `/track/case/${purpose.caseId}/propose-account`;
  return purpose.kind === 'add-papers' ? `/track/case/${purpose.caseId}` : `/apply/${draft.draftId}/form`;
}

async function papersPage(c: Reading, deps: ApplicantDeps, open: OpenForPapers, errors: FormErrors) {
  const { draft, programme, toCorrect } = open;
  // The bucket sends the browser back with the key of what it has just taken.
  const kept = draft.files.find(({ objectKey }) => objectKey === c.req.query('key'))?.paperId;
  const { lang, words } = c.var;
  const { account, papers } = words.applicant;
  const csrf = issueCsrf(c, deps.secrets.csrf);
  const isAdding = isOfCase(draft);
  const isAccount = draft.purpose.kind === 'propose-account';
  const asked = papersOn(open);
  const counts = countByPaper(draft.files);
  const later = asked.filter(({ id, due, atLeast }) => due !== 'with-the-application' && (counts[id] ?? 0) < atLeast);
  const sections = await Promise.all(
    asked.map(async (paper) => {
      const key = `${draftPrefix(draft)}${paper.id}/${deps.newId()}`;
      const backTo = `${deps.siteUrl}/apply/${draft.draftId}/papers`;
      const upload = await deps.evidence.uploadForm(key, backTo);
      return (
        <PaperSection
          paper={paper}
          files={draft.files.filter((file) => file.paperId === paper.id)}
          error={errors[paper.id]}
          upload={upload}
          canRemove={(file) => !isAdding || file.objectKey.startsWith(draftPrefix(draft))}
          removeAction={`/apply/${draft.draftId}/papers/remove`}
          csrf={csrf}
          lang={lang}
        />
      );
    }),
  );
  return (
    <Page
      lang={lang}
      title={papers.title}
      caption={programme.names[lang]}
      errors={errors}
      notice={
        kept === undefined ? undefined : (
          <NotificationBanner kind="success">
            {papers.kept({ paper: labelOf(c, open, kept), count: counts[kept] ?? 0 })}
          </NotificationBanner>
        )
      }
      backHref={backFrom(open)}
      {...(hasErrors(errors) ? {} : { path: c.req.path })}
    >
      {isAccount ? <p class="govuk-body">{account.proofLead}</p> : null}
      <ToCorrect items={toCorrect} lang={lang} />
      <p class="govuk-body">{papers.lead}</p>
      {sections}
      <Form action={`/apply/${draft.draftId}/papers`} csrf={csrf}>
        {later.length > 0 && !isAdding ? <p class="govuk-body">{papers.later({ count: later.length })}</p> : null}
        <Button>
          {isAccount
            ? account.submit
            : isAdding
              ? papers.sendPapers
              : later.length > 0
                ? papers.continueWithout
                : papers.continue}
        </Button>
      </Form>
    </Page>
  );
}
