import type { ScanContentType } from '../../../shared/kernel/scan.ts';
import { fileKindOf } from './file-kind.ts';

/** What the bucket's own policy lets through; our page refuses above `largestFileBytes` in words. */
export const largestPostBytes = 25 * 1024 * 1024;
export const largestFileBytes = 10 * 1024 * 1024;

/** What is accepted of a file chosen in a form, for the browser's own dialogue; the bytes decide. */
export const acceptedFiles = 'image/jpeg,image/png,application/pdf';

/** `etag` is another one as soon as other bytes lie there. */
export type StoredObject = { readonly objectKey: string; readonly sizeBytes: number; readonly etag: string };
/** A file that was looked into: its first bytes are enough to tell its kind. `objectVersion`: where the bucket keeps versions. */
export type LookedAt = StoredObject & { readonly firstBytes: Uint8Array; readonly objectVersion?: string | undefined };

export type BadFile = 'too-large' | 'empty' | 'wrong-kind';
export type Verdict = { readonly contentType: ScanContentType } | { readonly fault: BadFile };

/** Whether a stored file may be kept, told by what it is. */
export function judgeFile({ sizeBytes, firstBytes }: Pick<LookedAt, 'sizeBytes' | 'firstBytes'>): Verdict {
  if (sizeBytes === 0) return { fault: 'empty' };
  if (sizeBytes > largestFileBytes) return { fault: 'too-large' };
  const contentType = fileKindOf(firstBytes);
  return contentType === undefined ? { fault: 'wrong-kind' } : { contentType };
}

/** How large a file is, for a page. */
export const megabytes = (bytes: number): string => `${Math.max(0.1, Math.round(bytes / 104_857.6) / 10)} MB`;
