/**
 * Whose account it is: the applicant's own; for a minor or an unconscious patient the guardian's 监护人 or the next of kin's 近亲属; where
 * the applicant has died, that of the heir 继承人 whom the household names.
 */
export const payeeKinds = ['self', 'guardian', 'next-of-kin', 'heir'] as const;
export type PayeeKind = (typeof payeeKinds)[number];
