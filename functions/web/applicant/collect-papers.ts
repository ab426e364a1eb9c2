import { judgeFile, type StoredObject } from '../evidence/judge-file.ts';
import type { ApplicantDeps } from './deps.ts';
import type { Draft, FileFault } from './draft.ts';
import { type OpenDraft, saveDraft } from './keep-draft.ts';

/** Where a draft's uploads land: `drafts/<draft>/<paper>/<file>`. */
export const draftPrefix = (draft: Pick<Draft, 'draftId'>): string => `drafts/${draft.draftId}/`;

type Collecting = Pick<OpenDraft, 'draft' | 'programme'>;

/** A draft with what lies in the bucket for it. */
export type Collected = { readonly draft: Draft; readonly objects: readonly StoredObject[] };

/**
 * Takes up what was uploaded since: the bucket is the truth, and what a browser says about a file is not believed. A file
 * that is too large, empty, of another kind or one too many is deleted, and noted to be told beside its paper.
 */
export async function collectPapers(deps: ApplicantDeps, { draft, programme }: Collecting): Promise<Collected> {
  const objects = await deps.evidence.list(draftPrefix(draft));
  const there = new Set(objects.map(({ objectKey }) => objectKey));
  const isStillThere = ({ objectKey }: { objectKey: string }) =>
    !objectKey.startsWith(draftPrefix(draft)) || there.has(objectKey);
  const files = draft.files.filter(isStillThere);
  const known = new Set(files.map(({ objectKey }) => objectKey));
  let collected = files.length === draft.files.length ? draft : { ...draft, files };
  for (const { objectKey } of objects.filter((object) => !known.has(object.objectKey))) {
    collected = await takeUp(deps, { draft: collected, programme }, objectKey);
  }
  if (collected !== draft) await saveDraft(deps, collected);
  return { draft: collected, objects };
}

/**
 * Takes up the one file that a browser has just come back from uploading. It only names the file; that it is there, and what it is, the
 * bucket says. All others are collected before anything is sent.
 */
export async function collectPaper(deps: ApplicantDeps, open: Collecting, objectKey: string): Promise<Draft> {
  const { draft } = open;
  const isKnown = draft.files.some((file) => file.objectKey === objectKey);
  if (isKnown || !objectKey.startsWith(draftPrefix(draft))) return draft;
  const collected = await takeUp(deps, open, objectKey);
  if (collected !== draft) await saveDraft(deps, collected);
  return collected;
}

/** The draft with one more file, or with what was wrong with it; as it was if the file is gone meanwhile. */
async function takeUp(deps: ApplicantDeps, { draft, programme }: Collecting, objectKey: string): Promise<Draft> {
  const [paperId = '', fileId = ''] = objectKey.slice(draftPrefix(draft).length).split('/');
  const paper = programme.papers.find(({ id }) => id === paperId);
  const sofar = draft.files.filter((file) => file.paperId === paperId).length;
  const refused = draft.refused.filter((each) => each.paperId !== paperId);
  const refuse = async (fault: FileFault): Promise<Draft> => {
    await deps.evidence.remove(objectKey);
    return paper === undefined ? draft : { ...draft, refused: [...refused, { paperId, fault }] };
  };
  if (paper === undefined || sofar >= paper.atMost) return refuse('too-many');
  const looked = await deps.evidence.look(objectKey);
  if (looked === undefined) return draft;
  const verdict = judgeFile(looked);
  if ('fault' in verdict) return refuse(verdict.fault);
  const { contentType } = verdict;
  const file = { paperId, fileId, objectKey, contentType, sizeBytes: looked.sizeBytes, uploadedAt: deps.now() };
  return { ...draft, files: [...draft.files, file], refused, seen: { ...draft.seen, [objectKey]: looked.etag } };
}
