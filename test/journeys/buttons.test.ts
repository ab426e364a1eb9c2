import { describe, expect, test } from 'vitest';
import { actionRoutes as applicantRoutes, applicantApp } from '../../functions/web/applicant/applicant-app.tsx';
import { actionRoutes as approverRoutes, approverApp } from '../../functions/web/approver/approver-app.tsx';
import { actionRoutes as financeRoutes, financeApp } from '../../functions/web/finance/finance-app.tsx';
import { actionRoutes as fundRoutes, fundsApp } from '../../functions/web/finance/funds-app.tsx';
import { actionRoutes as officeRoutes, officeApp } from '../../functions/web/office/office-app.tsx';
import { type Actor, can } from '../../shared/cases/can.ts';
import { caseLifecycle } from '../../shared/cases/case-lifecycle.ts';
import { verdictsFor, votedPurposes } from '../../shared/cases/decision-request.ts';
import { recoveryLifecycle } from '../../shared/cases/recovery.ts';
import { scheduledLifecycle } from '../../shared/cases/scheduled-item.ts';
import { batchLifecycle } from '../../shared/disbursement/batch.ts';
import { payoutLifecycle } from '../../shared/disbursement/payout.ts';
import { objectionLifecycle } from '../../shared/notice/objection.ts';
import { type StaffMember, staffMemberSchema } from '../../shared/register/staff.ts';
import type { Story } from '../support/case-story.ts';
import { emptyWorld } from '../support/case-world.ts';
import { actionsOf, ofTheMachine } from '../support/lifecycle-actions.ts';
import { formsOn, type Offered, pagesOf } from '../support/pages-of-world.ts';
import { monday, person, smallStaff, staffWith } from '../support/small-union.ts';
import {
  answer,
  asked,
  batchRows,
  caseRows,
  dueRows,
  objectionRows,
  otherRows,
  payoutRows,
  recoveryRows,
  type Row,
} from '../support/walk-rows.ts';

type Routes = Readonly<Record<string, readonly [string, string]>>;
/** By the folder of pages: two lifecycles may have an action of the same name. */
const routesOf: Readonly<Record<Row['app'], Routes>> = {
  applicant: applicantRoutes,
  approver: approverRoutes,
  finance: financeRoutes,
  funds: fundRoutes,
  office: officeRoutes,
};
const allRoutes = Object.values(routesOf).flatMap((routes) => Object.entries(routes));

const union = () => Object.assign(emptyWorld(), { staff: [...smallStaff(), staffWith('auditor-1', 'auditor')] });
type World = ReturnType<typeof union>;

const staffActor = (world: World, personId: string): Actor => ({
  kind: 'staff',
  member: world.staff.find((each) => each.personId === personId)!,
});

/** Whether a form of the action's route is there, with a button that says something and the choice that the action is. */
function offers(forms: readonly Offered[], app: Row['app'], action: string, choice?: string): boolean {
  const [method, path] = routesOf[app][action] ?? [];
  if (method !== 'POST' || path === undefined) throw new Error(`${action} has no route`);
  const isRoute = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
  return forms.some(
    (form) =>
      isRoute.test(form.action) &&
      (choice === undefined || form.choices.includes(choice)) &&
      form.buttons.length > 0 &&
      form.buttons.every((text) => text !== ''),
  );
}

/** Whether somebody is shown the button of an action, and whether the rules let them take it. */
async function seenBy(world: World, story: Story, row: Row, action: string, who: string | undefined) {
  const pages = pagesOf(world);
  const page = row.page(story);
  const [shown, actor] =
    row.app === 'applicant'
      ? [await pages.ofApplicant(page, who), { kind: 'applicant', caseId: who ?? '' } as const]
      : [await pages.ofStaff(who ?? '', row.app, page, row.sent?.(story)), staffActor(world, who ?? '')];
  return { isShown: offers(formsOn(shown), row.app, action, row.choice), mayTake: can(actor, row.wish(story)).allowed };
}

async function walk(row: Row, action: string): Promise<void> {
  const world = union();
  const story = row.story(world);
  const may = row.app === 'applicant' ? story.caseId : row.may;
  expect(await seenBy(world, story, row, action, may)).toEqual({ isShown: true, mayTake: true });
  if (row.app !== 'applicant') {
    expect(await seenBy(world, story, row, action, row.mayNot)).toEqual({ isShown: false, mayTake: false });
    return;
  }
  const later = union();
  const late = row.tooLate(later);
  expect(await seenBy(later, late, row, action, late.caseId)).toEqual({ isShown: false, mayTake: false });
  // What anybody may do asks nobody for a code.
  if (action !== 'object')
    expect(await seenBy(world, story, row, action, undefined)).toEqual({ isShown: false, mayTake: false });
}

