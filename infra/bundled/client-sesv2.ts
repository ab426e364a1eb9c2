import { AwsService } from './aws/aws-service.ts';
import { readJson } from './aws/json-service.ts';

export class SendEmailCommand {
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

/** SES. Its one call that we make takes the input as its body. */
export class SESv2Client {
  readonly #ses = new AwsService({ id: 'SESV2', hostPrefix: 'email', signingName: 'ses' });

  send({ input }: SendEmailCommand): Promise<unknown> {
    return this.#ses.send(
      {
        method: 'POST',
        path: '/v2/email/outbound-emails',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      },
      readJson,
    );
  }
}
