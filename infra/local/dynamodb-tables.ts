import * as z from 'zod';
import { messageOf, StartError } from './start-error.ts';
import type { TableDefinition } from './template.ts';

export type DynamoDbAnswer = { ok: true; body: unknown } | { ok: false; error: string; message: string };

const refusal = z.object({
  __type: z.string().default('Unknown'),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** One call over the plain protocol. The local databases ask for a signature's form and do not check it. */
export async function callDynamoDb(endpoint: string, operation: string, input: object): Promise<DynamoDbAnswer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': new Date().toISOString().replace(/[-:]|\.\d{3}/g, ''),
      authorization:
        'AWS4-HMAC-SHA256 Credential=S3RVER/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const body: unknown = await response.json();
  if (response.ok) return { ok: true, body };
  const parsed = refusal.safeParse(body);
  const error = parsed.data?.__type.split('#').at(-1) ?? 'Unknown';
  return { ok: false, error, message: parsed.data?.message ?? parsed.data?.Message ?? '' };
}

const described = z.object({
  Table: z.object({
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).optional(),
    AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  }),
});

/** Makes the tables that are missing, and the indexes that an existing table has not got yet. */
export async function ensureTables(endpoint: string, tables: TableDefinition[]): Promise<void> {
  for (const table of tables) {
    try {
      await ensureTable(endpoint, table);
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw new StartError(`The database at ${endpoint} does not answer: ${messageOf(error)}`, { cause: error });
    }
  }
}

async function ensureTable(endpoint: string, { name, properties }: TableDefinition): Promise<void> {
  const present = await callDynamoDb(endpoint, 'DescribeTable', { TableName: name });
  if (!present.ok) {
    if (present.error !== 'ResourceNotFoundException') {
      throw new StartError(
        `The table ${name} cannot be read (${present.error}: ${present.message}). Move the data away, or start with --fresh.`,
      );
    }
    expectOk(
      name,
      await callDynamoDb(endpoint, 'CreateTable', {
        TableName: name,
        AttributeDefinitions: properties.AttributeDefinitions,
        KeySchema: properties.KeySchema,
        GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
        LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    return;
  }
  const { Table } = described.parse(present.body);
  const existing = new Set(Table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of properties.GlobalSecondaryIndexes ?? []) {
    if (existing.has(index.IndexName)) continue;
    expectOk(
      name,
      await callDynamoDb(endpoint, 'UpdateTable', {
        TableName: name,
        AttributeDefinitions: properties.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    );
  }
}

function expectOk(name: string, answer: DynamoDbAnswer): void {
  if (!answer.ok) throw new StartError(`The table ${name} could not be made (${answer.error}: ${answer.message}).`);
}
