import { createHmac } from 'node:crypto';
import { type CaseId, type ObjectionId, objectionIdSchema } from '../kernel/ids.ts';

type Said = { readonly objectorName: string; readonly objectorContact: string; readonly grounds: string };
type Raised = { readonly caseId: CaseId; readonly caseNumber: string };

const keyed = (secret: string, ...parts: readonly string[]) =>
  createHmac('sha256', secret).update(JSON.stringify(parts));

/**
 * The id of what is sent by one showing of the form: pressing the button again gives the same, other words or another showing give
 * another. Keyed, so that it tells nothing about who said what.
 */
export const objectionIdOf = (secret: string, caseId: CaseId, formKey: string, said: Said): ObjectionId =>
  objectionIdSchema.parse(
    `O${keyed(secret, 'objection', caseId, formKey, said.objectorName, said.objectorContact, said.grounds)
      .digest('hex')
      .slice(0, 23)}`,
  );

/** What only whoever raised the objection holds, in the address of the page that tells how it was answered. */
export const objectionSeal = (secret: string, caseId: CaseId, objectionId: ObjectionId): string =>
  keyed(secret, 'objection-receipt', caseId, objectionId).digest('base64url');

/** The page with the receipt of an objection, and later its answer. */
export const objectionPath = (secret: string, { caseId, caseNumber }: Raised, objectionId: ObjectionId): string =>
  `/notices/${caseNumber}/objections/${objectionId}/${objectionSeal(secret, caseId, objectionId)}`;
