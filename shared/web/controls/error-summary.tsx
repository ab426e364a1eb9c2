import type { FormErrors } from '../form-state.ts';
import { useWords } from '../words.ts';

/** All that is wrong with a form, at the top of the page, each line leading to its field. Shows nothing if all is well. */
export function ErrorSummary({ errors }: { errors: FormErrors }) {
  const { common } = useWords();
  const lines = Object.entries(errors);
  if (lines.length === 0) return null;
  return (
    <div class="govuk-error-summary" data-error-summary tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{common.errorSummaryTitle}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {lines.map(([name, message]) => (
              <li>{name === '' ? message : <a href={`#${encodeURIComponent(name)}`}>{message}</a>}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
