import type { Lang } from '../i18n/lang.ts';
import { type PageWords, pageWordsOf } from '../i18n/page-words.ts';
import { Page } from './layout.tsx';

/** What an error page is about: a status, or a reason that has words of its own. */
export type ErrorSubject = number | 'cross-site' | 'missing' | 'wrong';

function wordsFor(subject: ErrorSubject, errors: PageWords['errors']): readonly [title: string, body: string] {
  switch (subject) {
    case 400:
      return [errors.badRequestTitle, errors.badRequestBody];
    case 401:
      return [errors.signInTitle, errors.signInBody];
    case 403:
      return [errors.forbiddenTitle, errors.forbiddenBody];
    case 404:
      return [errors.notFoundTitle, errors.notFoundBody];
    case 405:
      return [errors.methodTitle, errors.methodBody];
    case 409:
    case 412:
      return [errors.conflictTitle, errors.conflictBody];
    case 410:
      return [errors.goneTitle, errors.goneBody];
    case 413:
      return [errors.tooLargeTitle, errors.tooLargeBody];
    case 415:
      return [errors.unsupportedTitle, errors.unsupportedBody];
    case 429:
      return [errors.tooManyTitle, errors.tooManyBody];
    case 503:
      return [errors.unavailableTitle, errors.unavailableBody];
    case 'cross-site':
      return [errors.crossSiteTitle, errors.crossSiteBody];
    case 'missing':
    case 'wrong':
      return [errors.csrfTitle, errors.csrfBody];
    default:
      return subject < 500 ? [errors.badRequestTitle, errors.badRequestBody] : [errors.serverTitle, errors.serverBody];
  }
}

/** A page that says what went wrong, what did not happen, and where to go on. */
export function ErrorPage({
  lang,
  subject,
  reference,
}: {
  lang: Lang;
  subject: ErrorSubject;
  /** An id that leads to the log line, for the reader to quote. */
  reference?: string | undefined;
}) {
  const { errors } = pageWordsOf(lang);
  const [title, body] = wordsFor(subject, errors);
  return (
    <Page lang={lang} title={title}>
      <p class="govuk-body-l">{body}</p>
      {reference === undefined ? null : <p class="govuk-body">{errors.reference({ id: reference })}</p>}
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {errors.home}
        </a>
      </p>
    </Page>
  );
}
