import type { Lang } from '../../../shared/i18n/lang.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { NotificationBanner } from '../../../shared/web/controls/index.ts';
import { labelOf } from './fault-words.ts';
import { useWords } from './use-words.ts';

/** Says that an old page was sent, and which answers stayed as they were saved since: the form below shows them. */
export function OldPageNotice({
  kept,
  programme,
  lang,
}: {
  kept: readonly string[];
  programme: ProgrammeVersion;
  lang: Lang;
}) {
  const words = useWords();
  const { oldPage, oldPageNext } = words.applicant.form;
  return (
    <NotificationBanner>
      <p>{oldPage}</p>
      <ul class="govuk-list govuk-list--bullet">
        {kept.map((name) => (
          <li>
            <a class="govuk-link" href={`#${name}`}>
              {labelOf(name, programme, lang, words)}
            </a>
          </li>
        ))}
      </ul>
      <p>{oldPageNext}</p>
    </NotificationBanner>
  );
}
