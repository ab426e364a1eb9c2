import type { RefusalCode } from '../../shared/cases/case-file.ts';
import type { CaseId } from '../../shared/kernel/ids.ts';
import { NeverRetry, RetryLimited } from './task-errors.ts';

/**
 * The rules refuse what the workflow holds for possible: table and engine disagree, so a person must look. Only a claim that
 * another case took between our reading and our writing passes: the next try sees it and says so in words.
 */
export function refusedStep(what: string, code: RefusalCode): RetryLimited | NeverRetry {
  const message = `${what} was refused: ${code}`;
  return code === 'claim-taken' ? new RetryLimited(message) : new NeverRetry(message);
}

export const unknownCase = (caseId: CaseId): NeverRetry => new NeverRetry(`There is no case ${caseId}`);
