import { type ControlProps, describedBy, FormGroup } from './form-group.tsx';

export type DateInputProps = ControlProps & {
  /** `YYYY-MM-DD`, or whatever was typed. */
  value?: string | undefined;
  /** Bounds as `YYYY-MM-DD`, for the picker only; the server checks again. */
  min?: string | undefined;
  max?: string | undefined;
  autocomplete?: string | undefined;
};

/**
 * A day. `type=date` where the phone has a picker, and a plain text field where it has not. A picker shows nothing for
 * a text that is no date, so such a value comes back in a text field, as it was typed.
 */
export function DateInput({ value = '', min, max, autocomplete, ...rest }: DateInputProps) {
  const isPickable = value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value);
  return (
    <FormGroup {...rest}>
      <input
        class={`govuk-input app-input--date${rest.error ? ' govuk-input--error' : ''}`}
        id={rest.name}
        name={rest.name}
        type={isPickable ? 'date' : 'text'}
        value={value}
        min={min}
        max={max}
        placeholder="2016-10-08"
        autocomplete={autocomplete ?? 'off'}
        aria-describedby={describedBy(rest)}
        aria-invalid={rest.error ? 'true' : undefined}
      />
    </FormGroup>
  );
}
