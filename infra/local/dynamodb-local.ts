import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository.ts';
import { messageOf, StartError } from './start-error.ts';

const run = promisify(execFile);
/** The npm package whose archive carries AWS's jar; only the archive is taken, none of its dependencies. */
const archive = 'amplify-dynamodb-simulator@2.9.30';

/**
 * Finds Java and the jar of AWS's DynamoDB Local, fetching the jar into `node_modules/.cache` when it is not there yet.
 *
 * @throws StartError with the one sentence that says what this platform needs
 */
export async function findDynamoDbLocal(): Promise<{ java: string; jarFolder: string }> {
  const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin', 'java');
  try {
    await run(java, ['-version']);
  } catch (cause) {
    throw new StartError(
      'This machine has no database for Reliefline: it needs Linux on x64, or Java 17 or later, or a DynamoDB address in AWS_ENDPOINT_URL_DYNAMODB.',
      { cause },
    );
  }
  const cache = join(repositoryRoot, 'node_modules', '.cache', 'dynamodb-local');
  const jarFolder = join(cache, 'package', 'emulator');
  if (!existsSync(join(jarFolder, 'DynamoDBLocal.jar'))) {
    try {
      rmSync(cache, { recursive: true, force: true });
      mkdirSync(cache, { recursive: true });
      const { stdout } = await run('npm', ['pack', archive, '--silent', '--pack-destination', cache], { cwd: cache });
      await run('tar', ['-xzf', join(cache, stdout.trim().split('\n').at(-1) ?? ''), '-C', cache]);
    } catch (cause) {
      throw new StartError(`DynamoDB Local could not be fetched from the npm registry: ${messageOf(cause)}`, { cause });
    }
  }
  return { java, jarFolder };
}
