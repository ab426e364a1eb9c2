import { buildSync } from 'esbuild';
import { functionEntries, functionNames } from '../../infra/constructs/function-entries.ts';
import { caseFileEntities } from '../../shared/store/case-file.entity.ts';
import { caseMarkEntities } from '../../shared/store/case-marks.entity.ts';
import { directoryEntities } from '../../shared/store/directory.entity.ts';
import { journalEntities } from '../../shared/store/journal.entity.ts';
import { registerEntities } from '../../shared/store/register.entity.ts';
import type { TableName } from '../../shared/store/table-keys.ts';
import { transientEntities } from '../../shared/store/transient.entity.ts';
import { clientFor } from '../support/dynamodb.ts';

const client = clientFor('http://127.0.0.1:1');
const entitiesOf: Record<TableName, object> = {
  cases: {
    ...caseFileEntities(client, 'cases'),
    ...caseMarkEntities(client, 'cases'),
    ...registerEntities(client, 'cases'),
    ...directoryEntities(client, 'cases'),
    // The key ring's own name for the keys of one owner.
    ownerKeys: 'ownerKeysEntity',
  },
  journal: journalEntities(client, 'journal'),
  transient: transientEntities(client, 'transient'),
};
const tableNames: readonly TableName[] = ['cases', 'journal', 'transient'];
const tableOf = (entity: string): TableName | undefined =>
  tableNames.find((table) => Object.hasOwn(entitiesOf[table], entity));

/** ElectroDB's words and DynamoDB's actions, each write on its own or within a transaction. */
const actions: Readonly<Record<string, string>> = {
  get: 'dynamodb:GetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  create: 'dynamodb:PutItem',
  upsert: 'dynamodb:UpdateItem',
  update: 'dynamodb:UpdateItem',
  patch: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  remove: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
  scan: 'dynamodb:Scan',
};

/** What becomes a batch when it is given a list. */
const batches: Readonly<Record<string, string>> = { get: 'dynamodb:BatchGetItem', delete: 'dynamodb:BatchWriteItem' };

export type UsedOperations = {
  readonly [Table in TableName]: readonly string[];
} & {
  /** `Put vote`: what is done to which entity. */
  readonly entities: readonly string[];
  /** Commands of the SDK: `SendEmailCommand`. */
  readonly commands: readonly string[];
  /** Our own files of which something is left in the bundle. */
  readonly files: readonly string[];
};

/** Our own code of each function as its bundle holds it, unminified: what esbuild leaves out is not looked at. */
const built = buildSync({
  absWorkingDir: `${import.meta.dirname}/../..`,
  entryPoints: functionNames.map((name) => ({ in: functionEntries[name], out: name })),
  outdir: 'none',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  metafile: true,
  write: false,
  logLevel: 'error',
});

/** `entities.task.query.own(`, `claim.put(`, `theCase.get(wanted.map(`; esbuild numbers names that it met twice. */
const calls = /\b(\w+?)\d*\.(?:(query|scan)\.\w|(\w+)\((\w*\.map\(|\[)?)/g;

/** What a function's code asks of AWS, read from its bundle. */
export function usedOperations(name: string): UsedOperations {
  const text = built.outputFiles.find(({ path }) => path.endsWith(`/${name}.js`))?.text ?? '';
  const inputs = built.metafile.outputs[`none/${name}.js`]?.inputs ?? {};
  const used: Record<TableName, Set<string>> = { cases: new Set(), journal: new Set(), transient: new Set() };
  const entities = new Set<string>();
  for (const [, entity = '', read, called, argument] of text.matchAll(calls)) {
    const word = read ?? called ?? '';
    const table = tableOf(entity);
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (table === undefined || action === undefined) continue;
    const many: string | undefined = argument === undefined ? undefined : batches[word];
    used[table].add(many ?? action);
    entities.add(`${action.slice('dynamodb:'.length)} ${entity}`);
  }
  if (/\.collections\.(caseFile|householdFile)\(/.test(text)) used.cases.add('dynamodb:Query');
  const commands = [...text.matchAll(/new (\w+Command)\d*\(/g)].map(([, command = '']) => command);
  if (/\bcreatePresignedPost\(/.test(text)) commands.push('PutObjectCommand');
  const sorted = (values: Iterable<string>) => [...new Set(values)].toSorted();
  return {
    cases: sorted(used.cases),
    journal: sorted(used.journal),
    transient: sorted(used.transient),
    entities: sorted(entities),
    commands: sorted(commands),
    files: Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0),
  };
}
