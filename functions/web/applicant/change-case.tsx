import { proposeAccount } from '../../../shared/cases/change-account.ts';
import { addPapers, editApplication, resubmitApplication } from '../../../shared/cases/change-application.ts';
import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import type { Content } from '../../../shared/cases/submit-application.ts';
import { readAccount } from '../../../shared/intake/read-applicant.ts';
import { typedText } from '../../../shared/intake/typed-text.ts';
import type { ReadyDraft } from './check-answers.tsx';
import { type Collected, draftPrefix } from './collect-papers.ts';
import type { ApplicantDeps } from './deps.ts';
import { type OpenDraft, saveDraft } from './keep-draft.ts';
import { keepPapers } from './keep-papers.ts';
import type { Reading } from './page-context.tsx';
import { applicantOf, payeeOf } from './read-application.ts';
import { refusalPage } from './tracked-case.tsx';

type Purpose = OpenDraft['draft']['purpose'];
type ChangePurpose = Exclude<Purpose, { kind: 'new' }>;

const told = {
  resubmit: 'resubmitted',
  edit: 'edited',
  'add-papers': 'papers-added',
  'propose-account': 'account-proposed',
} as const;

/** Where a draft of a change leads when it is sent. */
export const statusAfter = ({ kind, caseId }: ChangePurpose): string => `/track/case/${caseId}?done=${told[kind]}`;

/** Sends a correction or a change of a case. What the case says about whose it is stays as it is. */
export async function changeCase(
  c: Reading,
  deps: ApplicantDeps,
  { draft, objects, read, applicant }: ReadyDraft,
): Promise<Response> {
  const { purpose } = draft;
  if (purpose.kind === 'new' || purpose.kind === 'propose-account') {
    throw new Error(`${purpose.kind} is no change of an application`);
  }
  const papers = await keepPapers(deps, purpose.caseId, { draft, objects }, draft.files);
  const content: Content = {
    applicant: applicantOf(applicant, read.email),
    payee: payeeOf(applicant),
    answers: read.answers,
    papers,
  };
  const outcome = await deps.actOnCase(purpose.caseId, (file, around) => {
    // Begun on another version (in another tab, on another phone): what came in since must not be lost.
    if (purpose.kind !== 'add-papers' && file.case.contentVersion !== purpose.contentVersion) {
      return { kind: 'refused', code: 'content-changed' };
    }
    const isNew = ({ fileId, uploadedAt }: PaperFile) =>
      uploadedAt > draft.startedAt && !papers.some((kept) => kept.fileId === fileId);
    const said = { ...content, papers: [...papers, ...file.case.papers.filter(isNew)] };
    return purpose.kind === 'edit' ? editApplication(file, around, said) : resubmitApplication(file, around, said);
  });
  return finish(c, deps, draft, outcome);
}

/** Sends the files that were uploaded since to a case that goes on meanwhile. */
export async function sendPapers(c: Reading, deps: ApplicantDeps, { draft, objects }: Collected): Promise<Response> {
  const { purpose } = draft;
  if (purpose.kind !== 'add-papers') throw new Error('these papers belong to a form');
  const uploaded = draft.files.filter(({ objectKey }) => objectKey.startsWith(draftPrefix(draft)));
  if (uploaded.length === 0) return c.redirect(`/track/case/${purpose.caseId}`, 303);
  const files = await keepPapers(deps, purpose.caseId, { draft, objects }, uploaded);
  const outcome = await deps.actOnCase(purpose.caseId, (file, around) => addPapers(file, around, files));
  return finish(c, deps, draft, outcome);
}

/** Sends another account with the files that prove whose it is. */
export async function sendAccount(
  c: Reading,
  deps: ApplicantDeps,
  { draft, objects }: Collected,
): Promise<Response | 'not-readable'> {
  const { purpose } = draft;
  if (purpose.kind !== 'propose-account') throw new Error('these papers belong to no account');
  const { payee } = readAccount(draft.typed, typedText(draft.typed, 'applicantName'));
  if (payee === undefined) return 'not-readable';
  const files = await keepPapers(deps, purpose.caseId, { draft, objects }, draft.files);
  const outcome = await deps.actOnCase(purpose.caseId, (file, around) =>
    proposeAccount(file, around, payeeOf({ payee }), files),
  );
  return finish(c, deps, draft, outcome);
}

async function finish(
  c: Reading,
  deps: ApplicantDeps,
  draft: OpenDraft['draft'],
  outcome: Awaited<ReturnType<ApplicantDeps['actOnCase']>>,
): Promise<Response> {
  const { purpose } = draft;
  if (purpose.kind === 'new') throw new Error('a new application changes no case');
  // What was typed stays in the draft: a refusal may pass, and nothing is to be typed twice.
  if (outcome.kind !== 'done') {
    const code = outcome.kind === 'refused' ? outcome.code : 'not-possible-now';
    return refusalPage(c, code, `/track/case/${purpose.caseId}`);
  }
  const { caseId, caseNumber } = outcome.file.case;
  await saveDraft(deps, { ...draft, typed: {}, files: [], submitted: { caseId, caseNumber, at: deps.now() } });
  return c.redirect(statusAfter(purpose), 303);
}
