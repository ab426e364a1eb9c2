import type { AuditFact } from '../../shared/kernel/audit.ts';
import { epochMsOf, type Instant } from '../../shared/kernel/time.ts';

/** What rings an alarm besides errors; each is a metric of that name in the namespace `Reliefline`. */
export type MetricName = 'OutboxBacklog' | 'OverdueCases' | 'EstimatedNotices';

/** One line in CloudWatch's embedded metric format: the log becomes the metric, no call needed. */
export const metricLine = (name: MetricName, count: number, at: Instant): string =>
  JSON.stringify({
    _aws: {
      Timestamp: epochMsOf(at),
      CloudWatchMetrics: [{ Namespace: 'Reliefline', Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] }],
    },
    [name]: count,
  });

/**
 * What a change has to tell the people who watch the system: a case, or something due on one, whose last rung was climbed without an answer, and a notice
 * counted over a year whose public holidays are not announced yet.
 */
export function metricsOfFacts(facts: readonly AuditFact[]): MetricName[] {
  return facts.flatMap(({ event, details }): MetricName[] => {
    if (event === 'overdue') return ['OverdueCases'];
    return event.startsWith('notice-') && details.isEstimate === true ? ['EstimatedNotices'] : [];
  });
}
