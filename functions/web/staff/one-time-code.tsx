import type { CodeWords } from '../../../shared/i18n/finance-words.ts';
import type { PropsWithChildren } from 'hono/jsx';
import { isActive } from '../../../shared/register/authenticator.ts';
import { InsetText, TextInput } from '../../../shared/web/controls/index.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import type { StaffDeps } from './deps.ts';
import type { Reading } from './staff-context.ts';

/** Of each request, whether its person has an authenticator: read once for however many forms its page has, and not where it has none. */
const asked = new WeakMap<object, Promise<boolean>>();

function hasAuthenticator<Words extends CodeWords>(c: Reading<Words>, deps: StaffDeps): Promise<boolean> {
  const known = asked.get(c) ?? deps.store.authenticatorOf(c.var.member.personId).then(isActive);
  asked.set(c, known);
  return known;
}

/**
 * The part of a form whose POST asks `requireFreshCode`: the field, with the form's button as its child. Whoever has no authenticator
 * sees neither, but what to do first. What was typed is never shown again. A page with two such forms gives each its `name`.
 */
export async function OneTimeCode<Words extends CodeWords>({
  c,
  deps,
  errors,
  name = 'code',
  children,
}: PropsWithChildren<{ c: Reading<Words>; deps: StaffDeps; errors: FormErrors | undefined; name?: string }>) {
  const say = c.var.words.oneTimeCode;
  if (!(await hasAuthenticator(c, deps)))
    return (
      <InsetText>
        {say.needed}{' '}
        <a class="govuk-link" href="/account/authenticator">
          {say.neededLink}
        </a>
      </InsetText>
    );
  return (
    <>
      <TextInput
        name={name}
        error={errors?.[name]}
        label={say.code}
        hint={say.codeHint}
        width={20}
        autocomplete="one-time-code"
        spellcheck={false}
      />
      {children}
    </>
  );
}
