import { randomBytes } from 'node:crypto';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { tableKeys, type TableName } from '../../shared/store/table-keys.ts';

/** Kinds of items and how large one is, in bytes of text, as the product stores it for the reference application. */
const sizes = {
  'audit event': 450,
  application: 2_800,
  award: 430,
  case: 850,
  'case number': 150,
  claim: 200,
  'data key': 300,
  draft: 1_280,
  fund: 600,
  household: 550,
  'id number': 200,
  'ledger entry': 600,
  link: 340,
  membership: 400,
  'outbox item': 350,
  payout: 800,
  person: 400,
  posting: 150,
  request: 825,
  tally: 290,
  task: 210,
  vote: 535,
} as const;
type Kind = keyof typeof sizes;

const tableOf = (kind: Kind): TableName => {
  if (kind === 'audit event' || kind === 'ledger entry') return 'journal';
  return kind === 'draft' || kind === 'link' || kind === 'outbox item' ? 'transient' : 'cases';
};

/** One commit: what is put, and what is taken out. `sent`: outbox items that have gone out, taken out in one batch. */
export type Commit = {
  readonly what: string;
  readonly why: string;
  readonly puts: readonly Kind[];
  readonly takesOut?: readonly Kind[];
  readonly kind: 'put' | 'transaction' | 'batch' | 'counter';
};

const times = <T>(count: number, kind: T): T[] => Array.from({ length: count }, () => kind);
const sent = (count: number, what: string): Commit => ({
  what: `sent: ${what}`,
  why: 'else the sweeper sends it again; it may be taken out only after it has gone',
  puts: [],
  takesOut: times(count, 'outbox item'),
  kind: 'batch',
});

/**
 * The least that has to be written to DynamoDB for the reference application: a newcomer's major illness, reviewed by two of three,
 * approved on one level, posted, paid from one fund. One commit for each thing that somebody is told of or that may not be lost.
 * It is a list of what the promises need and does not follow the code.
 */
export const leastCommits: readonly Commit[] = [
  {
    what: 'the form as typed',
    why: 'nothing typed is lost between two pages',
    puts: ['draft'],
    kind: 'put',
  },
  {
    what: 'a case number is drawn',
    why: 'numbers without doubles, before the case names one',
    puts: [],
    kind: 'counter',
  },
  {
    what: 'submitted',
    why: 'person, household and case come to be at once, with their keys; audit; the workflow and the applicant are told',
    puts: [
      ...([
        'case',
        'application',
        'case number',
        'person',
        'id number',
        'household',
        'membership',
        'data key',
      ] as const),
      ...times(2, 'audit event' as const),
      ...times(2, 'outbox item' as const),
    ],
    takesOut: ['draft'],
    kind: 'transaction',
  },
  sent(2, 'start, submitted'),
  {
    what: 'accepted, review asked for',
    why: 'the bill is claimed; two people are asked by a link each, seen in their lists; the token is kept',
    puts: [
      ...(['case', 'claim', 'request', 'audit event'] as const),
      ...times(2, 'link' as const),
      ...times(2, 'task' as const),
      ...times(2, 'outbox item' as const),
    ],
    kind: 'transaction',
  },
  sent(2, 'two reviewers'),
  {
    what: 'first vote',
    why: 'an answer counts once it is on the disk',
    puts: ['case', 'vote', 'request', 'audit event'],
    takesOut: ['task'],
    kind: 'transaction',
  },
  {
    what: 'second vote',
    why: 'the review is decided, the workflow is to be woken',
    puts: ['case', 'vote', 'request', 'audit event', 'outbox item'],
    takesOut: ['task'],
    kind: 'transaction',
  },
  {
    what: 'approval asked for',
    why: 'the decision is consumed; three officers are asked',
    puts: [
      ...(['case', 'request', 'request', 'audit event'] as const),
      ...times(3, 'link' as const),
      ...times(3, 'task' as const),
      ...times(3, 'outbox item' as const),
    ],
    takesOut: ['outbox item'],
    kind: 'transaction',
  },
  sent(3, 'three officers'),
  {
    what: 'approved',
    why: 'vote, award and reservation are one write; the notice begins; the applicant is told',
    puts: [
      ...(['case', 'vote', 'request', 'award', 'fund', 'ledger entry', 'tally', 'posting'] as const),
      ...times(2, 'audit event' as const),
      ...times(2, 'outbox item' as const),
    ],
    takesOut: times(3, 'task'),
    kind: 'transaction',
  },
  sent(1, 'approved and on notice'),
  {
    what: 'notice runs',
    why: 'the decision is consumed; the token is kept',
    puts: ['case', 'request', 'request', 'audit event'],
    takesOut: ['outbox item'],
    kind: 'transaction',
  },
  {
    what: 'notice over, payment ordered',
    why: 'off the board, one payout; finance is asked',
    puts: [...(['case', 'request', 'request', 'payout', 'audit event'] as const), ...times(2, 'outbox item' as const)],
    takesOut: ['posting'],
    kind: 'transaction',
  },
  sent(2, 'two of finance'),
  {
    what: 'put into a batch',
    why: 'one of finance has made it, and another is to release it; the batch itself is shared by many',
    puts: ['case', 'payout', 'audit event'],
    kind: 'transaction',
  },
  {
    what: 'released to the bank',
    why: 'from now on nothing can be withdrawn',
    puts: ['case', 'payout', 'audit event'],
    kind: 'transaction',
  },
  {
    what: 'confirmed',
    why: 'reserved becomes paid in the same write; the case ends; applicant and workflow are told',
    puts: [
      ...(['case', 'payout', 'award', 'fund', 'ledger entry', 'request'] as const),
      ...times(2, 'audit event' as const),
      ...times(2, 'outbox item' as const),
    ],
    kind: 'transaction',
  },
  sent(2, 'paid, and the workflow woken, which ends'),
];

