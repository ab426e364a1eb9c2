import { describe, expect, it } from 'vitest';
import { mailTemplates } from '../cases/case-file.ts';
import { catalogueOf } from '../i18n/catalogue.ts';
import { fen } from '../kernel/money.ts';
import { asLocalDate } from '../kernel/time.ts';
import { type MailContent, type MailLinkKind, writeMail } from './write-mail.ts';

const kinds: MailLinkKind[] = ['decide', 'track', 'objection', 'finance', 'fund', 'second', 'office', 'sign-in'];

const content = (changed: Partial<MailContent> = {}): MailContent => ({
  template: 'decide',
  to: 'he.qiao-demo@union.example',
  addresseeName: '何乔',
  caseNumber: 'DB-2016-00042',
  link: { kind: 'decide', url: 'https://relief.example/d/tOkEn-1' },
  messageId: '<wake-1@union.example>',
  ...changed,
});

/** What is left of a text when the three things that it may say are taken out. */
const without = (text: string, said: MailContent) =>
  [said.addresseeName, said.caseNumber, said.link.url].reduce((rest, each) => rest.replaceAll(each, ''), text);

describe('a mail', () => {
  it.each(mailTemplates)('of the kind %s says nothing but the name, the case number and the link', (template) => {
    for (const kind of kinds) {
      const one = content({ template, link: { kind, url: 'https://relief.example/d/tOkEn-1' } });
      const other = content({
        template,
        to: 'bo.lan-demo@union.example',
        addresseeName: '柏岚',
        caseNumber: 'HZ-2016-00007',
        link: { kind, url: 'https://relief.example/track' },
        messageId: '<wake-2@union.example>',
      });
      const [first, second] = [writeMail(one), writeMail(other)];
      expect(first.subject).not.toBe('');
      expect(first.subject).not.toContain(one.addresseeName);
      for (const part of ['subject', 'text', 'html'] as const) {
        expect(without(first[part], one)).toBe(without(second[part], other));
      }
      for (const part of ['text', 'html'] as const) {
        expect(first[part]).toContain(one.addresseeName);
        expect(first[part]).toContain(one.link.url);
        expect(first[part].match(/https?:\/\//g)?.length).toBeLessThanOrEqual(4);
      }
    }
  });

  it('is in Chinese with English below', () => {
    const { text, html } = writeMail(content());
    const [zh, en] = [catalogueOf('zh').mail, catalogueOf('en').mail];
    expect(text.indexOf(zh.personalLink)).toBeGreaterThan(-1);
    expect(text.indexOf(en.personalLink)).toBeGreaterThan(text.indexOf(zh.personalLink));
    expect(html).toContain('<html lang="zh-Hans">');
    expect(html).toContain('<div lang="en">');
  });

  it('carries a tracking code only when it is given one', () => {
    const link = { kind: 'track', url: 'https://relief.example/track' } as const;
    const told = writeMail(content({ template: 'submitted', link, trackingCode: 'K7QM-2XWD' }));
    expect(told.text).toContain('K7QM-2XWD');
    expect(told.html).toContain('K7QM-2XWD');
    expect(told.subject).not.toContain('K7QM-2XWD');
    expect(writeMail(content({ template: 'submitted', link })).text).not.toContain('查询码');
  });

  it('about a fund says what it holds, in both languages, and its name on one line', () => {
    const names = { zh: '海洋\n基金', en: 'Ocean fund' };
    const fund = { names, until: asLocalDate('2016-12-31'), availableFen: fen(60_000), reservedFen: fen(40_050) };
    const link = { kind: 'fund', url: 'https://relief.example/finance/funds/sea' } as const;
    const { subject, text } = writeMail(content({ template: 'fund-ending', caseNumber: '', link, fund }));
    expect(subject).toBe('资金即将到期：海洋 基金 · A fund is about to end: Ocean fund');
    for (const said of ['2016年12月31日', '600.00 元', '400.50 元', 'Ocean fund', 'CNY 600.00'])
      expect(text).toContain(said);
  });

  it('that asks for a second person says what waits and that it counts for nothing yet, and names no decision link', () => {
    const link = { kind: 'second', url: 'https://relief.example/finance/funds/sea/proposals/P1' } as const;
    const ofFund = writeMail(content({ template: 'fund-to-confirm', caseNumber: '', link }));
    expect(ofFund.subject).toBe('资金办理待另一人确认 · Something about a fund to confirm');
    const ofRecovery = writeMail(content({ template: 'recovery-to-confirm', link }));
    expect(ofRecovery.subject).toBe('追回待另一人确认：DB-2016-00042 · Money to come back, to confirm: DB-2016-00042');
    for (const { text } of [ofFund, ofRecovery]) {
      for (const said of ['确认之前不生效', '登录查看', link.url, 'Until then it counts for nothing'])
        expect(text).toContain(said);
      expect(text).not.toContain(catalogueOf('zh').mail.personalLink);
    }
  });

  it('about a void repayment says that it stands in no ledger, and what to do if the money came', () => {
    const link = { kind: 'second', url: 'https://relief.example/finance/recoveries/C1/C1.advance' } as const;
    const { subject, text } = writeMail(content({ template: 'repayment-void', link }));
    expect(subject).toContain('退款登记已作废：DB-2016-00042');
    for (const said of ['没有入账', '请重新登记或查清后退还', 'in no ledger']) expect(text).toContain(said);
  });

  it('shows a name with mark-up or line breaks as plain text on one line', () => {
    const { text, html, subject } = writeMail(content({ addresseeName: '<script>x</script>\r\nBcc: y@z.example' }));
    expect(html).not.toContain('<script');
    expect(html).toContain('&#60;script&#62;');
    expect(text).toContain('<script>x</script> Bcc: y@z.example');
    expect(text).not.toMatch(/^Bcc/m);
    expect(subject).not.toContain('Bcc');
  });

  it('loads nothing when it is opened', () => {
    for (const template of mailTemplates) {
      expect(writeMail(content({ template })).html).not.toMatch(/<(img|script|link|iframe|form)|url\(/i);
    }
  });
});
