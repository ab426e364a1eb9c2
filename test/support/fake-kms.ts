import { randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { openBox, sealBox } from '../../shared/store/box.ts';

/** A key service in memory: data keys sealed with one master key, bound to their encryption context. */
export function fakeKms(): Pick<KMSClient, 'send'> & { calls: () => number } {
  const master = randomBytes(32);
  let calls = 0;
  const send = async (command: unknown): Promise<unknown> => {
    calls += 1;
    if (command instanceof GenerateDataKeyCommand) {
      const key = randomBytes(32);
      const sealed = sealBox(master, JSON.stringify(command.input.EncryptionContext), key.toString('base64'));
      return { Plaintext: key, CiphertextBlob: Buffer.from(sealed) };
    }
    if (command instanceof DecryptCommand) {
      const sealed = Buffer.from(command.input.CiphertextBlob ?? []).toString();
      const opened = openBox(master, JSON.stringify(command.input.EncryptionContext), sealed);
      return { Plaintext: Buffer.from(opened, 'base64') };
    }
    throw new Error('the fake key service knows two commands');
  };
  return { send: send as KMSClient['send'], calls: () => calls };
}
