import * as z from 'zod';

/** What a batch asks for, table by table; a read has its keys under `Keys`. */
const readSchema = z.looseObject({ RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(z.unknown()) })) });
const writeSchema = z.looseObject({ RequestItems: z.record(z.string(), z.array(z.unknown())) });

export type HeldBack = { readonly request: string; readonly answer: (body: string) => string };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * A batch of which DynamoDB does only a part, as it may whenever it is busy: the last entry is not asked for and comes back as
 * unprocessed. Undefined for a batch of one, which DynamoDB refuses as a whole instead.
 */
export function holdBackOne(operation: string, body: string): HeldBack | undefined {
  const content = parsed(body);
  if (operation === 'BatchGetItem') {
    const read = readSchema.safeParse(content).data;
    const [table, asked] = Object.entries(read?.RequestItems ?? {})[0] ?? [];
    if (read === undefined || table === undefined || asked === undefined || asked.Keys.length < 2) return undefined;
    const kept = { ...asked, Keys: asked.Keys.slice(0, -1) };
    const left = { [table]: { ...asked, Keys: asked.Keys.slice(-1) } };
    return instead({ ...read, RequestItems: { ...read.RequestItems, [table]: kept } }, { UnprocessedKeys: left });
  }
  if (operation === 'BatchWriteItem') {
    const written = writeSchema.safeParse(content).data;
    const [table, writes = []] = Object.entries(written?.RequestItems ?? {})[0] ?? [];
    if (written === undefined || table === undefined || writes.length < 2) return undefined;
    const kept = writes.slice(0, -1);
    const left = { [table]: writes.slice(-1) };
    return instead(
      { ...written, RequestItems: { ...written.RequestItems, [table]: kept } },
      { UnprocessedItems: left },
    );
  }
  return undefined;
}

const instead = (request: object, left: object): HeldBack => ({
  request: JSON.stringify(request),
  answer: (body) => JSON.stringify({ ...Object(parsed(body)), ...left }),
});
