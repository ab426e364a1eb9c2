import type { PropsWithChildren } from 'hono/jsx';
import type { Child } from 'hono/jsx';
import { can } from '../../../shared/cases/can.ts';
import type { StaffPageWords } from '../../../shared/i18n/finance-words.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { type NavItem, Page } from '../../../shared/web/layout.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from './deps.ts';
import type { Answer, Reading } from './staff-context.ts';

type Listing =
  | 'list-cases'
  | 'list-due'
  | 'list-payouts'
  | 'list-recoveries'
  | 'settle-by-file'
  | 'see-funds'
  | 'propose-for-fund'
  | 'see-audit'
  | 'see-register'
  | 'see-staff'
  | 'manage-staff';

/** Whether whoever is signed in may see a list or keep the directory. */
export const mayDo = <Words extends StaffPageWords>(c: Reading<Words>, deps: StaffDeps, action: Listing): boolean =>
  can({ kind: 'staff', member: c.var.member }, { action, now: deps.now() }).allowed;

/** The 403 page if they may not, else nothing. */
export const refuseUnless = <Words extends StaffPageWords>(
  c: Reading<Words>,
  deps: StaffDeps,
  action: Listing,
): Answer | undefined => (mayDo(c, deps, action) ? undefined : errorPage(c, 403));

/** A page for whoever is signed in, with the parts of the site that they may see and the button that signs out. */
export function StaffPage<Words extends StaffPageWords>({
  c,
  deps,
  title,
  caption,
  errors,
  notice,
  backHref,
  children,
}: PropsWithChildren<{
  c: Reading<Words>;
  deps: StaffDeps;
  title: string;
  caption?: string | undefined;
  errors?: FormErrors | undefined;
  notice?: Child;
  backHref?: string | undefined;
}>) {
  return (
    <Page
      lang={c.var.lang}
      title={title}
      caption={caption}
      errors={errors}
      notice={notice}
      backHref={backHref}
      isWide
      path={c.req.method === 'GET' ? c.req.path : undefined}
      homeHref="/office/mine"
      nav={navOf(c, deps)}
      user={{
        name: c.var.member.name,
        signOut: { action: '/sign-out', csrf: issueCsrf(c, deps.secrets.csrf) },
      }}
    >
      {children}
    </Page>
  );
}

function navOf<Words extends StaffPageWords>(c: Reading<Words>, deps: StaffDeps): NavItem[] {
  const { nav } = c.var.words.office;
  const item = (href: string, text: string): NavItem => ({
    href,
    text,
    isCurrent: c.req.path === href || c.req.path.startsWith(`${href}/`),
  });
  return [
    item('/office/mine', nav.mine),
    ...(mayDo(c, deps, 'list-cases') ? [item('/office/cases', nav.cases)] : []),
    ...(mayDo(c, deps, 'list-due') ? [item('/office/due', nav.due)] : []),
    ...(mayDo(c, deps, 'list-payouts')
      ? [
          {
            ...item('/finance', nav.payouts),
            isCurrent: /^\/finance(\/(payouts|batches|results)(\/.*)?)?$/.test(c.req.path),
          },
        ]
      : []),
    ...(mayDo(c, deps, 'list-recoveries') ? [item('/finance/recoveries', nav.recoveries)] : []),
    ...(mayDo(c, deps, 'see-funds') ? [item('/finance/funds', nav.funds)] : []),
    ...(mayDo(c, deps, 'propose-for-fund') ? [item('/account/authenticator', nav.authenticator)] : []),
    ...(mayDo(c, deps, 'see-register') ? [item('/office/register', nav.register)] : []),
    ...(mayDo(c, deps, 'see-staff') ? [item('/office/staff', nav.staff)] : []),
  ];
}
