import type { Context, Hono } from 'hono';
import type { StaffPageWords } from '../../../shared/i18n/finance-words.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { checkCsrf } from '../../../shared/web/csrf.ts';
import { type FormBody, readForm } from '../../../shared/web/form-body.ts';
import { errorPage, type WebEnv } from '../../../shared/web/web-app.tsx';
import type { StaffMember } from '../../../shared/register/staff.ts';

/** What the parts of all staff's apps need; each app may have more words, or not all of the others'. */
export type StaffEnv<Words extends StaffPageWords = StaffWords> = WebEnv<{ member: StaffMember; words: Words }>;
export type StaffApp<Words extends StaffPageWords = StaffWords> = Hono<StaffEnv<Words>>;
export type Reading<Words extends StaffPageWords = StaffWords> = Context<StaffEnv<Words>>;
export type Answer = Response | Promise<Response>;

export type Posted = { kind: 'form'; form: FormBody } | { kind: 'answered'; response: Answer };

/**
 * The form of a POST whose CSRF token fits, or the page that refuses it (403); nothing may be changed before this.
 * @throws HTTPException 400, 415 as `readForm`
 */
export async function readPost(c: Context, csrfSecret: string): Promise<Posted> {
  const form = await readForm(c);
  const verdict = checkCsrf(c, form, csrfSecret);
  return verdict === 'ok' ? { kind: 'form', form } : { kind: 'answered', response: errorPage(c, verdict) };
}

/** A refusal in words. */
export function refusalWords(
  words: Pick<StaffPageWords, 'approver'>,
  { code, params }: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> | undefined },
  money: (fen: number) => string,
): string {
  const { refusal } = words.approver;
  const isKnown = (name: string): name is keyof typeof refusal => Object.hasOwn(refusal, name);
  if (!isKnown(code)) return refusal['not-possible-now'];
  const said = refusal[code];
  if (typeof said === 'string') return said;
  const amountFen = params?.['mostFen'] ?? params?.['missingFen'] ?? params?.['leftFen'] ?? params?.['amountFen'];
  return said({ amount: typeof amountFen === 'number' ? money(amountFen) : '' });
}
