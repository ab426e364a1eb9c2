import type { PropsWithChildren } from 'hono/jsx';
import { csrfField } from '../csrf.ts';

export type FormProps = PropsWithChildren<{
  action: string;
  /** From `issueCsrf`. Left out only for a `get` form and for a form that goes to another origin (an upload). */
  csrf?: string | undefined;
  method?: 'post' | 'get' | undefined;
  /** With a file in it. */
  isMultipart?: boolean | undefined;
  /** Hidden fields, written before the children: a presigned upload wants them before its file. */
  hidden?: Readonly<Record<string, string>> | undefined;
  id?: string | undefined;
}>;

/** A form whose rules are the server's: `novalidate`, so that every reader gets the same words in the same place. */
export const Form = ({ action, csrf, method, isMultipart, hidden, id, children }: FormProps) => (
  <form
    id={id}
    action={action}
    method={method ?? 'post'}
    enctype={isMultipart ? 'multipart/form-data' : undefined}
    novalidate
  >
    {csrf === undefined ? null : <input type="hidden" name={csrfField} value={csrf} />}
    {Object.entries(hidden ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {children}
  </form>
);
