import type { Context, Hono } from 'hono';
import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import { checkCsrf } from '../../../shared/web/csrf.ts';
import { errorPage, type WebEnv } from '../../../shared/web/web-app.tsx';
import { type FormBody, readForm } from '../../../shared/web/form-body.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { ButtonGroup, ButtonLink } from '../../../shared/web/controls/index.ts';

export { sourceAddress } from '../../../shared/web/source-address.ts';

type ApplicantEnv = WebEnv<{ words: ApplicantWords }>;
export type ApplicantApp = Hono<ApplicantEnv>;
export type Reading = Context<ApplicantEnv>;

/**
 * The form of a POST whose CSRF token fits, or the page that refuses it (403); nothing may be changed before this.
 * @throws HTTPException 400, 415 as `readForm`
 */
export async function readPost(
  c: Reading,
  csrfSecret: string,
): Promise<{ kind: 'form'; form: FormBody } | { kind: 'answered'; response: Response | Promise<Response> }> {
  const form = await readForm(c);
  const verdict = checkCsrf(c, form, csrfSecret);
  return verdict === 'ok' ? { kind: 'form', form } : { kind: 'answered', response: errorPage(c, verdict) };
}

/** For a draft that ran out, was begun on another device, or never was. Status 410. */
export function draftGonePage(c: Reading): Response | Promise<Response> {
  const { gone } = c.var.words.applicant;
  return c.html(
    <Page lang={c.var.lang} title={gone.title}>
      <p class="govuk-body-l">{gone.body}</p>
      <ButtonGroup>
        <ButtonLink href="/">{gone.start}</ButtonLink>
        <ButtonLink href="/track" look="secondary">
          {gone.track}
        </ButtonLink>
      </ButtonGroup>
    </Page>,
    410,
  );
}
