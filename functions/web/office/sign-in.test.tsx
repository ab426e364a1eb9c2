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

  it('ends after eight hours, and by the button', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    ports.clock.now = addHours(ports.clock.now, 9);
    expect((await reader.get('/office/cases')).path).toContain('/sign-in');
    const again = await signedIn('wen-zhuxi');
    await again.reader.post(again.page, '/sign-out');
    expect((await again.reader.get('/office/cases')).path).toContain('/sign-in');
  });
});

describe('a burst of requests for links (promise 22)', () => {
  const victim = 'wen.zhuxi-demo@union.example';
  const askFrom = async (sender: string, email: string, times: number) => {
    const reader = pageReader(officeApp(ports.deps), sender);
    const ask = await reader.get('/sign-in');
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) statuses.push((await reader.post(ask, '/sign-in', { email })).status);
    return statuses;
  };
  const mailsTo = (person: string) =>
    ports.posted.filter((item) => item.kind === 'mail' && JSON.stringify(item.to) === JSON.stringify({ person }))
      .length;

  it('mails one sender no more than five links to one address, and says that those still work', async () => {
    expect(await askFrom('203.0.113.7', victim, 7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(mailsTo('wen-zhuxi')).toBe(5);
    const reader = pageReader(officeApp(ports.deps), '203.0.113.7');
    const said = await reader.post(await reader.get('/sign-in'), '/sign-in', { email: victim });
    expect(said.text).toContain('先前寄出的链接 15 分钟内仍然有效');
    expect(said.html).toContain(`value="${victim}"`);
  });

  it('uses up the stranger’s own allowance: the person still signs in from elsewhere', async () => {
    await askFrom('203.0.113.7', victim, 500);
    expect(mailsTo('wen-zhuxi')).toBe(5);
    const { page } = await signInTo(ports, 'wen-zhuxi', '198.51.100.20');
    expect(page.path).toBe('/office/cases');
    expect(mailsTo('wen-zhuxi')).toBe(6);
  });

  it('from the person’s own network leaves a mailed link that works', async () => {
    await askFrom('198.51.100.20', victim, 500);
    const reader = pageReader(officeApp(ports.deps), '198.51.100.20');
    const enter = await reader.get('/sign-in/sign-in-wen-zhuxi');
    expect((await reader.post(enter, '/sign-in/sign-in-wen-zhuxi')).path).toBe('/office/cases');
  });

  it('with many addresses stops after the sender’s sixty, and others go on', async () => {
    for (let each = 0; each < 70; each += 1) await askFrom('203.0.113.7', `nobody-${each}@union.example`, 1);
    expect(await askFrom('203.0.113.7', 'you.zhidu-demo@union.example', 1)).toEqual([429]);
    expect(await askFrom('203.0.113.8', 'you.zhidu-demo@union.example', 1)).toEqual([200]);
  });

  it('from many senders fills nobody’s mailbox', async () => {
    for (let each = 0; each < 30; each += 1) await askFrom(`203.0.113.${each}`, victim, 5);
    expect(mailsTo('wen-zhuxi')).toBe(20);
  });

  it('is answered the same for an address that is in the directory and for one that is not', async () => {
    const known = await askFrom('203.0.113.7', victim, 7);
    expect(await askFrom('203.0.113.8', 'nobody@union.example', 7)).toEqual(known);
    expect(await askFrom('203.0.113.8', 'Nobody@Union.example', 1)).toEqual([429]);
  });
});
