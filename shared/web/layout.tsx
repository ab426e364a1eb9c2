import type { Child, PropsWithChildren } from 'hono/jsx';
import { raw } from 'hono/html';
import { htmlLang, type Lang } from '../i18n/lang.ts';
import { pageWordsOf } from '../i18n/page-words.ts';
import { version } from './assets.generated.ts';
import { ErrorSummary } from './controls/error-summary.tsx';
import { Form } from './controls/form.tsx';
import { type FormErrors, hasErrors } from './form-state.ts';
import { langSwitchHref } from './language.ts';
import { LangContext } from './words.ts';

export type NavItem = { href: string; text: string; isCurrent?: boolean | undefined };

/** Who is signed in, and the form that signs out (a POST: a link could be followed by accident). */
export type PageUser = { name: string; signOut?: { action: string; csrf: string } | undefined };

export type PageProps = PropsWithChildren<{
  lang: Lang;
  /** The `<title>`, and the heading unless `heading` says otherwise. */
  title: string;
  /** The `<h1>`; `false` where the body brings its own (a `Panel`). */
  heading?: string | false | undefined;
  /** A line above the heading: a case number, a programme. */
  caption?: string | undefined;
  /**
   * Where the language switch leads back to (`c.req.path`). Left out on a page that answers a POST: no switch is shown
   * there, since following it would lose what was typed.
   */
  path?: string | undefined;
  nav?: readonly NavItem[] | undefined;
  user?: PageUser | undefined;
  /** Shown as a summary above the heading, and in the title. */
  errors?: FormErrors | undefined;
  backHref?: string | undefined;
  /** A sentence about what has just happened, announced to screen readers: `<NotificationBanner>`. */
  notice?: Child;
  /** The whole width, for tables. Text alone is kept to a readable measure. */
  isWide?: boolean | undefined;
  /** Where the service's name leads. */
  homeHref?: string | undefined;
}>;

const Mark = () => (
  <svg class="app-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <circle cx="16" cy="16" r="15" fill="#f4b942" />
    <path d="M16 25s-8-5-8-11a4.4 4.4 0 0 1 8-2.5A4.4 4.4 0 0 1 24 14c0 6-8 11-8 11z" fill="#0b4f4c" />
  </svg>
);

function Header({ lang, path, nav, user, homeHref }: PageProps) {
  const { common } = pageWordsOf(lang);
  const other: Lang = lang === 'zh' ? 'en' : 'zh';
  return (
    <header class="app-header">
      <div class="govuk-width-container app-header__row">
        <a class="app-header__name" href={homeHref ?? '/'}>
          <Mark />
          <span>
            {common.serviceName} <span class="app-header__latin">{common.serviceNameLatin}</span>
          </span>
        </a>
        <div class="app-header__side">
          {user ? <span class="app-header__user">{common.signedInAs({ name: user.name })}</span> : null}
          {user?.signOut ? (
            <Form action={user.signOut.action} csrf={user.signOut.csrf}>
              <button class="app-header__link" type="submit">
                {common.signOut}
              </button>
            </Form>
          ) : null}
          {path === undefined ? null : (
            <a
              class="app-header__link"
              href={langSwitchHref(other, path)}
              lang={htmlLang(other)}
              hreflang={htmlLang(other)}
            >
              {common.otherLanguage}
            </a>
          )}
        </div>
      </div>
      {nav && nav.length > 0 ? (
        <nav class="app-nav" aria-label={common.navigation}>
          <ul class="govuk-width-container app-nav__list">
            {nav.map((item) => (
              <li>
                <a class="app-nav__link" href={item.href} aria-current={item.isCurrent ? 'page' : undefined}>
                  {item.text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </header>
  );
}

/**
 * A whole page. `c.html(<Page lang={c.var.lang} title="…" path={c.req.path}>…</Page>)`.
 * Everything inside it speaks `lang` without being told.
 */
export function Page(props: PageProps) {
  const { lang, title, heading, caption, errors = {}, backHref, notice, isWide, children } = props;
  const { common } = pageWordsOf(lang);
  const fullTitle = `${hasErrors(errors) ? common.errorPrefix : ''}${title} – ${common.serviceName}`;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={htmlLang(lang)} class="govuk-template">
        <head>
          <meta charset="utf-8" />
          <title>{fullTitle}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="theme-color" content="#0b4f4c" />
          <meta name="format-detection" content="telephone=no" />
          <meta name="robots" content="noindex" />
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={`/assets/${version}/app.css`} />
          <script type="module" src={`/assets/${version}/app.js`} />
        </head>
        <body class="govuk-template__body">
          <LangContext.Provider value={lang}>
            <a class="govuk-skip-link" href="#main">
              {common.skipToContent}
            </a>
            <Header {...props} />
            <div class="app-body">
              <div class="govuk-width-container">
                <main class={`govuk-main-wrapper${isWide ? '' : ' app-measure'}`} id="main" tabindex={-1}>
                  {backHref ? (
                    <a class="govuk-back-link" href={backHref}>
                      {common.back}
                    </a>
                  ) : null}
                  <div role="status">{notice}</div>
                  <ErrorSummary errors={errors} />
                  {caption ? <p class="govuk-caption-l">{caption}</p> : null}
                  {heading === false ? null : <h1 class="govuk-heading-l">{heading ?? title}</h1>}
                  {children}
                </main>
              </div>
            </div>
            <footer class="app-footer">
              <div class="govuk-width-container">
                <p>{common.footerOwner}</p>
                <p>{common.footerPrivacy}</p>
              </div>
            </footer>
          </LangContext.Provider>
        </body>
      </html>
    </>
  );
}
