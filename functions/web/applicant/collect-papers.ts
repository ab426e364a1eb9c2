import type { Draft, FileFault } from './draft.ts';
import type { ApplicantDeps } from './deps.ts';
import { largestFileBytes, type StoredObject } from './evidence-bucket.ts';
import { fileKindOf } from './file-kind.ts';
import type { OpenDraft } from './keep-draft.ts';
import { saveDraft } from './keep-draft.ts';

/** Where a draft's uploads land: `drafts/<draft>/<paper>/<file>`. */
export const draftPrefix = (draft: Pick<Draft, 'draftId'>): string => `drafts/${draft.draftId}/`;

/**
 * Takes up what was uploaded since: the bucket is the truth, and what a browser says about a file is not believed. A file
 * that is too large, empty, of another kind or one too many is deleted, and noted to be told beside its paper.
 */
export async function collectPapers(deps: ApplicantDeps, { draft, programme }: OpenDraft): Promise<Draft> {
  const objects = await deps.evidence.list(draftPrefix(draft));
  const there = new Set(objects.map(({ objectKey }) => objectKey));
  const isStillThere = ({ objectKey }: { objectKey: string }) =>
    !objectKey.startsWith(draftPrefix(draft)) || there.has(objectKey);
  const files = draft.files.filter(isStillThere);
  let refused = draft.refused;
  let hasChanged = files.length !== draft.files.length;
  const known = new Set(files.map(({ objectKey }) => objectKey));
  for (const object of objects.filter(({ objectKey }) => !known.has(objectKey))) {
    hasChanged = true;
    const [paperId = '', fileId = ''] = object.objectKey.slice(draftPrefix(draft).length).split('/');
    const paper = programme.papers.find(({ id }) => id === paperId);
    const sofar = files.filter((file) => file.paperId === paperId).length;
    const verdict =
      paper === undefined || sofar >= paper.atMost ? ({ fault: 'too-many' } as const) : await judgeFile(deps, object);
    if ('fault' in verdict) {
      await deps.evidence.remove(object.objectKey);
      if (paper !== undefined) {
        refused = [...refused.filter((each) => each.paperId !== paperId), { paperId, fault: verdict.fault }];
      }
      continue;
    }
    refused = refused.filter((each) => each.paperId !== paperId);
    files.push({
      paperId,
      fileId,
      objectKey: object.objectKey,
      contentType: verdict.contentType,
      sizeBytes: object.sizeBytes,
      uploadedAt: deps.now(),
    });
  }
  if (!hasChanged) return draft;
  const collected = { ...draft, files, refused };
  await saveDraft(deps, collected);
  return collected;
}

type Verdict = { readonly contentType: Draft['files'][number]['contentType'] } | { readonly fault: FileFault };

/** Whether a stored file may be kept, told by what it is. */
export async function judgeFile(deps: ApplicantDeps, { objectKey, sizeBytes }: StoredObject): Promise<Verdict> {
  if (sizeBytes === 0) return { fault: 'empty' };
  if (sizeBytes > largestFileBytes) return { fault: 'too-large' };
  const contentType = fileKindOf(await deps.evidence.firstBytes(objectKey));
  return contentType === undefined ? { fault: 'wrong-kind' } : { contentType };
}
