import * as z from 'zod';
import { callDynamoDb } from '../dynamodb-tables.ts';
import { plainItem } from './table-item.ts';

/** An open request of a case: who is asked, by role and id; a name is nowhere in it. */
export type AskedPeople = { purpose: string; seats: { role: string; personId: string; isAsked: boolean }[] };

const input = z.object({ caseId: z.string() });
const answer = z.object({ Items: z.array(z.unknown()).default([]) });
const request = z.object({
  body: z.object({
    status: z.string(),
    purpose: z.string(),
    seats: z.array(z.object({ role: z.string(), personId: z.string(), askedAt: z.string().optional() })).default([]),
  }),
});

/** Reads the open requests of the case that an execution is about. None where the execution is about no case. */
export async function askedPeople(
  endpoint: string,
  tables: readonly string[],
  executionInput: string,
): Promise<AskedPeople[]> {
  const about = input.safeParse(readJson(executionInput));
  if (!about.success) return [];
  const found = await Promise.all(
    tables.map((TableName) =>
      callDynamoDb(endpoint, 'Query', {
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :requests)',
        ExpressionAttributeValues: {
          ':pk': { S: `$reliefline#caseId_${about.data.caseId}` },
          ':requests': { S: '$caseFile#request_' },
        },
      }),
    ),
  );
  return found
    .flatMap((each) => (each.ok ? answer.parse(each.body).Items : []))
    .flatMap((item) => {
      const parsed = request.safeParse(plainItem(item));
      if (!parsed.success || parsed.data.body.status !== 'open') return [];
      const { purpose, seats } = parsed.data.body;
      return [
        {
          purpose,
          seats: seats.map(({ role, personId, askedAt }) => ({ role, personId, isAsked: askedAt !== undefined })),
        },
      ];
    });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
