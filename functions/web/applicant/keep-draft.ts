import { addHours, type Instant } from '../../../shared/kernel/time.ts';
import { draftIdSchema } from '../../../shared/kernel/ids.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { openSigned, readHostCookie, setHostCookie, signValue } from '../../../shared/web/cookies.ts';
import type { ApplicantDeps } from './deps.ts';
import { type Draft, draftDays } from './draft.ts';
import type { Reading } from './page-context.tsx';

const cookieName = (draftId: string) => `draft-${draftId}`;
const purpose = 'draft';

export type NewDraft = Pick<Draft, 'purpose' | 'typed' | 'files'> & { readonly programme: ProgrammeVersion };

/** Begins a draft that only this browser can open, and saves it. */
export async function beginDraft(c: Reading, deps: ApplicantDeps, given: NewDraft): Promise<Draft> {
  const draftId = draftIdSchema.parse(deps.newId());
  const draft: Draft = {
    draftId,
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
  setHostCookie(c, cookieName(draftId), signValue(deps.secrets.draft, purpose, draftId), draftDays * 86_400);
  return draft;
}

/** A draft lives thirty days from its last change. */
export const saveDraft = (deps: ApplicantDeps, draft: Draft): Promise<void> =>
  deps.store.saveDraft(draft, expiryFrom(deps.now()));

const expiryFrom = (now: Instant): Instant => addHours(now, draftDays * 24);

export type OpenDraft = { readonly draft: Draft; readonly programme: ProgrammeVersion };

/** The draft in the address, if this browser began it and it is still there. */
export async function openDraft(c: Reading, deps: ApplicantDeps): Promise<OpenDraft | undefined> {
  const parsed = draftIdSchema.safeParse(c.req.param('draft'));
  if (!parsed.success) return undefined;
  const signed = openSigned(deps.secrets.draft, purpose, readHostCookie(c, cookieName(parsed.data)));
  if (signed !== parsed.data) return undefined;
  const draft = await deps.store.loadDraft(parsed.data, deps.now());
  if (draft === undefined) return undefined;
  const programme = await deps.store.programme(draft.programmeId, draft.programmeVersion);
  return programme === undefined ? undefined : { draft, programme };
}
