import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { whereaboutsFile, writeDurably } from './data-folder.ts';

const schema = z.object({ url: z.string() });

/** Says in the data folder where this process answers, for commands that know only the folder. Returns how to unsay it. */
export function tellWhereabouts(folder: string, url: string): () => void {
  writeDurably(join(folder, whereaboutsFile), JSON.stringify({ url }));
  return () => rmSync(join(folder, whereaboutsFile), { force: true });
}

/** Where whoever has the folder answers; undefined while it starts. */
export function whereaboutsOf(folder: string): string | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, whereaboutsFile), 'utf8'))).url;
  } catch {
    return undefined;
  }
}
