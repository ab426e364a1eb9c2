import { formatDate, formatList } from '../../../shared/i18n/format.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { Table } from '../../../shared/web/controls/index.ts';
import { maskName } from '../../../shared/web/mask.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { StaffApp } from '../staff/staff-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';

/** The register of patches and households, to read. Names are masked: a list needs to tell households apart, no more. */
export function registerRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/office/register', async (c) => {
    const refused = refuseUnless(c, deps, 'see-register');
    if (refused !== undefined) return refused;
    const { lang, words } = c.var;
    const say = words.office.register;
    const patches = await deps.store.patches();
    const households = await Promise.all(patches.map(({ patchId }) => deps.store.householdsOfPatch(patchId)));
    return c.html(
      <StaffPage c={c} deps={deps} title={say.title}>
        <Table
          caption={say.title}
          isCaptionHidden
          columns={[{ label: say.patch }, { label: say.units }, { label: say.households, isNumeric: true }]}
          rows={patches.map((patch, index) => [
            <a class="govuk-link" href={`/office/register/${patch.patchId}`}>
              {patch.name[lang]}
            </a>,
            formatList(patch.units, lang),
            String(households[index]?.length ?? 0),
          ])}
        />
      </StaffPage>,
    );
  });

  app.get('/office/register/:patchId', async (c) => {
    const refused = refuseUnless(c, deps, 'see-register');
    if (refused !== undefined) return refused;
    const { lang, words } = c.var;
    const say = words.office.register;
    const patch = (await deps.store.patches()).find(({ patchId }) => patchId === c.req.param('patchId'));
    if (patch === undefined) return errorPage(c, 404);
    const today = localDateOf(deps.now());
    const households = await deps.store.householdsOfPatch(patch.patchId);
    const members = await Promise.all(
      households.map(async ({ householdId }) => {
        const people = await deps.store.membersOf(householdId, today);
        const named = await Promise.all(people.map(({ personId }) => deps.store.person(personId)));
        return formatList(
          named.map((person) => maskName(person?.name ?? '')),
          lang,
        );
      }),
    );
    return c.html(
      <StaffPage c={c} deps={deps} title={patch.name[lang]} backHref="/office/register">
        {households.length === 0 ? (
          <p class="govuk-body">{say.empty}</p>
        ) : (
          <Table
            caption={say.title}
            isCaptionHidden
            columns={[
              { label: say.household },
              { label: say.members },
              { label: say.standing },
              { label: say.surveyed },
              { label: say.since },
            ]}
            rows={households.map((each, index) => [
              each.householdId,
              members[index],
              words.approver.standing[each.standing],
              each.isSurveyed ? words.common.yes : words.common.no,
              formatDate(each.registeredOn, lang),
            ])}
          />
        )}
      </StaffPage>,
    );
  });
}
