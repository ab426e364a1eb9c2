import type { ReliefCase } from '../../../shared/cases/relief-case.ts';
import type { TypedForm } from '../../../shared/intake/field-error.ts';
import { typedOf } from '../../../shared/intake/read-answers.ts';
import { typedOfApplicant } from '../../../shared/intake/read-applicant.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Draft } from './draft.ts';

/** A case as it would have been typed, to correct or change it: nothing is asked a second time. */
export function typedOfCase({ applicant, payee, answers }: ReliefCase, programme: ProgrammeVersion): Draft['typed'] {
  const { enteredBy } = applicant;
  const common = typedOfApplicant({
    applicantName: applicant.name,
    applicantIdNumber: applicant.idNumber,
    phone: applicant.phone,
    unit: applicant.unit,
    address: applicant.address,
    enteredFor: enteredBy === undefined ? 'self' : 'someone-else',
    ...(enteredBy === undefined
      ? {}
      : {
          enteredByName: enteredBy.name,
          enteredByPhone: enteredBy.phone,
          enteredByRelation: enteredBy.relation,
        }),
    householdSize: applicant.householdSize,
    payee: { ...payee, accountLooksOdd: false },
    consent: true,
  });
  const typed: TypedForm = { ...common, ...typedOf(programme.form, answers), email: applicant.email ?? '' };
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, typeof value === 'string' ? [value] : [...value]]),
  );
}
