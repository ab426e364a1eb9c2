import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/audit.ts';

/** The items whose digest stands in the audit chain of what they belong to, and the attributes that name one. */
export const sealedEntities = {
  case: ['caseId'],
  application: ['caseId'],
  request: ['requestId'],
  vote: ['requestId', 'personId'],
  award: ['awardId'],
  payout: ['payoutId'],
  objection: ['objectionId'],
  'scheduled-item': ['itemId'],
  recovery: ['recoveryId'],
  fund: ['fundId'],
  'ledger-entry': ['entryId'],
  batch: ['batchId'],
  proposal: ['proposalId'],
  'bank-result': ['resultId'],
  programme: ['programmeId', 'number'],
  staff: ['personId'],
} as const satisfies Record<string, readonly string[]>;
export type SealedEntity = keyof typeof sealedEntities;

export const isSealedEntity = (entity: string): entity is SealedEntity => Object.hasOwn(sealedEntities, entity);

/** An item as it lies in the table, without its keys. */
export type StoredItem = {
  readonly entity: SealedEntity;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where it holds what was typed by hand, unsealed: a keyed digest made by whoever has the key, instead of a plain one. */
  readonly keyedDigest?: string;
};

/** `award#<id>`, `vote#<request id>/<person id>`, … */
export const sealName = ({ entity, attributes }: StoredItem): string =>
  `${entity}#${sealedEntities[entity].map((name) => String(attributes[name])).join('/')}`;

/**
 * What changes with every write, and what only says how far the workflow has come: the chain's own head cannot be in the digest
 * that it holds, and a wait that is taken up again writes no event.
 */
const leftOut: Partial<
  Record<
    SealedEntity,
    { readonly item?: readonly string[]; readonly of: string; readonly at?: string; readonly names: readonly string[] }
  >
> = {
  case: { item: ['version'], of: 'state', names: ['version', 'audit'] },
  fund: { of: 'body', names: ['audit'] },
  batch: { of: 'body', names: ['audit'] },
  'bank-result': { of: 'body', at: 'plain', names: ['audit'] },
  request: { of: 'body', names: ['status', 'taskToken', 'earlierTokens', 'onward'] },
};

const without = (value: unknown, names: readonly string[]): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
    : value;

/** The digest of an item as stored. Personal values are in it only as sealed. */
export function sealOf({ entity, attributes }: StoredItem): string {
  return createHash('sha256')
    .update(canonicalJson(digested(attributes, leftOut[entity])))
    .digest('base64url');
}

function digested(attributes: StoredItem['attributes'], rule: (typeof leftOut)[SealedEntity]): unknown {
  if (rule === undefined) return attributes;
  const { [rule.of]: value, ...rest } = attributes;
  const inner = rule.at === undefined ? without(value, rule.names) : within(value, rule.at, rule.names);
  return { ...Object(without(rest, rule.item ?? [])), [rule.of]: inner };
}

const within = (value: unknown, at: string, names: readonly string[]): unknown =>
  typeof value === 'object' && value !== null && at in value
    ? { ...value, [at]: without(Reflect.get(value, at), names) }
    : value;

export const sealsOf = (items: readonly StoredItem[]): Record<string, string> =>
  Object.fromEntries(items.map((item) => [sealName(item), item.keyedDigest ?? sealOf(item)]));
