import type { CodeWords } from '../../../shared/i18n/finance-words.ts';
import { type CodedAction, needsFreshCode } from '../../../shared/cases/needs-fresh-code.ts';
import { isActive } from '../../../shared/register/authenticator.ts';
import { type TypedCode, useCode } from '../../../shared/register/check-code.ts';
import { isPrintedCode, plainPrintedCode } from '../../../shared/register/printed-code.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { refusalOfCode } from './code-words.ts';
import type { StaffDeps } from './deps.ts';
import type { Reading } from './staff-context.ts';

export type FreshCode =
  | { readonly kind: 'fresh' }
  /** Show the form again with these errors; nothing may be done. */
  | { readonly kind: 'refused'; readonly errors: FormErrors; readonly status: 403 | 422 | 429 };

/**
 * The last question of a POST that `needsFreshCode`: uses up the one-time code that was typed, or says why it does not count. Ask it
 * when everything else is right: a code counts once, whatever comes of what it was for, and the next one takes half a minute.
 * `name` is the field that `<OneTimeCode>` of the same form has.
 *
 * ```ts
 * const fresh = await requireFreshCode(c, deps, form, { action: 'release-payout' });
 * if (fresh.kind === 'refused') return c.html(await page(c, { errors: fresh.errors }), fresh.status);
 * ```
 */
export async function requireFreshCode<Words extends CodeWords>(
  c: Reading<Words>,
  deps: StaffDeps,
  form: FormBody,
  { action, name = 'code' }: { readonly action: CodedAction; readonly name?: string },
): Promise<FreshCode> {
  if (!needsFreshCode[action]) return { kind: 'fresh' };
  const { personId } = c.var.member;
  const { fault } = c.var.words.oneTimeCode;
  const refuse = (said: string, status: 403 | 422 | 429): FreshCode => ({
    kind: 'refused',
    errors: { [name]: said },
    status,
  });
  const text = form.text(name);
  const typed = await readCode(text, (plain) => deps.store.hashPrintedCode(personId, plain));
  if (typed === undefined) {
    // Whoever has no authenticator is told so first, whatever they typed. Of a code that can be one, its use tells the same.
    if (!isActive(await deps.store.authenticatorOf(personId))) return refuse(fault.none, 403);
    return refuse(text === '' ? fault.missing : fault.shape, 422);
  }
  const outcome = await deps.changeAuthenticator(personId, (before) =>
    useCode(before, { typed, purpose: action, now: deps.now() }),
  );
  if (outcome.kind === 'done') return { kind: 'fresh' };
  const { said, status } = refusalOfCode(c, outcome.refusal);
  return refuse(said, status);
}

async function readCode(text: string, hash: (plain: string) => Promise<string>): Promise<TypedCode | undefined> {
  const plain = plainPrintedCode(text);
  if (/^\d{6}$/.test(plain)) return { kind: 'digits', digits: plain };
  return isPrintedCode(plain) ? { kind: 'printed', hash: await hash(plain) } : undefined;
}
