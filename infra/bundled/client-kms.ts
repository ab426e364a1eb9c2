import { JsonService } from './aws/json-service.ts';

type KmsInput = { readonly CiphertextBlob?: Uint8Array } & Readonly<Record<string, unknown>>;

class KmsCommand {
  readonly operation: string;
  readonly input: KmsInput;
  constructor(operation: string, input: KmsInput) {
    this.operation = operation;
    this.input = input;
  }
}

export class DecryptCommand extends KmsCommand {
  constructor(input: KmsInput) {
    super('Decrypt', input);
  }
}
export class GenerateDataKeyCommand extends KmsCommand {
  constructor(input: KmsInput) {
    super('GenerateDataKey', input);
  }
}

const bytesOf = (value: unknown): Uint8Array | undefined =>
  typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : undefined;

/** KMS: bytes travel as base64. */
export class KMSClient {
  readonly #kms = new JsonService({
    id: 'KMS',
    hostPrefix: 'kms',
    signingName: 'kms',
    target: 'TrentService',
    version: '1.1',
  });

  async send({ operation, input }: KmsCommand): Promise<unknown> {
    const { CiphertextBlob: sealed, ...others } = input;
    const asText = sealed === undefined ? {} : { CiphertextBlob: Buffer.from(sealed).toString('base64') };
    const output = await this.#kms.call(operation, { ...others, ...asText });
    return { ...output, Plaintext: bytesOf(output['Plaintext']), CiphertextBlob: bytesOf(output['CiphertextBlob']) };
  }
}
