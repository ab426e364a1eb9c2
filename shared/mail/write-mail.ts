import type { MailTemplate } from '../cases/case-file.ts';
import { formatDate, formatMoney } from '../i18n/format.ts';
import { htmlLang, langs } from '../i18n/lang.ts';
import type { Lang } from '../i18n/lang.ts';
import { mailWordsOf } from '../i18n/mail-words.ts';
import type { Fen } from '../kernel/money.ts';
import type { LocalDate } from '../kernel/time.ts';
import type { Mail } from './mailer.ts';

export type MailLinkKind = 'decide' | 'track' | 'objection' | 'finance' | 'fund' | 'second' | 'office' | 'sign-in';

/** All that a mail may say. There is no place for an illness, an account, anybody else's name, or an amount but of a whole fund. */
export type MailContent = {
  readonly template: MailTemplate;
  readonly to: string;
  readonly addresseeName: string;
  /** Empty for a mail about no case. */
  readonly caseNumber: string;
  readonly link: { readonly kind: MailLinkKind; readonly url: string };
  /** Only in a mail to the applicant. */
  readonly trackingCode?: string;
  /** Only in a mail to finance and the office about a fund: about no case, and no person. */
  readonly fund?: {
    readonly names: Readonly<Record<Lang, string>>;
    readonly until: LocalDate;
    readonly availableFen: Fen;
    readonly reservedFen: Fen;
  };
  readonly messageId: string;
};

type Part = { lang: Lang; greeting: string; lines: string[]; button: string; linkBelow: string; noReply: string };

/** The mail in Chinese with English below, since nobody's language is known before they have opened the link. */
export function writeMail(content: MailContent): Mail {
  const parts = langs.map((lang) => partIn(lang, content));
  return {
    to: content.to,
    subject: langs.map((lang) => wordsOf(lang, content).subject(saidIn(lang, content))).join(' · '),
    text: parts.map((part) => textOf(part, content.link.url)).join('\n\n—\n\n'),
    html: htmlOf(parts, content),
    messageId: content.messageId,
  };
}

const wordsOf = (lang: Lang, { template }: MailContent) => mailWordsOf(lang).templates[template];

function saidIn(lang: Lang, { caseNumber, fund }: MailContent) {
  if (fund === undefined) return { caseNumber };
  const said = {
    name: oneLine(fund.names[lang]),
    until: formatDate(fund.until, lang),
    available: formatMoney(fund.availableFen, lang),
    reserved: formatMoney(fund.reservedFen, lang),
  };
  return { caseNumber, fund: said };
}

function partIn(lang: Lang, content: MailContent): Part {
  const mail = mailWordsOf(lang);
  const isPersonal = content.link.kind === 'decide';
  return {
    lang,
    greeting: mail.greeting({ name: oneLine(content.addresseeName) }),
    lines: [
      wordsOf(lang, content).text(saidIn(lang, content)),
      ...(content.trackingCode === undefined ? [] : [mail.trackingCode({ code: content.trackingCode })]),
      ...(isPersonal ? [mail.personalLink] : []),
    ],
    button: mail.open[content.link.kind],
    linkBelow: mail.linkBelow,
    noReply: mail.noReply,
  };
}

/** A typed name may hold line breaks, with which it could write lines of its own into the mail. */
const oneLine = (name: string): string => name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const textOf = (part: Part, url: string): string =>
  [part.greeting, ...part.lines, `${part.button}:\n${url}`, part.noReply].join('\n\n');

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;

const button =
  'display:inline-block;padding:12px 20px;background:#0b5a5e;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:4px';

/** No picture, no script, no style sheet from elsewhere: nothing in it tells anybody that it was opened. */
function htmlOf(parts: readonly Part[], content: MailContent): string {
  const url = escaped(content.link.url);
  const sections = parts.map(
    (part) =>
      `<div lang="${htmlLang(part.lang)}">${[part.greeting, ...part.lines].map(paragraph).join('')}` +
      `<p><a href="${url}" style="${button}">${escaped(part.button)}</a></p>` +
      `<p>${escaped(part.linkBelow)}<br><span style="word-break:break-all">${url}</span></p>${paragraph(part.noReply)}</div>`,
  );
  const title = escaped(wordsOf('zh', content).subject(saidIn('zh', content)));
  return (
    `<!doctype html><html lang="${htmlLang('zh')}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title></head>` +
    `<body style="margin:0;padding:24px;font:16px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#1a1a1a">` +
    `<main style="max-width:600px">${sections.join('<hr>')}</main></body></html>`
  );
}
