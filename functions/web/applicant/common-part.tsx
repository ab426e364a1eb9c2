import { Checkboxes, InsetText, Radios, Select, TextInput } from '../../../shared/web/controls/index.ts';
import { maskIdNumber } from '../../../shared/web/mask.ts';
import { choices, type FormState, field } from '../../../shared/web/form-state.ts';
import { useWords } from './use-words.ts';

/** Who applies, and who types. The ID number of a case that exists cannot be changed: it says whose case it is. */
export function ApplicantPart({
  form,
  units,
  fixedIdNumber,
}: {
  form: FormState;
  units: readonly string[];
  fixedIdNumber: string | undefined;
}) {
  const words = useWords().applicant.form;
  return (
    <>
      <h2 class="govuk-heading-m">{words.applicantPart}</h2>
      <p class="govuk-body">{words.applicantPartHint}</p>
      <TextInput
        {...field(form, 'applicantName')}
        label={words.name}
        hint={words.nameHint}
        width={20}
        autocomplete="name"
        spellcheck={false}
      />
      {fixedIdNumber === undefined ? (
        <TextInput
          {...field(form, 'applicantIdNumber')}
          label={words.idNumber}
          hint={words.idNumberHint}
          width={20}
          autocomplete="off"
          spellcheck={false}
        />
      ) : (
        <InsetText>{words.idNumberFixed({ idNumber: maskIdNumber(fixedIdNumber) })}</InsetText>
      )}
      <TextInput
        {...field(form, 'phone')}
        label={words.phone}
        hint={words.phoneHint}
        width={20}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
      />
      <TextInput
        {...field(form, 'email')}
        label={words.email}
        hint={words.emailHint}
        type="email"
        inputmode="email"
        autocomplete="email"
        spellcheck={false}
        isOptional
      />
      <Select
        {...field(form, 'unit')}
        label={words.unit}
        choices={units.map((unit) => ({ value: unit, label: unit }))}
      />
      <TextInput {...field(form, 'address')} label={words.address} autocomplete="street-address" />
      <Radios
        {...field(form, 'enteredFor')}
        label={words.enteredFor}
        choices={[
          { value: 'self', label: words.enteredForSelf },
          { value: 'someone-else', label: words.enteredForOther },
        ]}
      />
      <fieldset class="govuk-fieldset app-row">
        <legend class="govuk-fieldset__legend">{words.enteredByTitle}</legend>
        <TextInput {...field(form, 'enteredByName')} label={words.enteredByName} width={20} autocomplete="off" />
        <TextInput
          {...field(form, 'enteredByPhone')}
          label={words.enteredByPhone}
          width={20}
          type="tel"
          inputmode="tel"
          autocomplete="off"
        />
        <TextInput
          {...field(form, 'enteredByRelation')}
          label={words.enteredByRelation}
          width={20}
          autocomplete="off"
        />
      </fieldset>
      <TextInput
        {...field(form, 'householdSize')}
        label={words.householdSize}
        hint={words.householdSizeHint}
        width={4}
        inputmode="numeric"
        autocomplete="off"
      />
    </>
  );
}

/** Where the money is to go. */
export function PayeePart({ form, withHeading = true }: { form: FormState; withHeading?: boolean }) {
  const words = useWords().applicant.form;
  return (
    <>
      {withHeading ? <h2 class="govuk-heading-m">{words.payeePart}</h2> : null}
      <p class="govuk-body">{words.payeePartHint}</p>
      <Radios
        {...field(form, 'payeeKind')}
        label={words.payeeKind}
        choices={[
          { value: 'self', label: words.payeeSelf },
          { value: 'guardian', label: words.payeeGuardian },
          { value: 'next-of-kin', label: words.payeeNextOfKin },
          { value: 'heir', label: words.payeeHeir },
        ]}
      />
      <TextInput
        {...field(form, 'payeeHolderName')}
        label={words.payeeHolderName}
        hint={words.payeeHolderNameHint}
        width={20}
        autocomplete="off"
        spellcheck={false}
      />
      <TextInput
        {...field(form, 'payeeBankName')}
        label={words.payeeBankName}
        hint={words.payeeBankNameHint}
        autocomplete="off"
      />
      <TextInput
        {...field(form, 'payeeAccountNumber')}
        label={words.payeeAccountNumber}
        hint={words.payeeAccountNumberHint}
        width={30}
        inputmode="numeric"
        autocomplete="off"
        spellcheck={false}
      />
      <fieldset class="govuk-fieldset app-row">
        <legend class="govuk-fieldset__legend">{words.payeeOtherTitle}</legend>
        <TextInput {...field(form, 'payeeRelation')} label={words.payeeRelation} width={20} autocomplete="off" />
      </fieldset>
    </>
  );
}

export function ConsentPart({ form }: { form: FormState }) {
  const words = useWords().applicant.form;
  return (
    <Checkboxes
      {...choices(form, 'consent')}
      label={words.consentPart}
      hint={words.consentHint}
      choices={[{ value: 'yes', label: words.consent }]}
    />
  );
}
