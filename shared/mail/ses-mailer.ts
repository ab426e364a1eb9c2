import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from './mailer.ts';
import { UndeliverableMail } from './mailer.ts';

const finalRefusals = new Set(['MessageRejected', 'BadRequestException']);

/** Sends by Amazon SES. `configurationSet` is where click tracking is off: a tracked link would not be ours any more. */
export function sesMailer(client: SESv2Client, from: string, configurationSet: string): Mailer {
  const content = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    send: async (mail) => {
      const command = new SendEmailCommand({
        FromEmailAddress: from,
        ConfigurationSetName: configurationSet,
        Destination: { ToAddresses: [mail.to] },
        Content: {
          Simple: {
            Subject: content(mail.subject),
            Body: { Text: content(mail.text), Html: content(mail.html) },
            // SES writes a Message-ID of its own; this header is how a repeated mail is known as the same.
            Headers: [
              { Name: 'X-Reliefline-Message-ID', Value: mail.messageId },
              { Name: 'Auto-Submitted', Value: 'auto-generated' },
            ],
          },
        },
      });
      try {
        await client.send(command);
      } catch (error) {
        if (error instanceof Error && finalRefusals.has(error.name)) {
          throw new UndeliverableMail('SES refused the mail', { cause: error });
        }
        throw error;
      }
    },
  };
}

/** The mailer over this function's own SES. */
export const openSesMailer = (from: string, configurationSet: string): Mailer =>
  sesMailer(new SESv2Client({}), from, configurationSet);
