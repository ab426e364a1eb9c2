import { createHash } from 'node:crypto';
import type { CaseFile } from '../../../shared/cases/case-file.ts';
import type { Applicant } from '../../../shared/cases/relief-case.ts';
import { staffMemberNamed } from '../../../shared/cases/entered-by.ts';
import { submitApplication } from '../../../shared/cases/submit-application.ts';
import { firstTrackingCode } from '../../../shared/cases/tracking-code.ts';
import { incidentIdOf } from '../../../shared/intake/incident-key.ts';
import { type CaseId, caseIdSchema, type DraftId, type PersonId } from '../../../shared/kernel/ids.ts';
import { localDateOf, localDateSchema } from '../../../shared/kernel/time.ts';
import type { Answers } from '../../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { patchOfUnit } from '../../../shared/register/household.ts';
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
  { draft, objects, programme, patches, read, applicant }: ReadyDraft,
): Promise<void> {
  const caseId = caseIdOfDraft(draft.draftId);
  const known = await deps.store.loadCaseFile(caseId);
  if (known !== undefined) return noteSubmitted(deps, draft, known);

  const { store, newId } = deps;
  const now = deps.now();
  const person = applicantOf(applicant, read.email);
  const { patchId } = patchOfUnit(patches, person.unit) ?? {};
  if (patchId === undefined) throw new Error('a unit that the form offers lies in no patch');
  const year = Number(localDateOf(now).slice(0, 4));
  const code = firstTrackingCode(deps.secrets.session, caseId);
  // None of these needs another. If one fails, what the others did is found again when the draft is sent once more; a number is a gap.
  const [household, incidentId, enteredById, papers, caseNumber, trackingCodeHash] = await Promise.all([
    store.householdFor({ ...person, patchId }, { now, newId }),
    recordIncident(deps, programme, read.answers),
    enteredBy(deps, person),
    keepPapers(deps, caseId, { draft, objects }, draft.files),
    store.nextCaseNumber(programme.numberPrefix, year),
    store.hashTrackingCode(code),
  ]);
  const changes = submitApplication(
    {
      applicant: person,
      payee: payeeOf(applicant),
      answers: read.answers,
      papers,
      caseId,
      caseNumber,
      programme,
      ...household,
      ...(enteredById === undefined ? {} : { enteredById }),
      ...(incidentId === undefined ? {} : { incidentId }),
      trackingCodeHash,
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

/** Whoever of the staff filled it in for the applicant. */
const enteredBy = async ({ store }: ApplicantDeps, { enteredBy: by }: Applicant): Promise<PersonId | undefined> =>
  by && staffMemberNamed(await store.staff(), by.name);

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
