import type { Child } from 'hono/jsx';

export type TableColumn = { label: string; isNumeric?: boolean | undefined };

/**
 * A table that turns into cards on a narrow screen, where each cell says its column's name. The roles restate what the
 * elements mean because `display: block` takes it away from some screen readers.
 * @param props.rows cells in the order of the columns; the first names its row
 */
export function Table({
  caption,
  isCaptionHidden,
  columns,
  rows,
  foot,
}: {
  caption: string;
  isCaptionHidden?: boolean | undefined;
  columns: readonly TableColumn[];
  rows: readonly (readonly Child[])[];
  /** A last row in bold, such as a total. */
  foot?: readonly Child[] | undefined;
}) {
  const row = (cells: readonly Child[], isFoot: boolean) => (
    <tr class="govuk-table__row" role="row">
      {columns.map((column, index) => {
        const kind = column.isNumeric ? ' govuk-table__cell--numeric' : '';
        return index === 0 ? (
          <th scope="row" role="rowheader" class="govuk-table__header app-table__name">
            {cells[index]}
          </th>
        ) : (
          <td
            role="cell"
            class={`govuk-table__cell${kind}${isFoot ? ' app-table__total' : ''}`}
            data-label={column.label}
          >
            {cells[index]}
          </td>
        );
      })}
    </tr>
  );
  return (
    <table class="govuk-table app-table" role="table">
      <caption class={isCaptionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'}>
        {caption}
      </caption>
      <thead class="govuk-table__head" role="rowgroup">
        <tr class="govuk-table__row" role="row">
          {columns.map((column) => (
            <th
              scope="col"
              role="columnheader"
              class={`govuk-table__header${column.isNumeric ? ' govuk-table__header--numeric' : ''}`}
            >
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body" role="rowgroup">
        {rows.map((cells) => row(cells, false))}
      </tbody>
      {foot ? (
        <tfoot class="app-table__foot" role="rowgroup">
          {row(foot, true)}
        </tfoot>
      ) : null}
    </table>
  );
}
