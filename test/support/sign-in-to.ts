import { officeApp } from '../../functions/web/office/office-app.tsx';
import { personIdSchema } from '../../shared/kernel/ids.ts';
import { pageReader } from './page-reader.ts';
import type { staffPorts } from './staff-ports.ts';

/** Signs somebody on the staff in to the office's pages, in a browser of their own. */
export async function signInTo(ports: ReturnType<typeof staffPorts>, person: string, sender?: string) {
  const reader = pageReader(officeApp(ports.deps), sender);
  const ask = await reader.get('/sign-in');
  await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(person))!.email });
  const enter = await reader.get(`/sign-in/sign-in-${person}`);
  return { reader, page: await reader.post(enter, `/sign-in/sign-in-${person}`) };
}
