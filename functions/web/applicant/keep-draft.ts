import { randomBytes } from 'node:crypto';
import type { MissingItem } from '../../../shared/cases/relief-case.ts';
import { draftIdSchema } from '../../../shared/kernel/ids.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { readHostCookie, setHostCookie } from '../../../shared/web/cookies.ts';
import type { ApplicantDeps } from './deps.ts';
import { type Draft, draftDays } from './draft.ts';
import type { Reading } from './page-context.tsx';
import { trackedFile } from './tracked-case.tsx';

const cookieName = (draftId: string) => `draft-${draftId}`;

export type NewDraft = Pick<Draft, 'purpose' | 'typed' | 'files'> & { readonly programme: ProgrammeVersion };

/** Begins a draft that only this browser can open, and saves it. */
export async function beginDraft(c: Reading, deps: ApplicantDeps, given: NewDraft): Promise<Draft> {
  const draftId = draftIdSchema.parse(deps.newId());
  const draft: Draft = {
    draftId,
    secret: randomBytes(32).toString('base64url'),
    programmeId: given.programme.id,
    programmeVersion: given.programme.version,
    purpose: given.purpose,
    typed: given.typed,
    rows: {},
    files: given.files,
    refused: [],
    startedAt: deps.now(),
  };
  await saveDraft(deps, draft);
  setHostCookie(c, cookieName(draftId), draft.secret, draftDays * 86_400);
  return draft;
}

/** A draft lives thirty days from its last change. */
export const saveDraft = (deps: ApplicantDeps, draft: Draft): Promise<void> => deps.store.saveDraft(draft, deps.now());

export type OpenDraft = {
  readonly draft: Draft;
  readonly programme: ProgrammeVersion;
  /** What the case was returned for, where this is its correction. */
  readonly toCorrect: readonly MissingItem[];
};

/**
 * The draft in the address, if this browser began it and it is still there. A change of a case shows what the case holds, so it
 * also needs the case's own session: it ends with leaving, and with a new tracking code.
 */
export async function openDraft(c: Reading, deps: ApplicantDeps): Promise<OpenDraft | undefined> {
  const parsed = draftIdSchema.safeParse(c.req.param('draft'));
  if (!parsed.success) return undefined;
  const secret = readHostCookie(c, cookieName(parsed.data));
  if (secret === undefined) return undefined;
  const draft = await deps.store.loadDraft(secret, deps.now());
  if (draft?.draftId !== parsed.data) return undefined;
  const { purpose } = draft;
  const file = purpose.kind === 'new' ? undefined : await trackedFile(c, deps, purpose.caseId);
  if (purpose.kind !== 'new' && file === undefined) return undefined;
  const toCorrect = purpose.kind === 'resubmit' ? (file?.case.missing ?? []) : [];
  const programme = await deps.store.programme(draft.programmeId, draft.programmeVersion);
  return programme === undefined ? undefined : { draft, programme, toCorrect };
}
