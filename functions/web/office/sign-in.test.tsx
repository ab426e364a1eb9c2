import { beforeEach, describe, expect, it } from 'vitest';
import { addHours } from '../../../shared/kernel/time.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { officeApp } from './office-app.tsx';

let ports: ReturnType<typeof staffPorts>;
beforeEach(() => {
  ports = staffPorts();
});
const signedIn = (person: string) => signInTo(ports, person);

describe('signing in', () => {
  it('answers the same whether the address is in the directory or not, and mails only there', async () => {
    const reader = pageReader(officeApp(ports.deps));
    const ask = await reader.get('/sign-in');
    const known = await reader.post(ask, '/sign-in', { email: 'wen.zhuxi-demo@union.example' });
    const unknown = await reader.post(ask, '/sign-in', { email: 'nobody@union.example' });
    expect(known.text).toBe(unknown.text);
    expect(ports.posted).toMatchObject([{ template: 'sign-in', to: { person: 'wen-zhuxi' } }]);
  });

  it('uses a link up by its button, not by looking, and only once', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    expect((await reader.get('/office/cases')).status).toBe(200);
    expect((await reader.get('/sign-in/sign-in-wen-zhuxi')).status).toBe(410);
  });

  it('mails no more than five links in a quarter of an hour', async () => {
    const reader = pageReader(officeApp(ports.deps));
    const ask = await reader.get('/sign-in');
    for (let time = 0; time < 8; time += 1)
      await reader.post(ask, '/sign-in', { email: 'wen.zhuxi-demo@union.example' });
    expect(ports.posted).toHaveLength(5);
  });

  it('ends after eight hours, and by the button', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    ports.clock.now = addHours(ports.clock.now, 9);
    expect((await reader.get('/office/cases')).path).toContain('/sign-in');
    const again = await signedIn('wen-zhuxi');
    await again.reader.post(again.page, '/sign-out');
    expect((await again.reader.get('/office/cases')).path).toContain('/sign-in');
  });
});