/** Papers of the reference application; they lie in S3, bare. */
export const leastObjects = 5;

const tableName = (table: TableName): string => `floor-${table}`;

/** Tables with the product's keys and indexes, beside the product's own. */
export async function makeFloorTables(client: DynamoDBClient): Promise<void> {
  for (const table of ['cases', 'journal', 'transient'] as const) {
    const { partitionKey, sortKey, indexes } = tableKeys[table];
    const names = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
    await client.send(
      new CreateTableCommand({
        TableName: tableName(table),
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        KeySchema: schema(partitionKey, sortKey),
        GlobalSecondaryIndexes:
          indexes.length === 0
            ? undefined
            : indexes.map((index) => ({
                IndexName: index.name,
                KeySchema: schema(index.partitionKey, index.sortKey),
                Projection: { ProjectionType: 'ALL' },
              })),
      }),
    );
  }
}

const schema = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

/** What lies in an index besides the table: lists read by it need it. */
const indexed: readonly Kind[] = ['case', 'payout', 'household', 'membership', 'ledger entry', 'outbox item'];

/**
 * Writes the floor of one application.
 * @param tell is told of each transaction how many milliseconds it took
 */
export async function writeFloor(
  client: DynamoDBClient,
  s3: S3Client,
  bucket: string,
  tell: (ms: number) => void = () => undefined,
): Promise<void> {
  const id = randomBytes(8).toString('hex');
  for (let paper = 0; paper < leastObjects; paper += 1) {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `floor/${id}/${paper}`, Body: randomBytes(500) }));
  }
  const standing = new Map<Kind, string[]>();
  let serial = 0;
  const put = (kind: Kind) => {
    serial += 1;
    const sk = `${kind}#${serial}`;
    standing.set(kind, [...(standing.get(kind) ?? []), sk]);
    const keys: Record<string, { S: string }> = { pk: { S: `floor#${id}` }, sk: { S: sk } };
    if (indexed.includes(kind)) {
      keys['gsi1pk'] = { S: `${kind}#open` };
      keys['gsi1sk'] = { S: `${id}#${serial}` };
    }
    const filler = randomBytes(Math.ceil(sizes[kind] * 0.75)).toString('base64');
    return { TableName: tableName(tableOf(kind)), Item: { ...keys, body: { S: filler } } };
  };
  const takeOut = (kind: Kind) => {
    const sk = standing.get(kind)?.pop();
    if (sk === undefined) throw new Error(`the floor takes out a ${kind} that it did not put`);
    return { TableName: tableName(tableOf(kind)), Key: { pk: { S: `floor#${id}` }, sk: { S: sk } } };
  };
  for (const { kind, puts, takesOut = [] } of leastCommits) {
    if (kind === 'counter') {
      const Key = { pk: { S: 'floor#counter' }, sk: { S: 'counter' } };
      const add = { UpdateExpression: 'ADD held :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
      await client.send(new UpdateItemCommand({ TableName: tableName('cases'), Key, ...add }));
      continue;
    }
    const deletes = takesOut.map(takeOut);
    if (kind === 'batch') {
      const requests = deletes.map(({ Key }) => ({ DeleteRequest: { Key } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName('transient')]: requests } }));
      continue;
    }
    const items = [
      ...puts.map((each) => ({ Put: { ...put(each), ConditionExpression: 'attribute_not_exists(pk)' } })),
      ...deletes.map((each) => ({ Delete: each })),
    ];
    const began = performance.now();
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    tell(performance.now() - began);
  }
}
