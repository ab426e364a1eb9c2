import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { judgeFile, type StoredObject } from '../evidence/judge-file.ts';
import type { Collected } from './collect-papers.ts';
import type { ApplicantDeps } from './deps.ts';

/**
 * Copies a draft's files, as they have just been collected, to where the case keeps them, `cases/<case>/<paper>/<file>`. The originals
 * go with the draft's prefix when its time is up, so a submission that fails half-way can be sent again. A file that is gone is left out.
 */
export async function keepPapers(
  deps: ApplicantDeps,
  caseId: CaseId,
  { draft, objects }: { readonly draft: Pick<Collected['draft'], 'seen'>; readonly objects: Collected['objects'] },
  files: readonly PaperFile[],
): Promise<PaperFile[]> {
  const keyOf = ({ paperId, fileId }: PaperFile): string => `cases/${caseId}/${paperId}/${fileId}`;
  if (files.every((file) => file.objectKey === keyOf(file))) return [...files];
  const kept = await Promise.all(
    files.map(async (file): Promise<PaperFile[]> => {
      const objectKey = keyOf(file);
      if (file.objectKey === objectKey) return [file];
      const now = objects.find((each) => each.objectKey === file.objectKey);
      if (now === undefined) return [];
      // The form it came by is good for an hour: what lies there now is looked at again, if it is not what lay there then.
      const isSame = now.etag !== '' && now.etag === draft.seen?.[file.objectKey];
      const looked = isSame ? now : await lookAgain(deps, file.objectKey);
      const isThere = looked !== undefined && (await deps.evidence.copy(looked, objectKey, file.contentType));
      return isThere ? [{ ...file, objectKey, sizeBytes: looked.sizeBytes }] : [];
    }),
  );
  return kept.flat();
}

async function lookAgain(deps: ApplicantDeps, objectKey: string): Promise<StoredObject | undefined> {
  const looked = await deps.evidence.look(objectKey);
  return looked === undefined || 'fault' in judgeFile(looked) ? undefined : looked;
}
