import { createHash, createHmac } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import type { PersonId, RequestId } from '../kernel/ids.ts';
import { openBox, sealBox } from './box.ts';
import { ownerKeysEntity } from './owner-keys.entity.ts';
import {
  type DataKey,
  type KeyClass,
  openOwnerKeys,
  type OwnerKeys,
  personClasses,
  type Retention,
  type SystemKeyName,
  systemKeyNames,
} from './owner-keys.ts';

export type { Retention, SystemKeyName } from './owner-keys.ts';
/** Whose value it is. For somebody who is not on the register (an objector), any id that is theirs alone. */
export type Owner = { readonly personId: string; readonly retention: Retention };
export type Opened = { readonly kind: 'opened'; readonly plaintext: string } | { readonly kind: 'forgotten' };

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
  /** Makes the keys of somebody new without looking for them first; whoever has keys keeps them. */
  readonly makeKeys: (personId: string) => Promise<void>;
  /** Destroys a person's key of one class: what it sealed reads as forgotten from then on, here at once and elsewhere within minutes. */
  readonly forgetPerson: (personId: string, retention: Retention) => Promise<void>;
};

/** Owners whose keys are held in memory, and for how long: what another process forgot must not live on here. */
const mostOwners = 1_000;
const keptMs = 5 * 60_000;
const house = 'system';
const mostAttempts = 3;

/**
 * Keys of people and of the house, each owner's in one item of the cases table, under a key made by KMS. `kms` needs only `send`.
 */
export function openKeyRing(options: {
  readonly client?: DynamoDBClient;
  readonly casesTable: string;
  readonly kms?: Pick<KMSClient, 'send'>;
  readonly kmsKeyId: string;
}): KeyRing {
  const entity = ownerKeysEntity(options.client ?? new DynamoDBClient({}), options.casesTable);
  const owners = openOwnerKeys(entity, { client: options.kms ?? new KMSClient({}), keyId: options.kmsKeyId });
  const cache = new Map<string, { readonly keys: Promise<OwnerKeys | undefined>; readonly untilMs: number }>();

  function keep(keyOwner: string, keys: Promise<OwnerKeys | undefined>): Promise<OwnerKeys | undefined> {
    cache.delete(keyOwner);
    cache.set(keyOwner, { keys, untilMs: performance.now() + keptMs });
    const [oldest] = cache.keys();
    if (cache.size > mostOwners && oldest !== undefined) cache.delete(oldest);
    keys.catch(() => cache.delete(keyOwner));
    return keys;
  }

  async function keysOf(keyOwner: string): Promise<OwnerKeys | undefined> {
    const held = cache.get(keyOwner);
    const known = held !== undefined && held.untilMs > performance.now() ? await held.keys : undefined;
    // One who had no keys may have been given some by another process since.
    return known ?? keep(keyOwner, owners.fetch(keyOwner));
  }

  /** The key that a box names. One that is not held may have been made by another process since: looked up once more. */
  async function keyNamed(keyId: string, { personId, retention }: Owner): Promise<DataKey | undefined> {
    const held = (await keysOf(personId))?.get(retention);
    if (held?.keyId === keyId) return held;
    const fresh = (await keep(personId, owners.fetch(personId)))?.get(retention);
    return fresh?.keyId === keyId ? fresh : undefined;
  }

  /** An owner's first keys; if another process was first, theirs. */
  const makeFirst = (keyOwner: string): Promise<OwnerKeys | undefined> => {
    const classes = keyOwner === house ? systemKeyNames : personClasses;
    return keep(
      keyOwner,
      owners.make(keyOwner, classes).then((made) => made ?? owners.fetch(keyOwner)),
    );
  };

  /** Makes what is not there; if another process was first, takes theirs. */
  async function neededKey(keyOwner: string, keyClass: KeyClass): Promise<DataKey> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const known = await keysOf(keyOwner);
      const key = known?.get(keyClass);
      if (key !== undefined) return key;
      // Two values sealed at the same moment wait for one making.
      if (known === undefined) {
        await makeFirst(keyOwner);
      } else {
        await owners.add(keyOwner, keyClass);
        await keep(keyOwner, owners.fetch(keyOwner));
      }
    }
    throw new Error('a data key vanished while it was made');
  }

  const systemKey = async (name: SystemKeyName): Promise<Buffer> => (await neededKey(house, name)).secret;

  return {
    async seal({ personId, retention }, place, plaintext) {
      const { keyId, secret } = await neededKey(personId, retention);
      return `${keyId}.${sealBox(secret, place, plaintext)}`;
    },
    async open(owner, place, box) {
      const [keyId = '', sealed = ''] = box.split('.');
      const key = await keyNamed(keyId, owner);
      if (key === undefined) return { kind: 'forgotten' };
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
    async makeKeys(personId) {
      if (!cache.has(personId)) await makeFirst(personId);
    },
    async forgetPerson(personId, retention) {
      await owners.forget(personId, retention);
      cache.delete(personId);
    },
  };
}
