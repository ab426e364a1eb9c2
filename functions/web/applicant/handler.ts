import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { now } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { actOnCase, awardsNothing } from '../../middleware/act-on-case.ts';
import { readEnvironment } from '../../middleware/environment.ts';
import { sendItems } from '../../middleware/send-outbox.ts';
import { webHandler } from '../../middleware/web-handler.tsx';
import { theActDeps, theOutboxDeps, theSecret, theSiteUrl, theStore } from '../../middleware/wiring.ts';
import { applicantApp } from './applicant-app.tsx';
import { evidenceBucket } from './evidence-bucket.ts';
import { openApplicantStore } from './open-applicant-store.ts';
import type { ApplicantApp } from './page-context.tsx';

const environment = readEnvironment(z.object({ EVIDENCE_BUCKET: z.string().min(1) }));
let evidenceOrigin = '';

async function openApp(): Promise<ApplicantApp> {
  const evidence = evidenceBucket(new S3Client({}), environment().EVIDENCE_BUCKET);
  // The policy for forms must name the bucket's origin, as an upload form does: asked of one, not guessed.
  evidenceOrigin = new URL((await evidence.uploadForm('drafts/none', theSiteUrl())).action).origin;
  return applicantApp({
    store: openApplicantStore(theStore()),
    actOnCase: (caseId, decide) => actOnCase(theActDeps(), caseId, decide, awardsNothing),
    sendOutbox: ({ outbox = [] }, file) => sendItems(theOutboxDeps(), outbox, { file, staff: [] }),
    evidence,
    siteUrl: theSiteUrl(),
    now,
    newId: randomId,
    secrets: { csrf: await theSecret('csrf'), session: await theSecret('session') },
  });
}

export const handler = webHandler(openApp, { evidenceOrigin: () => evidenceOrigin });
