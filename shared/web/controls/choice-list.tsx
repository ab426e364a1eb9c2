import { type ControlProps, FieldsetGroup } from './form-group.tsx';

/** One possible answer. `hint` explains it under its label. */
export type Choice = { value: string; label: string; hint?: string | undefined; isDisabled?: boolean | undefined };

type ChoiceListProps = ControlProps & {
  choices: readonly Choice[];
  /** Side by side where there is room: for two short answers. */
  isInline?: boolean | undefined;
};

function ChoiceItems({
  kind,
  name,
  choices,
  chosen,
}: {
  kind: 'radios' | 'checkboxes';
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
}) {
  return (
    <>
      {choices.map((choice, index) => {
        // The first has the bare name, where the error summary leads.
        const id = index === 0 ? name : `${name}-${index + 1}`;
        return (
          <div class={`govuk-${kind}__item`}>
            <input
              class={`govuk-${kind}__input`}
              id={id}
              name={name}
              type={kind === 'radios' ? 'radio' : 'checkbox'}
              value={choice.value}
              checked={chosen.includes(choice.value)}
              disabled={choice.isDisabled}
              aria-describedby={choice.hint ? `${id}-item-hint` : undefined}
            />
            <label class={`govuk-label govuk-${kind}__label`} for={id}>
              {choice.label}
            </label>
            {choice.hint ? (
              <div id={`${id}-item-hint`} class={`govuk-hint govuk-${kind}__hint`}>
                {choice.hint}
              </div>
            ) : null}
          </div>
        );
      })}
    </>
  );
}

/** One answer out of a few. Nothing is chosen beforehand unless `value` says so. */
export function Radios({ choices, value, isInline, ...rest }: ChoiceListProps & { value?: string | undefined }) {
  return (
    <FieldsetGroup {...rest}>
      <div class={`govuk-radios${isInline ? ' govuk-radios--inline' : ''}`}>
        <ChoiceItems kind="radios" name={rest.name} choices={choices} chosen={value ? [value] : []} />
      </div>
    </FieldsetGroup>
  );
}

/** Any number of answers. */
export function Checkboxes({
  choices,
  values,
  isInline,
  ...rest
}: ChoiceListProps & { values?: readonly string[] | undefined }) {
  return (
    <FieldsetGroup {...rest}>
      <div class={`govuk-checkboxes${isInline ? ' app-checkboxes--inline' : ''}`}>
        <ChoiceItems kind="checkboxes" name={rest.name} choices={choices} chosen={values ?? []} />
      </div>
    </FieldsetGroup>
  );
}
