import type { HistoryEvent } from './execution.ts';

/** Fields that hold execution data; left out when the caller asks for the history without it. */
const dataFields: readonly string[] = ['input', 'output', 'parameters', 'cause', 'assignedVariables'];

/** An event as GetExecutionHistory shows it: AWS keeps each kind of detail under a name of its own. */
export function presentEvent(event: HistoryEvent, withData: boolean): Record<string, unknown> {
  const { id, previous, type, at, detail } = event;
  const shown = { id, previousEventId: previous, type, timestamp: at / 1000 };
  if (detail === null) return shown;
  const kept = withData
    ? detail
    : Object.fromEntries(Object.entries(detail).filter(([field]) => !dataFields.includes(field)));
  return { ...shown, [detailField(type)]: kept };
}

/** `TaskStateEntered` → `stateEnteredEventDetails`, `TaskScheduled` → `taskScheduledEventDetails`. */
function detailField(type: string): string {
  const step = /^(?:Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map)(StateEntered|StateExited)$/.exec(type)?.[1];
  const name = step ?? type;
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}EventDetails`;
}
