import type { MailVariables } from '../config/variables.ts';
import type { Mailer } from './mailer.ts';
import { openSesMailer } from './ses-mailer.ts';
import { smtpMailer } from './smtp-mailer.ts';

async function makeMailer(variables: MailVariables): Promise<Mailer> {
  // Imported where they are used, so that a bundle for one transport can leave the other's library out.
  if (variables.MAIL_TRANSPORT === 'smtp') {
    const { createTransport } = await import('nodemailer');
    return smtpMailer(createTransport(variables.SMTP_URL, { from: variables.MAIL_FROM }));
  }
  return openSesMailer(variables.MAIL_FROM, variables.CONFIGURATION_SET);
}

/** The mailer that the deployment chose. It is made with the first mail. */
export function openMailer(variables: MailVariables): Mailer {
  let made: Promise<Mailer> | undefined;
  return {
    send: async (mail) => {
      made ??= makeMailer(variables);
      await (await made).send(mail);
    },
  };
}
