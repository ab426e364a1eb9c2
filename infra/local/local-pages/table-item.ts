import * as z from 'zod';

const attribute = z.looseObject({});

/** Reads an attribute as DynamoDB's protocol writes it (`{"S":"…"}`); bytes stay bytes, so that nobody takes them for text. */
export function plainValue(value: unknown): unknown {
  const [entry] = Object.entries(attribute.parse(value));
  const [type, content] = entry ?? ['NULL', null];
  switch (type) {
    case 'N':
      return Number(content);
    case 'NULL':
      return null;
    case 'B':
    case 'BS':
      return new Uint8Array();
    case 'NS':
      return z.array(z.string()).parse(content).map(Number);
    case 'L':
      return z.array(z.unknown()).parse(content).map(plainValue);
    case 'M':
      return plainItem(content);
    default:
      return content;
  }
}

export const plainItem = (item: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attribute.parse(item)).map(([name, value]) => [name, plainValue(value)]));
