import { encode } from 'uqr';
import { authenticatorWordsOf } from '../../../shared/i18n/authenticator-words.ts';
import { isActive } from '../../../shared/register/authenticator.ts';
import { spacedPrintedCode } from '../../../shared/register/printed-code.ts';
import { totpUri } from '../../../shared/register/totp.ts';
import { Button, ButtonLink, Form, InsetText, SummaryList, TextInput } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { mayDo, StaffPage } from '../staff/staff-page.tsx';

const path = '/account/authenticator';

type Shown = { readonly errors?: FormErrors; readonly isOpener?: boolean };
type Props = { readonly c: Reading; readonly deps: StaffDeps; readonly errors: FormErrors };

/** Where somebody's authenticator stands, and the next thing to do. The secret is shown to `isOpener` alone. */
export async function authenticatorPage(c: Reading, deps: StaffDeps, { errors = {}, isOpener = false }: Shown) {
  const say = authenticatorWordsOf(c.var.lang);
  const { member } = c.var;
  const known = await deps.store.authenticatorOf(member.personId);
  const status = known?.status ?? 'none';
  const isLate = known?.offer !== undefined && known.offer.until <= deps.now();
  const rows = [
    { key: say.statusLabel, value: say.status[status] },
    ...(known !== undefined && isActive(known)
      ? [{ key: say.left, value: say.leftCount({ count: known.recoveryHashes.length }) }]
      : []),
  ];
  const props = { c, deps, errors };
  return (
    <StaffPage c={c} deps={deps} title={say.title} errors={errors}>
      <p class="govuk-body">{say.lead}</p>
      <SummaryList rows={rows} />
      {status === 'offered' && !isLate ? <OfferForm {...props} /> : null}
      {known?.secret !== undefined && status === 'opened' && isOpener && !isLate ? (
        <SecretForm {...props} secret={known.secret} />
      ) : null}
      {status === 'opened' && (!isOpener || isLate) ? <InsetText>{say.reopen}</InsetText> : null}
      {isLate && status === 'offered' ? <InsetText>{say.fault.expired}</InsetText> : null}
      {status === 'none' || status === 'revoked' ? <p class="govuk-body">{say.howToGet}</p> : null}
      {status === 'active' ? <p class="govuk-body">{say.lost}</p> : null}
    </StaffPage>
  );
}

function OfferForm({ c, deps, errors }: Props) {
  const say = authenticatorWordsOf(c.var.lang);
  return (
    <Form action={`${path}/open`} csrf={issueCsrf(c, deps.secrets.csrf)}>
      <TextInput
        name="enrolmentCode"
        error={errors['enrolmentCode']}
        label={say.enrolmentCode}
        hint={say.enrolmentHint}
        width={20}
        autocomplete="off"
        spellcheck={false}
      />
      <Button>{say.open}</Button>
    </Form>
  );
}

function SecretForm({ c, deps, errors, secret }: Props & { readonly secret: string }) {
  const say = authenticatorWordsOf(c.var.lang);
  const uri = totpUri(secret, { issuer: say.issuer, label: c.var.member.name });
  return (
    <>
      <h2 class="govuk-heading-m">{say.openedTitle}</h2>
      <p class="govuk-body">{say.openedLead}</p>
      <QrCode text={uri} label={say.qr} />
      <SummaryList
        rows={[
          { key: say.secret, value: <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code> },
          { key: say.uri, value: <code>{uri}</code> },
        ]}
      />
      <Form action={`${path}/activate`} csrf={issueCsrf(c, deps.secrets.csrf)}>
        <TextInput
          name="firstCode"
          error={errors['firstCode']}
          label={say.firstCode}
          width={10}
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
        />
        <Button>{say.activate}</Button>
      </Form>
    </>
  );
}

/** Drawn in the page itself: a picture's address would be one more place that holds the secret. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="app-qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width="240"
      height="240"
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  );
}

/** The recovery codes, once. */
export function recoveryPage(c: Reading, deps: StaffDeps, codes: readonly string[]) {
  const say = authenticatorWordsOf(c.var.lang);
  return (
    <StaffPage c={c} deps={deps} title={say.activeTitle}>
      <h2 class="govuk-heading-m">{say.recoveryTitle}</h2>
      <p class="govuk-body">{say.recoveryLead}</p>
      <ol class="govuk-list govuk-list--number">
        {codes.map((code) => (
          <li>
            <code>{spacedPrintedCode(code)}</code>
          </li>
        ))}
      </ol>
      {mayDo(c, deps, 'list-payouts') ? <ButtonLink href="/finance">{say.toFinance}</ButtonLink> : null}
    </StaffPage>
  );
}
