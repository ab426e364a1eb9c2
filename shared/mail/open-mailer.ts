import type { MailVariables } from '../config/variables.ts';
import type { Mailer } from './mailer.ts';

async function makeMailer(variables: MailVariables): Promise<Mailer> {
  // Loaded only where it is used: each brings a client library of its own.
  if (variables.MAIL_TRANSPORT === 'smtp') {
    const { smtpMailer } = await import('./smtp-mailer.ts');
    return smtpMailer(variables.SMTP_URL, variables.MAIL_FROM);
  }
  const { SESv2Client } = await import('@aws-sdk/client-sesv2');
  const { sesMailer } = await import('./ses-mailer.ts');
  return sesMailer(new SESv2Client({}), variables.MAIL_FROM, variables.CONFIGURATION_SET);
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
