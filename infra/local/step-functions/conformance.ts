import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { ApiError } from './errors.ts';
import { engineInMemory } from './in-memory.ts';
import type { Verdict } from './recorded-case.ts';
import { judge, readCase } from './recorded-case.ts';

/** Where the recorded cases lie: beside the repository, for they are not ours. */
export const casesFolder = join(import.meta.dirname, '../../../../shared/conformance/asl');

/** Cases in which this engine does not do what AWS did, each with the reason. None is of a feature that we use. */
export const knownDifferences: Readonly<Record<string, string>> = {
  'scenarios/test_map_item_reader_base_json_max_items_jsonata':
    'a distributed Map that reads its items from S3; this engine runs inline Maps only and refuses the definition',
};

/** A sentence of the JSON parser's own cannot be the same in another language. */
const wordedByParser: readonly string[] = ['INVALID_JSON_DESCRIPTION'];

const refusedSchema = z.array(
  z.looseObject({
    id: z.string(),
    call: z.string(),
    definition: z.unknown(),
    expected: z.looseObject({
      error: z.string().optional(),
      message: z.string().optional(),
      result: z.string().optional(),
      diagnostics: z.array(z.record(z.string(), z.unknown())).optional(),
    }),
  }),
);
const validated = z.looseObject({ result: z.string(), diagnostics: z.array(z.record(z.string(), z.unknown())) });

export type Report = { runs: Verdict[]; refusals: Verdict[] };

/** Runs every recorded case of the folder; null where the folder is absent. */
export async function conformanceReport(folder: string): Promise<Report | null> {
  if (!existsSync(folder)) return null;
  const runs: Verdict[] = [];
  for (const file of (await readdir(join(folder, 'cases'))).sort()) {
    runs.push(await judge(readCase(await readFile(join(folder, 'cases', file), 'utf8'))));
  }
  const refusals: Verdict[] = [];
  const refused = refusedSchema.parse(JSON.parse(await readFile(join(folder, 'refused.json'), 'utf8')));
  for (const one of refused) {
    const text = typeof one.definition === 'string' ? one.definition : JSON.stringify(one.definition);
    const differences = await judgeRefusal(one.call, text, one.expected);
    refusals.push({ id: one.id, differences, causeDiffers: null });
  }
  return { runs, refusals };
}

async function judgeRefusal(
  call: string,
  definition: string,
  expected: z.infer<typeof refusedSchema>[number]['expected'],
): Promise<string[]> {
  const api = engineInMemory({ supports: () => true, run: async () => ({ kind: 'succeeded', output: null }) });
  try {
    if (call === 'CreateStateMachine') {
      const body = { name: 'refused', definition, roleArn: 'arn:aws:iam::111111111111:role/r' };
      const found = await api.call(call, body).then(
        () => 'accepted',
        (error: unknown) => (error instanceof ApiError ? `${error.code}: ${error.message}` : String(error)),
      );
      return found === `${expected.error}: ${expected.message}` ? [] : [found];
    }
    const found = validated.parse(await api.call(call, { definition }));
    const comparable = (list: readonly Record<string, unknown>[]) =>
      list.map((each) => (wordedByParser.includes(String(each['code'])) ? { code: each['code'] } : each));
    const isSame =
      found.result === expected.result &&
      isDeepStrictEqual(comparable(found.diagnostics), comparable(expected.diagnostics ?? []));
    return isSame ? [] : [JSON.stringify(found.diagnostics)];
  } finally {
    await api.close();
  }
}

async function main(): Promise<void> {
  const report = await conformanceReport(casesFolder);
  if (report === null) {
    console.log('conformance: the recorded cases are not here (../shared/conformance/asl), so nothing was compared');
    return;
  }
  const agreeing = report.runs.filter((run) => run.differences.length === 0);
  for (const run of report.runs) {
    if (run.differences.length === 0) continue;
    const reason = knownDifferences[run.id];
    console.log(`${reason === undefined ? 'DIFFERS' : 'known'}  ${run.id}: ${reason ?? run.differences.join('; ')}`);
  }
  for (const run of report.runs)
    if (run.causeDiffers !== null) console.log(`worded otherwise  ${run.id}: ${run.causeDiffers}`);
  for (const one of report.refusals) {
    if (one.differences.length > 0) console.log(`REFUSED OTHERWISE  ${one.id}: ${one.differences.join('; ')}`);
  }
  const right = report.refusals.filter((one) => one.differences.length === 0).length;
  console.log(`refusals: ${right} of ${report.refusals.length}`);
  console.log(`${agreeing.length} of ${report.runs.length}`);
  const unknown = report.runs.filter((run) => run.differences.length > 0 && !(run.id in knownDifferences));
  if (unknown.length > 0 || right < report.refusals.length) process.exitCode = 1;
}

if (import.meta.main) await main();
