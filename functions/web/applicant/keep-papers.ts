import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { judgeFile } from '../evidence/judge-file.ts';
import { draftPrefix } from './collect-papers.ts';
import type { ApplicantDeps } from './deps.ts';
import type { Draft } from './draft.ts';

/**
 * Copies a draft's files to where the case keeps them, `cases/<case>/<paper>/<file>`. The originals go with the draft's prefix
 * when its time is up, so a submission that fails half-way can be sent again. A file that is gone is left out.
 */
export async function keepPapers(
  deps: ApplicantDeps,
  caseId: CaseId,
  draft: Pick<Draft, 'draftId' | 'seen'>,
  files: readonly PaperFile[],
): Promise<PaperFile[]> {
  const keyOf = ({ paperId, fileId }: PaperFile): string => `cases/${caseId}/${paperId}/${fileId}`;
  if (files.every((file) => file.objectKey === keyOf(file))) return [...files];
  const objects = await deps.evidence.list(draftPrefix(draft));
  const kept = await Promise.all(
    files.map(async (file): Promise<PaperFile[]> => {
      const objectKey = keyOf(file);
      if (file.objectKey === objectKey) return [file];
      const now = objects.find((each) => each.objectKey === file.objectKey);
      if (now === undefined) return [];
      // The form it came by is good for an hour: what lies there now is looked at again, if it is not what lay there then.
      const isSame = now.etag !== '' && now.etag === draft.seen?.[file.objectKey];
      if (!isSame) {
        const looked = await deps.evidence.look(file.objectKey);
        if (looked === undefined || 'fault' in judgeFile(looked)) return [];
      }
      const isThere = await deps.evidence.copy(file.objectKey, objectKey, file.contentType);
      return isThere ? [{ ...file, objectKey, sizeBytes: now.sizeBytes }] : [];
    }),
  );
  return kept.flat();
}
