import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { judgeFile } from './collect-papers.ts';
import type { ApplicantDeps } from './deps.ts';

/**
 * Copies a draft's files to where the case keeps them, `cases/<case>/<paper>/<file>`. The originals go with the draft's prefix
 * when its time is up, so a submission that fails half-way can be sent again. A file that is gone is left out.
 */
export async function keepPapers(
  deps: ApplicantDeps,
  caseId: CaseId,
  files: readonly PaperFile[],
): Promise<PaperFile[]> {
  const kept = await Promise.all(
    files.map(async (file): Promise<PaperFile[]> => {
      const objectKey = `cases/${caseId}/${file.paperId}/${file.fileId}`;
      if (file.objectKey === objectKey) return [file];
      // The form it came by is good for an hour: what lies there now is looked at again, not what lay there then.
      const now = (await deps.evidence.list(file.objectKey)).find((each) => each.objectKey === file.objectKey);
      if (now === undefined || 'fault' in (await judgeFile(deps, now))) return [];
      const isThere = await deps.evidence.copy(file.objectKey, objectKey, file.contentType);
      return isThere ? [{ ...file, objectKey, sizeBytes: now.sizeBytes }] : [];
    }),
  );
  return kept.flat();
}
