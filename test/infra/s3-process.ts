import { startS3 } from '../../infra/local/s3.ts';

/** S3 in a process of its own, to be killed. Arguments: folder, port. */
const [folder, port] = process.argv.slice(2);
if (folder === undefined || port === undefined) throw new Error('folder, port');
await startS3({ folder, port: Number(port), buckets: ['papers'] });
process.stdout.write('ready\n');
