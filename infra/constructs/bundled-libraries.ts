import { join } from 'node:path';
import { leanZod } from './lean-zod.ts';
import type { Stage } from './stage.ts';

const root = join(import.meta.dirname, '../..');
const ours = (file: string) => join(root, 'infra/bundled', file);
const theirs = (file: string) => join(root, 'node_modules', file);

/** Of the SDK's clients, the calls that we make, over its own signer, transport, retries and marshalling. */
const awsClients = {
  '@aws-sdk/client-dynamodb': ours('client-dynamodb.ts'),
  '@aws-sdk/lib-dynamodb': ours('lib-dynamodb.ts'),
  '@aws-sdk/client-kms': ours('client-kms.ts'),
  '@aws-sdk/client-s3': ours('client-s3.ts'),
  '@aws-sdk/client-sesv2': ours('client-sesv2.ts'),
  '@aws-sdk/client-sfn': ours('client-sfn.ts'),
  '@aws-sdk/s3-presigned-post': ours('s3-presigned-post.ts'),
  '@aws-sdk/s3-request-presigner': ours('s3-request-presigner.ts'),
};

/** What a bundle holds in place of a library: see docs/decisions/0004. Whatever is not in one fails the build by its name. */
const everywhere = {
  ...awsClients,
  jsonschema: ours('model-validator.ts'),
  'chinese-days': ours('chinese-days.ts'),
  '@smithy/core/retry': ours('smithy-retry.mjs'),
  zod: leanZod(),
  // Of Hono's JSX, what renders on the server: its index brings all that renders in a browser.
  'hono/jsx': theirs('hono/dist/jsx/context.js'),
  'hono/jsx/jsx-runtime': theirs('hono/dist/jsx/jsx-runtime.js'),
};

/** Each way of sending mail leaves out what the other needs. */
export const libraries: Record<Stage['mail'], { alias: Record<string, string>; external: string[] }> = {
  ses: { alias: everywhere, external: ['nodemailer'] },
  smtp: { alias: { ...everywhere, '@aws-sdk/client-sesv2': ours('no-ses.ts') }, external: [] },
};
