import { type ControlProps, describedBy, FormGroup } from './form-group.tsx';

/** Several lines of text. */
export function Textarea({
  value,
  rows,
  ...rest
}: ControlProps & { value?: string | undefined; rows?: number | undefined }) {
  return (
    <FormGroup {...rest}>
      <textarea
        class={`govuk-textarea${rest.error ? ' govuk-textarea--error' : ''}`}
        id={rest.name}
        name={rest.name}
        rows={rows ?? 4}
        aria-describedby={describedBy(rest)}
        aria-invalid={rest.error ? 'true' : undefined}
      >
        {/* A browser drops the first line break of a textarea: one more keeps what was typed. */}
        {`\n${value ?? ''}`}
      </textarea>
    </FormGroup>
  );
}
