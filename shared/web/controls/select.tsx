import { useWords } from '../words.ts';
import type { Choice } from './choice-list.tsx';
import { type ControlProps, describedBy, FormGroup } from './form-group.tsx';

/** One answer out of many. An empty first line, so that nothing is chosen by accident. */
export function Select({
  choices,
  value,
  ...rest
}: ControlProps & { choices: readonly Choice[]; value?: string | undefined }) {
  const { common } = useWords();
  return (
    <FormGroup {...rest}>
      <select
        class={`govuk-select${rest.error ? ' govuk-select--error' : ''}`}
        id={rest.name}
        name={rest.name}
        aria-describedby={describedBy(rest)}
        aria-invalid={rest.error ? 'true' : undefined}
      >
        <option value="">{common.pleaseChoose}</option>
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === value} disabled={choice.isDisabled}>
            {choice.label}
          </option>
        ))}
      </select>
    </FormGroup>
  );
}