describe.each([
  ['case', caseLifecycle, caseRows, (story: Story) => [story.status()]],
  ['payout', payoutLifecycle, payoutRows, (story: Story) => story.file().payouts.map(({ status }) => status)],
  ['batch', batchLifecycle, batchRows, (story: Story) => story.around().batches.map(({ status }) => status)],
  [
    'objection',
    objectionLifecycle,
    objectionRows,
    (story: Story) => story.file().objections.map(({ status }) => status),
  ],
  ['recovery', recoveryLifecycle, recoveryRows, (story: Story) => story.file().recoveries.map(({ status }) => status)],
  ['scheduled item', scheduledLifecycle, dueRows, (story: Story) => story.file().scheduled.map(({ status }) => status)],
] as const)('every button of the lifecycle of a %s', (name, table, rows, statusesOf) => {
  const ofPeople = actionsOf(table).filter((action) => !ofTheMachine[name]?.includes(action));

  test('belongs to an action of the table', () => {
    expect(Object.keys(rows).filter((action) => !ofPeople.includes(action))).toEqual([]);
  });

  test.each(ofPeople)('%s: is shown to whoever may take it, and to nobody else', async (action) => {
    const row = rows[action];
    if (row === undefined) throw new Error(`“${action}” of a ${name} has no row in test/support/walk-rows.ts`);
    const available: Readonly<Record<string, Readonly<Record<string, string>>>> = table;
    const froms = statusesOf(row.story(union()));
    expect(
      froms.filter((from) => action in (available[from] ?? {})),
      `${froms.join()} knows no ${action}`,
    ).not.toEqual([]);
    await walk(row, action);
  });
});

describe.each(votedPurposes)('every answer to %s', (purpose) => {
  test.each(verdictsFor[purpose])('%s: can be chosen by whoever was asked, and by nobody else', async (verdict) => {
    const [may = ''] = asked[purpose](union()).asked();
    // All answers are sent to the one page of the request.
    await walk(answer(purpose, verdict, may), 'to-review');
  });
});

test.each(Object.entries(otherRows))('%s: is shown to whoever may do it, and to nobody else', async (action, row) => {
  await walk(row, row.route ?? action);
});

/** What keeps the staff directory, and on which page; then what a second person settles. */
const keeping = {
  'enter-person': '/office/staff',
  appoint: '/office/staff/member-1',
  'end-appointment': '/office/staff/member-1',
  'propose-address': '/office/staff/member-1',
};
const settling = ['settle-appointment', 'settle-address'] as const;

describe('every button of the staff directory', () => {
  const member = staffMemberSchema.parse({
    ...staffWith('member-1', 'patch-member'),
    proposals: [
      {
        proposalId: 'proposal-1',
        appointment: { role: 'head', patchId: 'patch-1', from: '2016-11-01' },
        proposedBy: 'office-1',
        proposedAt: monday,
      },
    ],
    addressChange: { email: 'other@example.org', proposedBy: 'office-1', proposedAt: monday },
  });
  const seen = async (action: string, who: string, of: StaffMember, path: string): Promise<boolean> => {
    const world = union();
    world.staff = [...world.staff.filter(({ personId }) => personId !== of.personId), of];
    return offers(formsOn(await pagesOf(world).ofStaff(who, 'office', path)), 'office', action);
  };
  const manages = { action: 'manage-staff', now: monday } as const;

  test.each(Object.entries(keeping))('%s: is shown to the office, not to the auditor', async (action, path) => {
    const of = staffWith('member-1', 'patch-member');
    for (const [who, isAllowed] of [
      ['office-1', true],
      ['auditor-1', false],
    ] as const) {
      expect(can(staffActor(union(), who), manages).allowed).toBe(isAllowed);
      expect(await seen(action, who, of, path)).toBe(isAllowed);
    }
  });

  test.each(settling)('%s: is shown to a second person, not to whoever proposed it', async (action) => {
    const wish = {
      action: 'confirm-staff-change',
      now: monday,
      of: member.personId,
      proposedBy: person('office-1'),
    } as const;
    for (const [who, isAllowed] of [
      ['office-2', true],
      ['office-1', false],
      ['auditor-1', false],
    ] as const) {
      expect(can(staffActor(union(), who), wish).allowed).toBe(isAllowed);
      expect(await seen(action, who, member, '/office/staff/member-1')).toBe(isAllowed);
    }
  });
});

test('no page takes a POST that is not walked here, but for what asks for no right to a case', () => {
  const apart = [
    '/apply',
    '/apply/:draft/form',
    '/apply/:draft/papers',
    '/apply/:draft/papers/remove',
    '/apply/:draft/submit',
    '/track',
    '/track/case/:id/leave',
    '/track/case/:id/arrived',
    '/decide/:requestId/new-link',
    // Changes nothing: the way to the form of a batch. And carries on what was decided before.
    '/finance/batches/check',
    '/finance/batches/:batchId/go-on',
    // What two persons agree to for a fund is about no case.
    '/finance/funds/new',
    ...['receipt', 'hand-back', 'carry-over', 'change'].map((act) => `/finance/funds/:fundId/${act}`),
    ...['confirm', 'reject', 'undo'].map((step) => `/finance/funds/:fundId/proposals/:proposalId/${step}`),
    '/sign-in',
    '/sign-in/:token',
    '/sign-out',
  ];
  const apps = [applicantApp, approverApp, financeApp, fundsApp, officeApp].map((app) => app({} as never).routes);
  const taken = new Set(apps.flat().flatMap(({ method, path }) => (method === 'POST' ? [path] : [])));
  expect([...taken].sort()).toEqual([...new Set([...allRoutes.map(([, [, path]]) => path), ...apart])].sort());
});

test('every route that is named after an action is walked', () => {
  const ofCases = [caseRows, payoutRows, batchRows, objectionRows, recoveryRows, dueRows, otherRows].flatMap((rows) =>
    Object.keys(rows),
  );
  const walked = new Set([...ofCases, ...Object.keys(keeping), ...settling]);
  expect(allRoutes.map(([action]) => action).filter((action) => !walked.has(action))).toEqual([]);
});
