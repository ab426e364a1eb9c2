import { createHash } from 'node:crypto';
import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { staffMemberNamed } from '../../../shared/cases/entered-by.ts';
import { submitApplication } from '../../../shared/cases/submit-application.ts';
import { firstTrackingCode } from '../../../shared/cases/tracking-code.ts';
import { incidentIdOf } from '../../../shared/intake/incident-key.ts';
import { type CaseId, caseIdSchema, type DraftId } from '../../../shared/kernel/ids.ts';
import { localDateOf, localDateSchema } from '../../../shared/kernel/time.ts';
import type { Answers } from '../../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { ReadyDraft } from './check-answers.tsx';
import type { ApplicantDeps } from './deps.ts';
import { saveDraft } from './keep-draft.ts';
import { keepPapers } from './keep-papers.ts';
import { applicantOf, payeeOf } from './read-application.ts';

/** The case that a draft becomes. One draft, one id: sending twice makes one case. The draft's own id is a secret of a browser. */
export const caseIdOfDraft = (draftId: DraftId): CaseId =>
  caseIdSchema.parse(`C${createHash('sha256').update(`case\0${draftId}`).digest('hex').slice(0, 23)}`);

/**
 * Makes a draft a case, once, however often it is sent. Whether the ID number is on the register shows nowhere in the
 * answer: an unknown household is brought in, a known one is used.
 */
export async function submitDraft(
  deps: ApplicantDeps,
  { draft, objects, programme, read, applicant }: ReadyDraft,
): Promise<void> {
  const caseId = caseIdOfDraft(draft.draftId);
  const known = await deps.store.loadCaseFile(caseId);
  if (known !== undefined) return noteSubmitted(deps, draft, known);

  const { store, newId } = deps;
  const now = deps.now();
  const person = applicantOf(applicant, read.email);
  const household = await store.householdFor(person, { now, newId });
  const incidentId = await recordIncident(deps, programme, read.answers);
  const enteredById = staffMemberNamed(await store.staff(), person.enteredBy?.name);
  const papers = await keepPapers(deps, caseId, { draft, objects }, draft.files);
  const code = firstTrackingCode(deps.secrets.session, caseId);
  const changes = submitApplication(
    {
      applicant: person,
      payee: payeeOf(applicant),
      answers: read.answers,
      papers,
      caseId,
      caseNumber: await store.nextCaseNumber(programme.numberPrefix, Number(localDateOf(now).slice(0, 4))),
      programme,
      ...household,
      ...(enteredById === undefined ? {} : { enteredById }),
      ...(incidentId === undefined ? {} : { incidentId }),
      trackingCodeHash: await store.hashTrackingCode(code),
    },
    { now, newId },
  );
  const created = await store.createCase(changes);
  const file = created ?? (await store.loadCaseFile(caseId));
  if (file === undefined) throw new Error(`case ${caseId} exists and is not there`);
  await Promise.all([
    noteSubmitted(deps, draft, file),
    created === undefined ? undefined : deps.sendOutbox(changes, created),
  ]);
}

const noteSubmitted = (deps: ApplicantDeps, draft: ReadyDraft['draft'], { case: it }: CaseFile): Promise<void> =>
  saveDraft(deps, {
    ...draft,
    // What was typed is the case's now; the draft only shows the confirmation.
    typed: {},
    files: [],
    submitted: { caseId: it.caseId, caseNumber: it.caseNumber, at: it.submittedAt },
  });

async function recordIncident(deps: ApplicantDeps, programme: ProgrammeVersion, answers: Answers) {
  const incidentId = incidentIdOf(programme, answers);
  if (incidentId === undefined || programme.incident === null) return undefined;
  const { dateField, placeField, numberField } = programme.incident;
  await deps.store.recordIncident({
    incidentId,
    kind: 'fire',
    number: String(answers[numberField] ?? ''),
    date: localDateSchema.parse(answers[dateField]),
    place: String(answers[placeField] ?? ''),
    recordedAt: deps.now(),
  });
  return incidentId;
}
