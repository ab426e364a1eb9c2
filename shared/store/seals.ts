import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/audit.ts';

/** The items whose digest stands in the audit chain of what they belong to, and the attributes that name one. */
export const sealedEntities = {
  case: ['caseId'],
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
  Record<SealedEntity, { readonly item?: readonly string[]; readonly at: string; readonly names: readonly string[] }>
> = {
  case: { item: ['version'], at: 'plain', names: ['version', 'audit'] },
  fund: { at: '', names: ['audit'] },
  batch: { at: '', names: ['audit'] },
  'bank-result': { at: 'plain', names: ['audit'] },
  request: { at: '', names: ['status', 'taskToken', 'earlierTokens'] },
};

const without = (value: unknown, names: readonly string[]): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
    : value;

/** The digest of an item as stored. Personal values are in it only as sealed. */
export function sealOf({ entity, attributes }: StoredItem): string {
  const rule = leftOut[entity];
  let { body, ...rest }: { body?: unknown } = attributes;
  if (rule !== undefined) {
    rest = Object.fromEntries(Object.entries(rest).filter(([name]) => rule.item?.includes(name) !== true));
    if (rule.at === '') body = without(body, rule.names);
    else if (typeof body === 'object' && body !== null && rule.at in body) {
      const inner: unknown = Object.entries(body).find(([name]) => name === rule.at)?.[1];
      body = { ...body, [rule.at]: without(inner, rule.names) };
    }
  }
  return createHash('sha256')
    .update(canonicalJson({ ...rest, body }))
    .digest('base64url');
}

export const sealsOf = (items: readonly StoredItem[]): Record<string, string> =>
  Object.fromEntries(items.map((item) => [sealName(item), item.keyedDigest ?? sealOf(item)]));
