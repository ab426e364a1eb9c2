import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { Condition } from '../../../shared/programmes/condition.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';

/** When a question is asked, in words; undefined where the condition is none that a reader could check on the form. */
export function conditionWords(
  condition: Condition,
  programme: ProgrammeVersion,
  lang: Lang,
  words: ApplicantWords,
): string | undefined {
  const { form } = words.applicant;
  const { common } = words;
  const fieldNamed = (name: string) => programme.form.find((each) => each.name === name);
  const labelOf = (name: string) => fieldNamed(name)?.label[lang] ?? name;
  const valueOf = (name: string, value: string | boolean): string => {
    if (typeof value === 'boolean') return value ? common.yes : common.no;
    const field = fieldNamed(name);
    const option = field?.type === 'choice' ? field.options.find((each) => each.value === value) : undefined;
    return option?.label[lang] ?? value;
  };
  const joined = (all: readonly Condition[], by: string): string | undefined => {
    const parts = all.map((each) => conditionWords(each, programme, lang, words));
    return parts.includes(undefined) ? undefined : parts.join(by);
  };
  switch (condition.kind) {
    case 'field-is':
      return form.conditionIs({ label: labelOf(condition.field), value: valueOf(condition.field, condition.value) });
    case 'field-filled':
      return form.conditionFilled({ label: labelOf(condition.field) });
    case 'not':
      return condition.of.kind === 'field-is'
        ? form.conditionIsNot({
            label: labelOf(condition.of.field),
            value: valueOf(condition.of.field, condition.of.value),
          })
        : undefined;
    case 'all':
      return joined(
        condition.of.filter((each) => !isSaidByAnother(each, condition.of)),
        form.conditionAnd,
      );
    case 'any':
      return joined(condition.of, form.conditionOr);
    default:
      return undefined;
  }
}

/** "X is filled in" needs no words beside "X is not this". */
const isSaidByAnother = (condition: Condition, all: readonly Condition[]): boolean =>
  condition.kind === 'field-filled' &&
  all.some((each) => {
    const inner = each.kind === 'not' ? each.of : each;
    return inner.kind === 'field-is' && inner.field === condition.field;
  });
