import { assertNever } from '../kernel/result.ts';
import type { Amount, Condition } from './condition.ts';

/** How a condition or an amount uses a field, so that it can be held against the form. */
export type Mention =
  | { readonly as: 'any'; readonly field: string }
  | { readonly as: 'date'; readonly field: string }
  | { readonly as: 'count'; readonly field: string }
  | { readonly as: 'money'; readonly field: string }
  | { readonly as: 'money-column'; readonly field: string; readonly column: string }
  | { readonly as: 'value'; readonly field: string; readonly value: string | boolean };

/** Every field that a condition looks at. */
export function mentionsOfCondition(condition: Condition): Mention[] {
  switch (condition.kind) {
    case 'field-is':
      return [{ as: 'value', field: condition.field, value: condition.value }];
    case 'field-filled':
      return [{ as: 'any', field: condition.field }];
    case 'older-than-months':
      return [{ as: 'date', field: condition.dateField }];
    case 'amount-over':
      return mentionsOfAmount(condition.amount);
    case 'amount-above':
      return [condition.amount, condition.than].flatMap(mentionsOfAmount);
    case 'date-before':
      return [condition.dateField, condition.than].map((field) => ({ as: 'date', field }));
    case 'more-than-household':
      return [{ as: 'count', field: condition.field }];
    case 'all':
    case 'any':
      return condition.of.flatMap(mentionsOfCondition);
    case 'not':
      return mentionsOfCondition(condition.of);
    case 'standing-in':
    case 'on-register':
    case 'payee-is':
      return [];
    default:
      return assertNever(condition);
  }
}

/** Every field that an amount is worked out from. */
export const mentionsOfAmount = (amount: Amount): Mention[] => amountNodes(amount).flatMap(mentionsOfNode);

function mentionsOfNode(node: Amount): Mention[] {
  if (node.kind === 'field') return [{ as: 'money', field: node.field }];
  if (node.kind === 'sum-of-list') return [{ as: 'money-column', field: node.field, column: node.column }];
  return node.kind === 'raised' ? mentionsOfCondition(node.when) : [];
}

/** An amount and all the amounts that it is made of. */
export function amountNodes(amount: Amount): Amount[] {
  switch (amount.kind) {
    case 'fixed':
    case 'field':
    case 'sum-of-list':
    case 'per-head':
      return [amount];
    case 'sum':
      return [amount, ...amount.of.flatMap(amountNodes)];
    case 'less':
      return [amount, ...[amount.from, ...amount.minus].flatMap(amountNodes)];
    case 'at-most':
      return [amount, ...[amount.of, amount.limit].flatMap(amountNodes)];
    case 'percent':
    case 'bands':
    case 'at-least':
    case 'raised':
      return [amount, ...amountNodes(amount.of)];
    default:
      return assertNever(amount);
  }
}

/** The amounts that a condition compares. */
export function amountsIn(condition: Condition): Amount[] {
  if (condition.kind === 'amount-over') return [condition.amount];
  if (condition.kind === 'amount-above') return [condition.amount, condition.than];
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(amountsIn);
  return condition.kind === 'not' ? amountsIn(condition.of) : [];
}
