import { Page } from '../../../shared/web/layout.tsx';
import { Button, Form } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { ResolvedLink, StaffDeps } from '../staff/deps.ts';
import type { Answer, Reading, StaffApp } from '../staff/staff-context.ts';
import { givePass } from './decision-pass.ts';

/**
 * The link from a mail. It decides nothing and changes nothing, however often a mail scanner follows it: it lets this browser
 * see one request for two hours, and goes there.
 */
export function followLinkRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/d/:token', async (c) => {
    const token = withoutWhatFollows(c.req.param('token'));
    const link = await deps.store.resolveLink(token, deps.now());
    if (link.kind !== 'valid') return deadLinkPage(c, deps, link, token);
    givePass(c, deps, link);
    return c.redirect(`/decide/${link.requestId}`, 303);
  });
}

/** Whoever copies a link out of a sentence, or a mail app that marks it, takes the full stop or bracket behind it along. */
const withoutWhatFollows = (token: string): string => token.replace(/[^\w-]+$/, '');

/** Which way a link is dead and what to do, and not a word about the case. 404 for an unknown one, 410 for one that was good. */
export function deadLinkPage(c: Reading, deps: StaffDeps, link: ResolvedLink, token: string): Answer {
  const { lang, words } = c.var;
  const say = words.approver.link;
  if (link.kind === 'unknown' || link.kind === 'valid') {
    return c.html(
      <Page lang={lang} title={say.unknownTitle} path={c.req.path}>
        <p class="govuk-body-l">{say.unknownBody}</p>
      </Page>,
      404,
    );
  }
  const isExpired = link.kind === 'expired';
  return c.html(
    <Page lang={lang} title={isExpired ? say.expiredTitle : say.supersededTitle}>
      <p class="govuk-body-l">{isExpired ? say.expiredBody : say.supersededBody}</p>
      <Form
        action={`/decide/${link.requestId}/new-link`}
        csrf={issueCsrf(c, deps.secrets.csrf)}
        hidden={{ link: token }}
      >
        <Button>{say.send}</Button>
      </Form>
    </Page>,
    410,
  );
}
