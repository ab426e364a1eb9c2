import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { hasCode, StartError } from './start-error.ts';

export type Ports = { web: number; inbox: number; s3: number; dynamodb: number; stepFunctions: number; kms: number };

const services = ['the pages', 'the mail inbox', 'S3', 'DynamoDB', 'Step Functions', 'KMS'];

/** Six ports in a row, from the first: pages, inbox, S3, DynamoDB, Step Functions, KMS. */
export function portsFrom(first: number): Ports {
  return {
    web: first,
    inbox: first + 1,
    s3: first + 2,
    dynamodb: first + 3,
    stepFunctions: first + 4,
    kms: first + 5,
  };
}

/**
 * Checks that all six are free, before anything is started. A killed run's database needs a moment to end, so a taken
 * port is asked again for a second.
 *
 * @throws StartError naming the port that is taken
 */
export async function claimPorts(first: number): Promise<Ports> {
  const ports = portsFrom(first);
  for (const [index, name] of services.entries()) {
    const port = first + index;
    for (let attempt = 0; !(await isFree(port)); attempt += 1) {
      if (attempt === 20) throw new StartError(`Port ${port} (for ${name}) is taken. Choose another with --port.`);
      await pause(50);
    }
  }
  return ports;
}

/** Six free ports in a row somewhere above 20000, for tests that run side by side. */
export async function findPorts(random: () => number = Math.random): Promise<Ports> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const ports = portsFrom(20_000 + Math.floor(random() * 6_000) * 6);
    const free = await Promise.all(Object.values(ports).map(isFree));
    if (free.every(Boolean)) return ports;
  }
  throw new StartError('There are no six free ports in a row above 20000.');
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE')) resolve(false);
      else if (hasCode(error, 'EACCES'))
        reject(new StartError(`Port ${port} needs more rights. Choose one above 1024.`));
      else reject(error);
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
