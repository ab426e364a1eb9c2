/** The interface's languages, the first being the default. */
export const langs = ['zh', 'en'] as const;

export type Lang = (typeof langs)[number];

/** Is this text one of our languages? */
export const isLang = (value: unknown): value is Lang => langs.some((lang) => lang === value);

/**
 * The language of a request: what the reader chose before (cookie `lang`), else the first language of
 * `Accept-Language` that we have, by its weight, else Chinese.
 */
export function chooseLang(chosen: string | undefined, acceptLanguage: string | undefined): Lang {
  if (isLang(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { primary: tag.split('-')[0], q: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    })
    .filter((part) => part.q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { primary } of wanted) if (isLang(primary)) return primary;
  return 'zh';
}

/** The value of `<html lang>`. */
export const htmlLang = (lang: Lang): string => (lang === 'zh' ? 'zh-Hans' : 'en');
