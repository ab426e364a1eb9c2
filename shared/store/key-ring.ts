import { createHash, createHmac, randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { PersonId, RequestId } from '../kernel/ids.ts';
import { openBox, sealBox } from './box.ts';
import { sealedKeyEntity } from './sealed-key.entity.ts';

/** How long a kind of personal value is kept, apart from the others: each has a key of its own. */
export type Retention = 'identity' | 'health' | 'payment' | 'hardship' | 'ledger';
/** Whose value it is. For somebody who is not on the register (an objector), any id that is theirs alone. */
export type Owner = { readonly personId: string; readonly retention: Retention };
export type Opened = { readonly kind: 'opened'; readonly plaintext: string } | { readonly kind: 'forgotten' };
export type SystemKeyName = 'search' | 'link' | 'csrf' | 'session' | 'draft';

/** Keys for personal values and for the house. All asynchronous but `linkHash`: a key may have to be fetched and unwrapped. */
export type KeyRing = {
  /** `place` is the item's key and the field's name: a value moved elsewhere does not open. */
  readonly seal: (owner: Owner, place: string, plaintext: string) => Promise<string>;
  readonly open: (owner: Owner, place: string, box: string) => Promise<Opened>;
  /** A keyed hash to look a personal value up by; equal values of one kind give equal hashes. */
  readonly searchHash: (kind: string, value: string) => Promise<string>;
  /** The 256-bit token of a decision link, derived whenever its mail is written; nothing but `linkHash` of it is stored. */
  readonly linkToken: (seat: {
    readonly requestId: RequestId;
    readonly personId: PersonId;
    readonly generation: number;
  }) => Promise<string>;
  readonly linkHash: (token: string) => string;
  readonly systemKey: (name: SystemKeyName) => Promise<Buffer>;
  /** Destroys a person's key of one class: what it sealed reads as forgotten from then on, here at once and elsewhere within minutes. */
  readonly forgetPerson: (personId: string, retention: Retention) => Promise<void>;
};

type DataKey = { readonly keyId: string; readonly secret: Buffer };

/** Keys held in memory, and for how long: what another process forgot must not live on here. */
const mostKeys = 2_000;
const keptMs = 5 * 60_000;

/**
 * Data keys made by KMS, one per person and class, wrapped into items of the cases table, created once. `kms` needs only `send`.
 */
export function openKeyRing(options: {
  readonly client?: DynamoDBClient;
  readonly casesTable: string;
  readonly kms?: Pick<KMSClient, 'send'>;
  readonly kmsKeyId: string;
}): KeyRing {
  const keys = sealedKeyEntity(options.client ?? new DynamoDBClient({}), options.casesTable);
  const kms = options.kms ?? new KMSClient({});
  const cache = new Map<string, { readonly key: Promise<DataKey | undefined>; readonly untilMs: number }>();

  async function fetchKey(keyOwner: string, retention: string): Promise<DataKey | undefined> {
    const { data } = await keys.get({ keyOwner, retention }).go({ consistent: true });
    if (data === null) return undefined;
    const { Plaintext: secret } = await kms.send(
      new DecryptCommand({
        KeyId: options.kmsKeyId,
        CiphertextBlob: Buffer.from(data.wrapped, 'base64'),
        EncryptionContext: { personId: keyOwner, retention },
      }),
    );
    if (secret === undefined) throw new Error('KMS gave no plaintext for a data key');
    return { keyId: data.keyId, secret: Buffer.from(secret) };
  }

  /** Makes a key; if another process was first, takes theirs. */
  async function makeKey(keyOwner: string, retention: string): Promise<DataKey | undefined> {
    const made = await kms.send(
      new GenerateDataKeyCommand({
        KeyId: options.kmsKeyId,
        KeySpec: 'AES_256',
        EncryptionContext: { personId: keyOwner, retention },
      }),
    );
    if (made.Plaintext === undefined || made.CiphertextBlob === undefined) throw new Error('KMS made no data key');
    const keyId = randomBytes(6).toString('base64url');
    const wrapped = Buffer.from(made.CiphertextBlob).toString('base64');
    try {
      await keys.create({ keyOwner, retention, keyId, wrapped }).go();
    } catch (error) {
      const theirs = await fetchKey(keyOwner, retention);
      if (theirs === undefined) throw error;
      return theirs;
    }
    return { keyId, secret: Buffer.from(made.Plaintext) };
  }

  function keep(name: string, key: Promise<DataKey | undefined>): void {
    cache.delete(name);
    cache.set(name, { key, untilMs: performance.now() + keptMs });
    const [oldest] = cache.keys();
    if (cache.size > mostKeys && oldest !== undefined) cache.delete(oldest);
    key.catch(() => cache.delete(name));
  }

  async function keyOf(keyOwner: string, retention: string, makesIt: boolean): Promise<DataKey | undefined> {
    const name = `${keyOwner}/${retention}`;
    const held = cache.get(name);
    const known = held !== undefined && held.untilMs > performance.now() ? await held.key : undefined;
    if (known !== undefined) return known;
    const key = fetchKey(keyOwner, retention).then(
      (found) => found ?? (makesIt ? makeKey(keyOwner, retention) : undefined),
    );
    keep(name, key);
    return key;
  }

  async function neededKey(keyOwner: string, retention: string): Promise<DataKey> {
    const key = await keyOf(keyOwner, retention, true);
    if (key === undefined) throw new Error('a data key vanished while it was made');
    return key;
  }

  const systemKey = async (name: SystemKeyName): Promise<Buffer> => (await neededKey('system', name)).secret;

  return {
    async seal({ personId, retention }, place, plaintext) {
      const { keyId, secret } = await neededKey(personId, retention);
      return `${keyId}.${sealBox(secret, place, plaintext)}`;
    },
    async open({ personId, retention }, place, box) {
      const [keyId, sealed = ''] = box.split('.');
      const key = await keyOf(personId, retention, false);
      if (key === undefined || key.keyId !== keyId) return { kind: 'forgotten' };
      return { kind: 'opened', plaintext: openBox(key.secret, place, sealed) };
    },
    async searchHash(kind, value) {
      return createHmac('sha256', await systemKey('search'))
        .update(`${kind}|${value}`)
        .digest('hex');
    },
    async linkToken({ requestId, personId, generation }) {
      const parts = `${requestId}|${personId}|${generation}`;
      return createHmac('sha256', await systemKey('link'))
        .update(parts)
        .digest('base64url');
    },
    linkHash: (token) => createHash('sha256').update(token).digest('hex'),
    systemKey,
    async forgetPerson(personId, retention) {
      await keys.delete({ keyOwner: personId, retention }).go();
      cache.delete(`${personId}/${retention}`);
    },
  };
}
