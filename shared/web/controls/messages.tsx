import type { PropsWithChildren } from 'hono/jsx';
import { useWords } from '../words.ts';

export type TagColour = 'grey' | 'green' | 'teal' | 'blue' | 'purple' | 'red' | 'orange' | 'yellow';

/** A state in a word. Its colour never says anything that the word does not. */
export const Tag = ({ colour, children }: PropsWithChildren<{ colour?: TagColour | undefined }>) => (
  <strong class={`govuk-tag${colour ? ` govuk-tag--${colour}` : ''}`}>{children}</strong>
);

/** What has just happened, or what must be known before anything else. `Page notice` announces it. */
export function NotificationBanner({
  kind,
  title,
  children,
}: PropsWithChildren<{ kind?: 'important' | 'success' | undefined; title?: string | undefined }>) {
  const { common } = useWords();
  const isSuccess = kind === 'success';
  return (
    <div
      class={`govuk-notification-banner${isSuccess ? ' govuk-notification-banner--success' : ''}`}
      role="region"
      aria-labelledby="notification-title"
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id="notification-title">
          {title ?? (isSuccess ? common.success : common.important)}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        <div class="app-banner-text">{children}</div>
      </div>
    </div>
  );
}

/** A paragraph set apart. */
export const InsetText = ({ children }: PropsWithChildren) => <div class="govuk-inset-text">{children}</div>;

/** What happens if one goes on: read as a warning, with its sign. */
export function WarningText({ children }: PropsWithChildren) {
  const { common } = useWords();
  return (
    <div class="govuk-warning-text">
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{common.warningPrefix}</span>
        {children}
      </strong>
    </div>
  );
}

/** More to read for whoever wants it. */
export const Details = ({
  summary,
  isOpen,
  children,
}: PropsWithChildren<{ summary: string; isOpen?: boolean | undefined }>) => (
  <details class="govuk-details" open={isOpen}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
);

/** The end of a task: it is done, and this is its number. Its title is the page's heading (`Page heading={false}`). */
export const Panel = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <div class="govuk-panel govuk-panel--confirmation">
    <h1 class="govuk-panel__title">{title}</h1>
    <div class="govuk-panel__body">{children}</div>
  </div>
);
