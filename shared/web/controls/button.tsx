import type { PropsWithChildren } from 'hono/jsx';

type Look = 'primary' | 'secondary' | 'warning';

const classes = (look: Look | undefined) =>
  `govuk-button${look === undefined || look === 'primary' ? '' : ` govuk-button--${look}`}`;

/** Sends its form. Give `name` and `value` where a form has several buttons. `warning` is for what cannot be undone. */
export const Button = ({
  look,
  name,
  value,
  formaction,
  children,
}: PropsWithChildren<{
  look?: Look | undefined;
  name?: string | undefined;
  value?: string | undefined;
  formaction?: string | undefined;
}>) => (
  <button class={classes(look)} type="submit" name={name} value={value} formaction={formaction}>
    {children}
  </button>
);

/** Leads to another page and looks like a button: for a start or a next step, never for a change. */
export const ButtonLink = ({ href, look, children }: PropsWithChildren<{ href: string; look?: Look | undefined }>) => (
  <a class={classes(look)} href={href} draggable="false">
    {children}
  </a>
);

/** Buttons and links side by side. */
export const ButtonGroup = ({ children }: PropsWithChildren) => <div class="govuk-button-group">{children}</div>;
