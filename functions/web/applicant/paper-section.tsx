import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { Paper } from '../../../shared/programmes/programme-version.ts';
import { Button, Form } from '../../../shared/web/controls/index.ts';
import { FormGroup } from '../../../shared/web/controls/form-group.tsx';
import { acceptedFiles, megabytes } from '../evidence/judge-file.ts';
import { useWords } from './use-words.ts';

/** One paper: what it is, what is there, and a form that uploads one more file to the bucket. */
export function PaperSection({
  paper,
  files,
  error,
  upload,
  removeAction,
  canRemove,
  csrf,
  lang,
}: {
  paper: Paper;
  files: readonly PaperFile[];
  error: string | undefined;
  upload: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
  removeAction: string;
  /** A file that a case holds already may stay. */
  canRemove: (file: PaperFile) => boolean;
  csrf: string;
  lang: Lang;
}) {
  const { papers } = useWords().applicant;
  const label = paper.label[lang];
  const needed =
    paper.due !== 'with-the-application'
      ? papers.dueLater({ days: paper.due.withinDays })
      : paper.atLeast > 0
        ? papers.needed({ count: paper.atLeast })
        : papers.notNeeded;
  return (
    <section class="app-paper" id={`paper-${paper.id}`}>
      <h2 class="govuk-heading-m">{label}</h2>
      <p class="govuk-body">
        {[paper.help?.[lang], [needed, papers.atMost({ count: paper.atMost })].join(lang === 'zh' ? '，' : ', ')]
          .filter(Boolean)
          .join(' ')}
      </p>
      {files.length === 0 ? (
        <p class="govuk-hint">{papers.none}</p>
      ) : (
        <ul class="govuk-list app-files">
          {files.map((file, index) => (
            <li>
              <Form action={removeAction} csrf={csrf} hidden={{ file: file.fileId }}>
                <span>
                  {papers.uploaded({
                    number: index + 1,
                    kind: file.contentType === 'application/pdf' ? papers.document : papers.image,
                    size: megabytes(file.sizeBytes),
                  })}
                </span>{' '}
                {canRemove(file) ? (
                  <button
                    type="submit"
                    class="app-link-button"
                    aria-label={papers.removeWhat({ number: index + 1, paper: label })}
                  >
                    {papers.remove}
                  </button>
                ) : null}
              </Form>
            </li>
          ))}
        </ul>
      )}
      {files.length >= paper.atMost ? (
        // Where the form would stand: the summary's link leads here too, when one file too many came.
        <p class="govuk-hint" id={paper.id}>
          {error ?? papers.full}
        </p>
      ) : (
        <Form action={upload.action} isMultipart hidden={upload.fields}>
          <FormGroup name={paper.id} label={papers.choose({ paper: label })} error={error}>
            {/* The bucket wants the field to be called `file`, and last. */}
            <input
              class={`govuk-file-upload app-file${error ? ' govuk-file-upload--error' : ''}`}
              id={paper.id}
              name="file"
              type="file"
              accept={acceptedFiles}
              aria-describedby={error ? `${paper.id}-error` : undefined}
              aria-invalid={error ? 'true' : undefined}
            />
          </FormGroup>
          <Button look="secondary">{papers.uploadWhat({ paper: label })}</Button>
        </Form>
      )}
    </section>
  );
}
