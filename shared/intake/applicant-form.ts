import * as z from 'zod';
import { payeeKinds } from '../programmes/payee-kind.ts';

export const enteredForKinds = ['self', 'someone-else'] as const;

/** Longest answers, in characters. */
export const applicantLimits = { name: 50, unit: 100, address: 200, relation: 30, bank: 60, heads: 20 } as const;

const payeeSchema = z.strictObject({
  kind: z.enum(payeeKinds),
  holderName: z.string().min(1),
  bankName: z.string().min(1),
  /** 12 to 19 digits, without blanks. */
  accountNumber: z.string().regex(/^\d{12,19}$/),
  /** The check digit does not fit: worth a second look, no reason to refuse (passbooks have none). */
  accountLooksOdd: z.boolean(),
  /** To the applicant; present unless the account is the applicant's own. */
  relation: z.string().min(1).exactOptional(),
});

/**
 * The part that every programme asks alike: who applies, who types, the household, the account. Names and numbers are
 * personal values: to be sealed before they are stored.
 */
export const applicantFormSchema = z.strictObject({
  applicantName: z.string().min(1),
  /** 18 characters, the last may be X. */
  applicantIdNumber: z.string().regex(/^\d{17}[\dX]$/),
  /** Digits alone; a landline with its area code. */
  phone: z.string().regex(/^\d{7,12}$/),
  unit: z.string().min(1),
  address: z.string().min(1),
  enteredFor: z.enum(enteredForKinds),
  /** The one who types, if that is not the applicant. */
  enteredByName: z.string().min(1).exactOptional(),
  enteredByPhone: z.string().min(1).exactOptional(),
  enteredByRelation: z.string().min(1).exactOptional(),
  /** All members, the applicant too. */
  householdSize: z.number().int().min(1).max(applicantLimits.heads),
  payee: payeeSchema,
  /** To the use of sensitive personal information for this application. */
  consent: z.literal(true),
});
export type ApplicantForm = z.infer<typeof applicantFormSchema>;
