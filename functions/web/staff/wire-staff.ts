import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as z from 'zod';
import { now } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { changeAuthenticator } from '../../../shared/store/authenticator-store.ts';
import { putOutboxItem } from '../../../shared/store/outbox-store.ts';
import { changeStaff } from '../../../shared/store/staff-store.ts';
import { actOnCase, awardsNothing } from '../../middleware/act-on-case.ts';
import { readEnvironment } from '../../middleware/environment.ts';
import { theActDeps, theSecret, theStore } from '../../middleware/wiring.ts';
import type { StaffDeps } from './deps.ts';
import { openStaffStore } from './open-staff-store.ts';

const environment = readEnvironment(z.object({ EVIDENCE_BUCKET: z.string().min(1) }));
const paperSeconds = 60;

/** The parts of the staff's apps, wired to what the environment names. */
export async function theStaffDeps(): Promise<StaffDeps> {
  const act = theActDeps();
  const s3 = new S3Client({});
  return {
    store: openStaffStore(theStore()),
    actOnCase: (caseId, decide, options = awardsNothing) => actOnCase(act, caseId, decide, options),
    changeStaff: async (decide) => {
      const outcome = await changeStaff(act.store, decide, act);
      if (outcome.kind === 'saved') await act.send(outcome.outbox);
      return outcome;
    },
    changeAuthenticator: (personId, decide) => changeAuthenticator(act.store, personId, decide),
    post: async (item) => {
      await putOutboxItem(act.store, item);
      await act.send([item]);
    },
    paperUrl: ({ objectKey, contentType }) => {
      const command = new GetObjectCommand({
        Bucket: environment().EVIDENCE_BUCKET,
        Key: objectKey,
        ResponseContentType: contentType,
        ResponseContentDisposition: 'inline',
      });
      return getSignedUrl(s3, command, { expiresIn: paperSeconds });
    },
    now,
    newId: randomId,
    secrets: { csrf: await theSecret('csrf'), session: await theSecret('session') },
  };
}
