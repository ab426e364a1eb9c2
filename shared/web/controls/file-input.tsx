import { type ControlProps, describedBy, FormGroup } from './form-group.tsx';

export type FileInputProps = ControlProps & {
  /** As HTML's `accept`: `image/jpeg,image/png,application/pdf`. A suggestion; the server checks again. */
  accept?: string | undefined;
  isMultiple?: boolean | undefined;
};

/** A file, or several. A chosen file cannot be shown again: put it in a form of its own, apart from typed answers. */
export function FileInput({ accept, isMultiple, ...rest }: FileInputProps) {
  return (
    <FormGroup {...rest}>
      <input
        class={`govuk-file-upload app-file${rest.error ? ' govuk-file-upload--error' : ''}`}
        id={rest.name}
        name={rest.name}
        type="file"
        accept={accept}
        multiple={isMultiple}
        aria-describedby={describedBy(rest)}
        aria-invalid={rest.error ? 'true' : undefined}
      />
    </FormGroup>
  );
}
