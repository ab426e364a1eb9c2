import type { PropsWithChildren } from 'hono/jsx';
import { useWords } from '../words.ts';

/** What every control takes. `error` is shown above the control and read with it. */
export type ControlProps = {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Marks the label as optional; without it a field is understood to be required. */
  isOptional?: boolean | undefined;
};

/** The ids that tie hint and error to their control, for `aria-describedby`. */
export function describedBy({ name, hint, error }: Pick<ControlProps, 'name' | 'hint' | 'error'>): string | undefined {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export const Hint = ({ name, hint }: Pick<ControlProps, 'name' | 'hint'>) =>
  hint ? (
    <div id={`${name}-hint`} class="govuk-hint">
      {hint}
    </div>
  ) : null;

export function ErrorMessage({ name, error }: Pick<ControlProps, 'name' | 'error'>) {
  const { common } = useWords();
  return error ? (
    <p id={`${name}-error`} class="govuk-error-message">
      <span class="govuk-visually-hidden">{common.errorPrefix}</span>
      {error}
    </p>
  ) : null;
}

/** A control with its label, hint and error. The control itself has `id={name}`. */
export function FormGroup({ children, ...control }: PropsWithChildren<ControlProps>) {
  const { common } = useWords();
  return (
    <div class={`govuk-form-group${control.error ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label" for={control.name}>
        {control.label}
        {control.isOptional ? <span class="app-optional">{common.optional}</span> : null}
      </label>
      <Hint {...control} />
      <ErrorMessage {...control} />
      {children}
    </div>
  );
}

/** Several controls that answer one question. The first control has `id={name}`, where the error summary leads. */
export function FieldsetGroup({ children, ...control }: PropsWithChildren<ControlProps>) {
  const { common } = useWords();
  return (
    <div class={`govuk-form-group${control.error ? ' govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(control)}>
        <legend class="govuk-fieldset__legend">
          {control.label}
          {control.isOptional ? <span class="app-optional">{common.optional}</span> : null}
        </legend>
        <Hint {...control} />
        <ErrorMessage {...control} />
        {children}
      </fieldset>
    </div>
  );
}
