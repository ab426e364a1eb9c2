import { hkdfSync, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { ownerKeysEntity } from './owner-keys.entity.ts';

export const personClasses = ['identity', 'health', 'payment', 'hardship', 'ledger'] as const;
export const systemKeyNames = ['search', 'link', 'csrf', 'session', 'draft'] as const;
/** How long a kind of personal value is kept, apart from the others: each has a key of its own. */
export type Retention = (typeof personClasses)[number];
export type SystemKeyName = (typeof systemKeyNames)[number];
export type KeyClass = Retention | SystemKeyName;

export type DataKey = { readonly keyId: string; readonly secret: Buffer };
/** The keys of one owner by class; a class that was forgotten, or never made, is not in it. */
export type OwnerKeys = ReadonlyMap<KeyClass, DataKey>;

type Kms = { readonly client: Pick<KMSClient, 'send'>; readonly keyId: string };
type Shares = { readonly [Class in KeyClass]?: string };

const idOf = (share: string): string => share.split('.')[0] ?? '';
const newShare = (): string => `${randomBytes(6).toString('base64url')}.${randomBytes(32).toString('base64url')}`;

/** The share is a secret of its own: without it the owner's key opens nothing of this class. */
function derive(ownerKey: Uint8Array, keyClass: KeyClass, share: string): DataKey {
  const secret = hkdfSync('sha256', ownerKey, Buffer.from(share), `reliefline/${keyClass}`, 32);
  return { keyId: idOf(share), secret: Buffer.from(secret) };
}

/**
 * The keys of a person, or of the house, from one item and one call of KMS. An owner seen for the first time gets the keys of all
 * their classes at once.
 */
export function openOwnerKeys(ownerKeys: ReturnType<typeof ownerKeysEntity>, kms: Kms) {
  async function unwrap(keyOwner: string, wrapped: string): Promise<Uint8Array> {
    const { Plaintext } = await kms.client.send(
      new DecryptCommand({
        KeyId: kms.keyId,
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: { owner: keyOwner },
      }),
    );
    if (Plaintext === undefined) throw new Error('KMS gave no plaintext for a data key');
    return Plaintext;
  }

  const keysOf = (ownerKey: Uint8Array, shares: Shares): OwnerKeys =>
    new Map(
      [...personClasses, ...systemKeyNames].flatMap((each): [KeyClass, DataKey][] => {
        const share = shares[each];
        return share === undefined ? [] : [[each, derive(ownerKey, each, share)]];
      }),
    );

  return {
    /** Undefined for an owner without keys. */
    async fetch(keyOwner: string): Promise<OwnerKeys | undefined> {
      const { data } = await ownerKeys.get({ keyOwner }).go({ consistent: true });
      return data === null ? undefined : keysOf(await unwrap(keyOwner, data.wrapped), data);
    },
    /** Makes the keys of these classes. False if another process was first. */
    async make(keyOwner: string, classes: readonly KeyClass[]): Promise<OwnerKeys | undefined> {
      const { Plaintext, CiphertextBlob } = await kms.client.send(
        new GenerateDataKeyCommand({ KeyId: kms.keyId, KeySpec: 'AES_256', EncryptionContext: { owner: keyOwner } }),
      );
      if (Plaintext === undefined || CiphertextBlob === undefined) throw new Error('KMS made no data key');
      const shares: Shares = Object.fromEntries(classes.map((each) => [each, newShare()]));
      const wrapped = Buffer.from(CiphertextBlob).toString('base64');
      try {
        await ownerKeys.create({ keyOwner, wrapped, ...shares }).go();
      } catch {
        return undefined;
      }
      return keysOf(Plaintext, shares);
    },
    /** Adds one class that the owner lacks: it was forgotten, or is newer than the owner. */
    async add(keyOwner: string, keyClass: KeyClass): Promise<void> {
      await ownerKeys
        .patch({ keyOwner })
        .set({ [keyClass]: newShare() })
        .where((attributes, { notExists }) => notExists(attributes[keyClass]))
        .go()
        .catch(() => undefined);
    },
    async forget(keyOwner: string, keyClass: KeyClass): Promise<void> {
      await ownerKeys.update({ keyOwner }).remove([keyClass]).go();
    },
  };
}
