import { can } from '../../../shared/cases/can.ts';
import { sha256Of } from '../../../shared/disbursement/make-bank-file.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { FinanceApp } from './finance-context.ts';
import { batchOn, batchPath } from './batch-page.tsx';
import type { FinanceDeps } from './deps.ts';

/** The file of a released batch: the bytes that were sealed, or a failure that rings the alarm, never others. */
export function bankFileRoutes(app: FinanceApp, deps: FinanceDeps): void {
  app.get(`${batchPath}/file`, async (c) => {
    const allowed = can({ kind: 'staff', member: c.var.member }, { action: 'take-bank-file', now: deps.now() });
    if (!allowed.allowed) return errorPage(c, 403);
    const batch = await batchOn(c, deps);
    if (batch?.file === undefined) return errorPage(c, 404);
    const { file } = batch;
    const bytes = await deps.files.get(file.objectKey);
    if (sha256Of(bytes) !== file.sha256)
      throw new Error(`the file of batch ${batch.batchId} is not the one that was sealed`);
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'no-store',
      'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    });
  });
}
