import { randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type AwsError, listenAwsJson } from './aws-json.ts';
import { openMasterKey } from './master-key.ts';
import type { KeyDefinition } from './template.ts';

const blob = z.base64().transform((text) => Buffer.from(text, 'base64'));
const context = z.record(z.string(), z.string()).default({});
const inputs = {
  encrypt: z.object({ KeyId: z.string(), Plaintext: blob, EncryptionContext: context }),
  decrypt: z.object({ CiphertextBlob: blob, KeyId: z.string().optional(), EncryptionContext: context }),
  dataKey: z.object({
    KeyId: z.string(),
    KeySpec: z.enum(['AES_128', 'AES_256']).optional(),
    NumberOfBytes: z.int().min(1).max(1024).optional(),
    EncryptionContext: context,
  }),
  mac: z.object({ KeyId: z.string(), Message: blob, MacAlgorithm: z.string(), Mac: blob.optional() }),
  key: z.object({ KeyId: z.string() }),
};
const digests: Record<string, string> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
};

/**
 * The part of KMS that the system uses, over AWS's own protocol (JSON 1.1): Encrypt, Decrypt, GenerateDataKey (with and
 * without plaintext), GenerateMac, VerifyMac, DescribeKey. The encryption context is authenticated as on AWS.
 */
export async function startKms(options: {
  port: number;
  keyFile: string;
  keys: KeyDefinition[];
}): Promise<{ close(): Promise<void> }> {
  const master = openMasterKey(options.keyFile);
  const find = (name: string, usage?: string): KeyDefinition => {
    const key = options.keys.find(({ id, arn, aliases }) =>
      [id, arn, ...aliases, ...aliases.map((alias) => arn.replace(`key/${id}`, alias))].includes(name),
    );
    if (key === undefined) throw refusal('NotFoundException', `Key '${name}' does not exist`);
    if (usage !== undefined && key.usage !== usage) {
      throw refusal(
        'InvalidKeyUsageException',
        `${key.arn} key usage is ${key.usage} which is not valid for this operation.`,
      );
    }
    return key;
  };
  const dataKey = (body: unknown, withPlaintext: boolean): object => {
    const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = inputs.dataKey.parse(body);
    const key = find(KeyId, 'ENCRYPT_DECRYPT');
    const plain = randomBytes(NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32));
    return {
      CiphertextBlob: master.encrypt(key.id, plain, EncryptionContext).toString('base64'),
      KeyId: key.arn,
      ...(withPlaintext ? { Plaintext: plain.toString('base64') } : {}),
    };
  };
  const mac = (body: unknown) => {
    const { KeyId, Message, MacAlgorithm, Mac } = inputs.mac.parse(body);
    const key = find(KeyId, 'GENERATE_VERIFY_MAC');
    const digest = digests[MacAlgorithm];
    if (digest === undefined) throw refusal('ValidationException', `MacAlgorithm ${MacAlgorithm} is not known`);
    return { key, MacAlgorithm, given: Mac, made: master.mac(key.id, digest, Message) };
  };

  return listenAwsJson({
    port: options.port,
    service: 'TrentService',
    contentType: 'application/x-amz-json-1.1',
    operations: {
      Encrypt(body) {
        const { KeyId, Plaintext, EncryptionContext } = inputs.encrypt.parse(body);
        if (Plaintext.length > 4_096) throw refusal('ValidationException', 'Plaintext is longer than 4096 bytes');
        const key = find(KeyId, 'ENCRYPT_DECRYPT');
        const sealed = master.encrypt(key.id, Plaintext, EncryptionContext);
        return { CiphertextBlob: sealed.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      },
      Decrypt(body) {
        const { KeyId, CiphertextBlob, EncryptionContext } = inputs.decrypt.parse(body);
        const opened = master.decrypt(CiphertextBlob, EncryptionContext);
        if (opened === undefined) throw refusal('InvalidCiphertextException', '');
        const key = find(opened.keyId);
        if (KeyId !== undefined && find(KeyId).id !== key.id) {
          throw refusal(
            'IncorrectKeyException',
            'The key ID in the request does not identify a CMK that can perform this operation.',
          );
        }
        return { KeyId: key.arn, Plaintext: opened.plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      },
      GenerateDataKey: (body) => dataKey(body, true),
      GenerateDataKeyWithoutPlaintext: (body) => dataKey(body, false),
      GenerateMac(body) {
        const { key, MacAlgorithm, made } = mac(body);
        return { KeyId: key.arn, MacAlgorithm, Mac: made.toString('base64') };
      },
      VerifyMac(body) {
        const { key, MacAlgorithm, made, given } = mac(body);
        if (given?.length !== made.length || !timingSafeEqual(given, made)) {
          throw refusal('KMSInvalidMacException', '');
        }
        return { KeyId: key.arn, MacAlgorithm, MacValid: true };
      },
      DescribeKey(body) {
        const key = find(inputs.key.parse(body).KeyId);
        return {
          KeyMetadata: {
            KeyId: key.id,
            Arn: key.arn,
            Enabled: true,
            KeyState: 'Enabled',
            KeyUsage: key.usage,
            KeyManager: 'CUSTOMER',
          },
        };
      },
    },
  });
}

function refusal(name: string, message: string): AwsError {
  return { awsError: name, message };
}
