import { beforeEach, describe, expect, it } from 'vitest';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { addHours } from '../../../shared/kernel/time.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { approverApp } from './approver-app.tsx';

let ports: ReturnType<typeof staffPorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = staffPorts();
  caseId = ports.caseInReview();
});

const request = () => ports.file(caseId).requests[0]!;
const holder = () => request().seats[0]!;
const emailOfHolder = () => ports.staff.get(holder().personId)!.email;

const askFrom = async (sender: string, email: string, times: number) => {
  const reader = pageReader(approverApp(ports.deps), sender);
  const page = await reader.get(`/decide/${request().requestId}`);
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1)
    statuses.push((await reader.post(page, `${page.path}/new-link`, { email })).status);
  return statuses;
};

describe('a burst of requests for new decision links (promise 22)', () => {
  it('uses up the stranger’s own allowance: the approver still gets a link and decides', async () => {
    const statuses = await askFrom('203.0.113.7', emailOfHolder(), 300);
    expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 429]);
    expect(holder().generation).toBe(4);
    expect(await askFrom('198.51.100.20', emailOfHolder(), 1)).toEqual([200]);
    expect(holder().generation).toBe(5);
    const reader = pageReader(approverApp(ports.deps), '198.51.100.20');
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    const contentVersion = String(request().contentVersion);
    const fields = { requestId: request().requestId, contentVersion, verdict: 'recommend', amount: '2000' };
    expect((await reader.post(page, page.path, fields)).text).toContain('您的决定已记录');
  });

  it('leaves whoever holds an old link an allowance of their own, from the stranger’s network too', async () => {
    const [old = ''] = ports.linksOf(caseId);
    await askFrom('203.0.113.7', emailOfHolder(), 10);
    const reader = pageReader(approverApp(ports.deps), '203.0.113.7');
    const dead = await reader.get(old);
    expect(dead.status).toBe(410);
    const sent = await reader.post(dead, `/decide/${request().requestId}/new-link`, { link: old.slice('/d/'.length) });
    expect([sent.status, holder().generation]).toEqual([200, 5]);
  });

  it('stops a sender who tries address after address, keeps what was typed, and tells nothing of who was asked', async () => {
    for (let each = 0; each < 30; each += 1) await askFrom('203.0.113.7', `nobody-${each}@union.example`, 1);
    const reader = pageReader(approverApp(ports.deps), '203.0.113.7');
    const page = await reader.get(`/decide/${request().requestId}`);
    const stopped = await reader.post(page, `${page.path}/new-link`, { email: emailOfHolder() });
    expect(stopped.status).toBe(429);
    expect(stopped.html).toContain(`value="${emailOfHolder()}"`);
    expect(stopped.text).toContain('最近寄出的链接仍然有效');
    expect(holder().generation).toBe(1);
    const known = await askFrom('203.0.113.8', emailOfHolder(), 5);
    expect(await askFrom('203.0.113.9', 'nobody@union.example', 5)).toEqual(known);
  });

  it('from many senders mails one approver no more than twelve links for one request', async () => {
    for (let each = 0; each < 20; each += 1) await askFrom(`203.0.113.${each}`, emailOfHolder(), 3);
    expect(holder().generation).toBe(13);
    ports.clock.now = addHours(ports.clock.now, 1);
    expect(await askFrom('198.51.100.20', emailOfHolder(), 1)).toEqual([200]);
    expect(holder().generation).toBe(14);
  });
});
