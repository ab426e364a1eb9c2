import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import type { Mail } from './mailer.ts';
import { UndeliverableMail } from './mailer.ts';
import { sesMailer } from './ses-mailer.ts';

const mail: Mail = {
  to: 'a@union.example',
  subject: '主题',
  text: '正文',
  html: '<p>正文</p>',
  messageId: '<1@union.example>',
};

const mailer = () => {
  const client = new SESv2Client({ region: 'eu-west-1' });
  return { ses: mockClient(client), port: sesMailer(client, 'relief@union.example', 'no-tracking') };
};

const failure = (name: string) => Object.assign(new Error('no'), { name });

describe('mail by SES', () => {
  it('goes to one address, through the configuration set, with the same message id at every attempt', async () => {
    const { ses, port } = mailer();
    ses.on(SendEmailCommand).resolves({});
    await port.send(mail);
    await port.send(mail);
    const inputs = ses.commandCalls(SendEmailCommand).map((call) => call.args[0].input);
    expect(inputs).toHaveLength(2);
    expect(inputs[0]).toEqual(inputs[1]);
    expect(inputs[0]).toMatchObject({
      FromEmailAddress: 'relief@union.example',
      ConfigurationSetName: 'no-tracking',
      Destination: { ToAddresses: ['a@union.example'] },
      Content: { Simple: { Headers: [{ Value: '<1@union.example>' }, {}] } },
    });
  });

  it('says when a mail can never be delivered, and passes on what may pass', async () => {
    const { ses, port } = mailer();
    ses.on(SendEmailCommand).rejectsOnce(failure('MessageRejected')).rejectsOnce(failure('TooManyRequestsException'));
    await expect(port.send(mail)).rejects.toBeInstanceOf(UndeliverableMail);
    await expect(port.send(mail)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});
