import { type ControlProps, describedBy, FormGroup } from './form-group.tsx';

export type TextInputProps = ControlProps & {
  value?: string | undefined;
  type?: 'text' | 'email' | 'tel' | 'search' | undefined;
  /** How wide it looks, in characters: a hint at the length of the answer. */
  width?: 4 | 5 | 10 | 20 | 30 | undefined;
  /** As HTML names it: `name`, `tel`, `email`, `off`, … */
  autocomplete?: string | undefined;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | undefined;
  prefix?: string | undefined;
  suffix?: string | undefined;
  /** Off for numbers, names and codes, which a spelling checker would send elsewhere or underline. */
  spellcheck?: boolean | undefined;
};

/** One line of text. */
export function TextInput({ value, type, width, autocomplete, inputmode, prefix, suffix, ...rest }: TextInputProps) {
  const input = (
    <input
      class={`govuk-input${width ? ` govuk-input--width-${width}` : ''}${rest.error ? ' govuk-input--error' : ''}`}
      id={rest.name}
      name={rest.name}
      type={type ?? 'text'}
      value={value ?? ''}
      autocomplete={autocomplete}
      inputmode={inputmode}
      spellcheck={rest.spellcheck}
      aria-describedby={describedBy(rest)}
      aria-invalid={rest.error ? 'true' : undefined}
    />
  );
  return (
    <FormGroup {...rest}>
      {prefix || suffix ? (
        <div class="govuk-input__wrapper">
          {prefix ? (
            <div class="govuk-input__prefix" aria-hidden="true">
              {prefix}
            </div>
          ) : null}
          {input}
          {suffix ? (
            <div class="govuk-input__suffix" aria-hidden="true">
              {suffix}
            </div>
          ) : null}
        </div>
      ) : (
        input
      )}
    </FormGroup>
  );
}
