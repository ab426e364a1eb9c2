import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { readEnvironment } from '../../middleware/environment.ts';
import { theSiteUrl } from '../../middleware/wiring.ts';
import { scanBox } from '../evidence/scan-box.ts';
import type { ScanDeps } from './scan-upload.tsx';

const environment = readEnvironment(z.object({ EVIDENCE_BUCKET: z.string().min(1) }));

/** Where this Lambda takes scans in and keeps them. */
export const theScans = (folder: 'vouchers/' | 'receipts/'): Pick<ScanDeps, 'scans' | 'siteUrl'> => ({
  scans: scanBox({ s3: new S3Client({}), name: environment().EVIDENCE_BUCKET }, folder),
  siteUrl: theSiteUrl(),
});

/** The policy for forms must name the bucket's origin, as an upload form does: asked of one, not guessed. */
export const originOf = async ({ scans, siteUrl }: Pick<ScanDeps, 'scans' | 'siteUrl'>): Promise<string> =>
  new URL((await scans.uploadForm(`${scans.folder}incoming/none`, siteUrl)).action).origin;
