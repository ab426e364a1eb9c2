import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import type { Mail } from './mailer.ts';
import { UndeliverableMail } from './mailer.ts';
import { smtpMailer } from './smtp-mailer.ts';

const mail: Mail = {
  to: 'a@union.example',
  subject: '主题',
  text: '正文',
  html: '<p>正文</p>',
  messageId: '<1@union.example>',
};

const refusing = (responseCode: number) => ({
  sendMail: async () => {
    throw Object.assign(new Error('refused'), { responseCode });
  },
});

describe('mail by SMTP', () => {
  it('carries the message id that it was given, both texts and the sender', async () => {
    const transport = createTransport({ streamTransport: true, buffer: true }, { from: 'relief@union.example' });
    let sent = '';
    const port = smtpMailer({
      sendMail: async (message: Parameters<typeof transport.sendMail>[0]) => {
        const info = await transport.sendMail(message);
        sent = String(info.message);
        return info;
      },
    } as Parameters<typeof smtpMailer>[0]);
    await port.send(mail);
    for (const line of ['Message-ID: <1@union.example>', 'To: a@union.example', 'From: relief@union.example']) {
      expect(sent).toContain(line);
    }
    expect(sent).toContain('text/plain');
    expect(sent).toContain('text/html');
  });

  it('says when an address is refused for good, and passes on what may pass', async () => {
    await expect(smtpMailer(refusing(550)).send(mail)).rejects.toBeInstanceOf(UndeliverableMail);
    await expect(smtpMailer(refusing(451)).send(mail)).rejects.toMatchObject({ responseCode: 451 });
  });
});
