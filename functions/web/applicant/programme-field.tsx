import type { Lang } from '../../../shared/i18n/lang.ts';
import type { FormField } from '../../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import {
  Button,
  DateInput,
  MoneyInput,
  Radios,
  Select,
  Textarea,
  TextInput,
} from '../../../shared/web/controls/index.ts';
import { describedBy, ErrorMessage, Hint } from '../../../shared/web/controls/form-group.tsx';
import { type FormState, field as control } from '../../../shared/web/form-state.ts';
import { useWords } from './use-words.ts';
import { conditionWords } from './condition-words.ts';

type PlainField = Exclude<FormField, { type: 'list' }>;

/** More options than this are a list to scroll through on a phone: a select then. */
const mostRadios = 9;
/** Rows shown at first; a button adds three more. */
export const rowsAtFirst = 3;

/** A question of a programme as its control; a question that is asked only sometimes says when. */
export function ProgrammeField({
  field,
  programme,
  form,
  lang,
  rows,
}: {
  field: FormField;
  programme: ProgrammeVersion;
  form: FormState;
  lang: Lang;
  rows: number;
}) {
  const words = useWords();
  const when =
    field.askedIf === undefined
      ? undefined
      : (conditionWords(field.askedIf, programme, lang, words) ?? words.applicant.form.notAskedOtherwise);
  const onlyIf = when === undefined ? [] : [words.applicant.form.askedOnlyIf({ when })];
  const hint = [...onlyIf, ...(field.help === undefined ? [] : [field.help[lang]])].join(' ') || undefined;
  return field.type === 'list' ? (
    <ListField field={field} form={form} lang={lang} hint={hint} rows={rows} />
  ) : (
    <PlainControl
      field={field}
      name={field.name}
      form={form}
      lang={lang}
      hint={hint}
      isOptional={!field.required && field.askedIf === undefined}
    />
  );
}

function PlainControl({
  field,
  name,
  form,
  lang,
  hint,
  isOptional,
}: {
  field: PlainField;
  name: string;
  form: FormState;
  lang: Lang;
  hint: string | undefined;
  isOptional: boolean;
}) {
  const { common } = useWords();
  const shared = { ...control(form, name), label: field.label[lang], hint, isOptional };
  switch (field.type) {
    case 'text':
      return <TextInput {...shared} autocomplete="off" />;
    case 'long-text':
      return <Textarea {...shared} />;
    case 'money':
      return <MoneyInput {...shared} />;
    case 'count':
      return <TextInput {...shared} width={4} inputmode="numeric" autocomplete="off" />;
    case 'date':
      return <DateInput {...shared} />;
    case 'yes-no':
      return (
        <Radios
          {...shared}
          isInline
          choices={[
            { value: 'yes', label: common.yes },
            { value: 'no', label: common.no },
          ]}
        />
      );
    case 'choice': {
      const choices = field.options.map((option) => ({ value: option.value, label: option.label[lang] }));
      return choices.length > mostRadios ? (
        <Select {...shared} choices={choices} />
      ) : (
        <Radios {...shared} choices={choices} />
      );
    }
  }
}

function ListField({
  field,
  form,
  lang,
  hint,
  rows,
}: {
  field: Extract<FormField, { type: 'list' }>;
  form: FormState;
  lang: Lang;
  hint: string | undefined;
  rows: number;
}) {
  const words = useWords().applicant.form;
  const shown = Math.min(field.maxRows, rows);
  const shared = { name: field.name, hint: [hint, words.rowHint].filter(Boolean).join(' ') };
  const error = form.errors[field.name];
  return (
    <fieldset class="govuk-fieldset govuk-form-group" aria-describedby={describedBy({ ...shared, error })}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m" id={field.name} tabindex={-1}>
        {field.label[lang]}
      </legend>
      <Hint {...shared} />
      <ErrorMessage {...shared} error={error} />
      {Array.from({ length: shown }, (_, row) => (
        <fieldset class="govuk-fieldset app-row">
          <legend class="govuk-fieldset__legend">{words.row({ number: row + 1 })}</legend>
          {field.columns.map((column) => (
            <PlainControl
              field={column}
              name={`${field.name}.${row}.${column.name}`}
              form={form}
              lang={lang}
              hint={row === 0 ? column.help?.[lang] : undefined}
              isOptional={false}
            />
          ))}
        </fieldset>
      ))}
      {shown < field.maxRows ? (
        <Button look="secondary" name="_add" value={field.name}>
          {words.addRow({ list: field.label[lang] })}
        </Button>
      ) : null}
    </fieldset>
  );
}
