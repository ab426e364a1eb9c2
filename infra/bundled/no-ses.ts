/** In place of SES where mail goes by SMTP: its library is left out of those bundles. */
export class SESv2Client {
  constructor() {
    throw new Error('These functions were bundled with -c mail=smtp: they hold nothing of SES.');
  }
}
export class SendEmailCommand {}
