import { type HTMLElement, parse } from 'node-html-parser';
import { applicantApp } from '../../functions/web/applicant/applicant-app.tsx';
import { approverApp } from '../../functions/web/approver/approver-app.tsx';
import { financeApp } from '../../functions/web/finance/finance-app.tsx';
import { fundsApp } from '../../functions/web/finance/funds-app.tsx';
import { officeApp } from '../../functions/web/office/office-app.tsx';
import { applicantPorts } from './applicant-ports.ts';
import { aroundIn, type World } from './case-world.ts';
import { type Page, pageReader } from './page-reader.ts';
import { signInTo } from './sign-in-to.ts';
import { withAuthenticator } from './one-time-codes.ts';
import { financePorts } from './finance-ports.ts';

/** The apps of pages that the staff have, but that of banks' results and that of accounts. */
export type StaffPages = 'approver' | 'finance' | 'funds' | 'office';
const staffApps = { approver: approverApp, office: officeApp } as const;

/** Apps differ in the words that they have, and so in their type. */
function readerOf(app: StaffPages, deps: ReturnType<typeof financePorts>['deps']) {
  if (app === 'finance') return pageReader(financeApp(deps));
  return app === 'funds' ? pageReader(fundsApp(deps)) : pageReader(staffApps[app](deps));
}

const code = 'K7M2 9QXD';

/** A union in memory as its people see it: reads the world as it stands, and changes nothing in it. */
export function pagesOf(world: World) {
  return {
    /** A page as somebody on the staff sees it, signed in, with an authenticator in use; or what the page answers to a form of theirs. */
    async ofStaff(personId: string, app: StaffPages, path: string, sent?: SentForm): Promise<Page> {
      const ports = financePorts();
      ports.clock.now = world.now;
      ports.staff.clear();
      for (const member of world.staff) ports.staff.set(member.personId, member);
      for (const file of world.files.values()) ports.put(file);
      for (const batch of world.batches.values()) ports.batches.set(batch.batchId, batch);
      // Whoever has none is shown what to do first in place of a button that asks for a code.
      for (const { personId: of } of world.staff) withAuthenticator(ports, of);
      const { reader } = await signInTo(ports, personId);
      const there = readerOf(app, ports.deps);
      for (const [name, value] of reader.cookies) there.cookies.set(name, value);
      const page = await there.get(path);
      return sent === undefined ? page : there.post(page, sent.action, sent.fields);
    },

    /** A page as a browser sees it that has shown number and code of the case `tracks`, or none. */
    async ofApplicant(path: string, tracks?: string): Promise<Page> {
      const ports = applicantPorts();
      ports.clock.now = world.now;
      for (const file of world.files.values()) {
        const trackingCodeHash = `hash-of-${code.replace(' ', '')}`;
        const caseNumber = file.case.caseNumber.toUpperCase();
        ports.cases.set(file.case.caseId, { ...file, case: { ...file.case, caseNumber, trackingCodeHash } });
      }
      const store = {
        ...ports.deps.store,
        aroundCase: async (file: Parameters<typeof aroundIn>[1]) => aroundIn(world, file),
      };
      const reader = pageReader(applicantApp({ ...ports.deps, store }));
      if (tracks !== undefined) {
        const caseNumber = world.files.get(tracks)?.case.caseNumber ?? '';
        await reader.post(await reader.get('/track'), '/track', { caseNumber, code });
      }
      return reader.get(path);
    },
  };
}

/** A form as it is sent, where a page is the answer to one. */
export type SentForm = { readonly action: string; readonly fields: Readonly<Record<string, string>> };

/** A form on a page that asks for a change, with what it offers to choose and the words on its buttons. */
export type Offered = {
  readonly action: string;
  readonly buttons: readonly string[];
  /** `name=value` of every labelled choice and every button with a value. */
  readonly choices: readonly string[];
};

/** The forms of a page that are sent by POST. */
export function formsOn({ html }: Page): Offered[] {
  return parse(html)
    .querySelectorAll('form')
    .filter((form) => form.getAttribute('method')?.toLowerCase() === 'post')
    .map((form) => {
      const labels = new Map(form.querySelectorAll('label').map((label) => [label.getAttribute('for'), textOf(label)]));
      const buttons = form.querySelectorAll('button').filter((button) => button.getAttribute('type') !== 'button');
      const labelled = form
        .querySelectorAll('input[type=radio], input[type=checkbox]')
        .filter((input) => (labels.get(input.getAttribute('id')) ?? '') !== '');
      return {
        action: form.getAttribute('action') ?? '',
        buttons: buttons.map(textOf),
        choices: [...buttons, ...labelled].map((each) => `${each.getAttribute('name')}=${each.getAttribute('value')}`),
      };
    });
}

const textOf = (element: HTMLElement): string => element.text.replace(/\s+/g, ' ').trim();
