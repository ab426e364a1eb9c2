// Plain JavaScript, since a Node that is too old to run TypeScript must still be able to say so.
import * as module from 'node:module';
import process from 'node:process';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Reliefline needs Node 24, this is ${process.version}. Run it with npm start, after an npm ci without --ignore-scripts (it brings Node 24 along).`,
  );
  process.exitCode = 1;
} else {
  // Set before anything reads a date: a worker thread cannot change its time zone any more.
  process.env.TZ = 'UTC';
  module.enableCompileCache();
  await import('./main.ts');
}
