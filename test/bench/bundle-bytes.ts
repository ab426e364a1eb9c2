import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a function's asset weighs: all its files but source maps. */
export const bundleBytes = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.endsWith('.map'))
    .map((file) => statSync(join(folder, file)))
    .filter((found) => found.isFile())
    .reduce((sum, { size }) => sum + size, 0);
