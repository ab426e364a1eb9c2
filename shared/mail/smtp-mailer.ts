import type { Transporter } from 'nodemailer';
import type { Mailer } from './mailer.ts';
import { UndeliverableMail } from './mailer.ts';

const isFinal = (error: unknown): boolean => {
  const reply: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'responseCode') : undefined;
  return typeof reply === 'number' && reply >= 550 && reply < 560;
};

/** Sends by an SMTP server, where SES is not to be had. */
export const smtpMailer = (transport: Pick<Transporter, 'sendMail'>): Mailer => ({
  send: async (mail) => {
    try {
      await transport.sendMail({ ...mail, headers: { 'Auto-Submitted': 'auto-generated' } });
    } catch (error) {
      if (isFinal(error)) throw new UndeliverableMail('The mail server refused the mail', { cause: error });
      throw error;
    }
  },
});
