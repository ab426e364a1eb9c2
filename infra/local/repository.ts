import { join } from 'node:path';

/** The folder that holds `cdk.json`: two above this file. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');
