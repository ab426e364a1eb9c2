import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import { caseIdSchema } from '../../../shared/kernel/ids.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { Answer, Reading } from '../staff/staff-context.ts';

export type OpenCase = { readonly file: CaseFile; readonly around: Around };

/** The case in the address, if whoever is signed in may see it. */
export async function openCase(
  c: Reading,
  deps: StaffDeps,
): Promise<(OpenCase & { kind: 'open' }) | { kind: 'answered'; response: Answer }> {
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
  if (file === undefined) return { kind: 'answered', response: errorPage(c, 404) };
  const around = await deps.store.loadAround(file);
  const actor = { kind: 'staff', member: c.var.member } as const;
  if (!can(actor, { action: 'view-case', file, around }).allowed)
    return { kind: 'answered', response: errorPage(c, 403) };
  return { kind: 'open', file, around };
}
