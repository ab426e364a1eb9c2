import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { assertNever } from '../../../shared/kernel/result.ts';
import type { Amount } from '../../../shared/programmes/condition.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';

/** How a sum is worked out, as lines to read before applying: bands, percentages, floors, raises. */
export function amountWords(amount: Amount, programme: ProgrammeVersion, lang: Lang, words: ApplicantWords): string[] {
  const { rule } = words.applicant.programme;
  const money = (inFen: number) => formatMoney(fen(inFen), lang);
  const inner = (each: Amount) => amountWords(each, programme, lang, words);
  switch (amount.kind) {
    case 'bands':
      return [
        nameOf(amount.of, programme, lang),
        ...amount.bands
          .filter((band) => band.fen > 0)
          .map((band) =>
            band.upToFen === null
              ? rule.bandAbove({ amount: money(band.fen) })
              : rule.bandUpTo({ upTo: money(band.upToFen), amount: money(band.fen) }),
          ),
      ];
    case 'percent':
      return [rule.percent({ percent: amount.percent, of: nameOf(amount.of, programme, lang) })];
    case 'per-head':
      return [rule.perHead({ amount: money(amount.fen) })];
    case 'sum':
      return amount.of.flatMap(inner);
    case 'at-least':
      return [...inner(amount.of), rule.atLeast({ amount: money(amount.fen) })];
    case 'raised':
      return [...inner(amount.of), amount.label?.[lang] ?? rule.raised({ percent: amount.percent })];
    case 'at-most':
      return [...inner(amount.of), ...(amount.label === undefined ? [] : [amount.label[lang]])];
    case 'fixed':
      return [money(amount.fen)];
    case 'field':
    case 'sum-of-list':
    case 'less':
      return [nameOf(amount, programme, lang)];
    default:
      return assertNever(amount);
  }
}

/** What a sum is called: by its own label, else by the question that it is taken from. */
function nameOf(amount: Amount, programme: ProgrammeVersion, lang: Lang): string {
  if (amount.label !== undefined) return amount.label[lang];
  if (amount.kind !== 'field' && amount.kind !== 'sum-of-list') return '';
  return programme.form.find(({ name }) => name === amount.field)?.label[lang] ?? '';
}
