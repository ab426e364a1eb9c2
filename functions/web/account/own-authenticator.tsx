import { authenticatorWordsOf } from '../../../shared/i18n/authenticator-words.ts';
import { openOffer, activateAuthenticator } from '../../../shared/register/check-code.ts';
import { recoveryCodeCount } from '../../../shared/register/authenticator.ts';
import { isPrintedCode, newPrintedCode, plainPrintedCode } from '../../../shared/register/printed-code.ts';
import { newTotpSecret } from '../../../shared/register/totp.ts';
import { clearHostCookie, openSigned, readHostCookie, setHostCookie, signValue } from '../../../shared/web/cookies.ts';
import type { StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, type StaffApp } from '../staff/staff-context.ts';
import { refusalOfSetUp } from './code-words.ts';
import { authenticatorPage, recoveryPage } from './authenticator-page.tsx';

const path = '/account/authenticator';
/** Held by the browser in which the office's code was typed: a session from a mailed link alone is never shown the secret. */
const cookie = 'enrolment';
const cookieSeconds = 15 * 60;

/** Somebody's own authenticator: where it stands, the code from the office, the secret, the first code, the recovery codes. */
export function ownAuthenticatorRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get(path, async (c) => c.html(await authenticatorPage(c, deps, { isOpener: await isOpener(c, deps) })));

  app.post(`${path}/open`, async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const again = async (said: string, status: 403 | 422 | 429) =>
      c.html(await authenticatorPage(c, deps, { errors: { enrolmentCode: said } }), status);
    const { personId } = c.var.member;
    const plain = plainPrintedCode(posted.form.text('enrolmentCode'));
    if (!isPrintedCode(plain)) return again(authenticatorWordsOf(c.var.lang).fault.enrolmentMissing, 422);
    const codeHash = await deps.store.hashPrintedCode(personId, plain);
    const secret = newTotpSecret();
    const outcome = await deps.changeAuthenticator(personId, (before) =>
      openOffer(before, { codeHash, secret, now: deps.now() }),
    );
    if (outcome.kind === 'refused') {
      const { said, status } = refusalOfSetUp(c, outcome.refusal);
      return again(said, status);
    }
    const opened = `${personId}|${outcome.authenticator.offer?.codeHash ?? ''}`;
    setHostCookie(c, cookie, signValue(deps.secrets.session, cookie, opened), cookieSeconds);
    return c.redirect(path, 303);
  });

  // Answered with the page itself: what is shown once must not be kept for a page to come.
  app.post(`${path}/activate`, async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const isTheirs = await isOpener(c, deps);
    const again = async (said: string, status: 403 | 422 | 429) =>
      c.html(await authenticatorPage(c, deps, { errors: { firstCode: said }, isOpener: isTheirs }), status);
    const { fault, reopen } = authenticatorWordsOf(c.var.lang);
    if (!isTheirs) return again(reopen, 403);
    const digits = plainPrintedCode(posted.form.text('firstCode'));
    if (!/^\d{6}$/.test(digits)) return again(fault.firstMissing, 422);
    const { personId } = c.var.member;
    const codes = Array.from({ length: recoveryCodeCount }, newPrintedCode);
    const recoveryHashes = await Promise.all(codes.map((code) => deps.store.hashPrintedCode(personId, code)));
    const outcome = await deps.changeAuthenticator(personId, (before) =>
      activateAuthenticator(before, { digits, recoveryHashes, now: deps.now() }),
    );
    if (outcome.kind === 'refused') {
      const { said, status } = refusalOfSetUp(c, outcome.refusal);
      return again(said, status);
    }
    clearHostCookie(c, cookie);
    return c.html(recoveryPage(c, deps, codes));
  });
}

/** Whether the office's code of the offer that is open was typed in this very browser, by whoever is signed in. */
async function isOpener(c: Reading, deps: StaffDeps): Promise<boolean> {
  const opened = openSigned(deps.secrets.session, cookie, readHostCookie(c, cookie));
  if (opened === undefined) return false;
  const { personId } = c.var.member;
  const known = await deps.store.authenticatorOf(personId);
  return known?.offer !== undefined && opened === `${personId}|${known.offer.codeHash}`;
}
