/** One mail, ready to send. `messageId` is the same for every attempt at the same message: `<id@host>`. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
};

/** The port behind which SES, an SMTP server or a test stands. */
export type Mailer = {
  /** @throws UndeliverableMail if this address will never take it; anything else may pass */
  readonly send: (mail: Mail) => Promise<void>;
};

/** The address or the message was refused for good: sending it again gives the same answer. Names no address. */
export class UndeliverableMail extends Error {
  override readonly name = 'UndeliverableMail';
  readonly code = 'mail-undeliverable';
}
