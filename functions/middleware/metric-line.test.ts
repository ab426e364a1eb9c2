import { describe, expect, it } from 'vitest';
import type { AuditEventName } from '../../shared/kernel/audit-event-names.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { metricLine, metricsOfFacts } from './metric-line.ts';

const at = asInstant('2016-03-01T01:00:00.000Z');
const fact = (event: AuditEventName, details = {}) => ({ event, details, by: 'system:clock', at });

describe('what rings an alarm', () => {
  it('is one line that CloudWatch turns into a metric', () => {
    expect(JSON.parse(metricLine('OverdueCases', 1, at))).toMatchObject({
      _aws: { CloudWatchMetrics: [{ Namespace: 'Reliefline', Metrics: [{ Name: 'OverdueCases' }] }] },
      OverdueCases: 1,
    });
  });

  it('is a case that nobody answered and a notice whose end is an estimate, and nothing else', () => {
    expect(metricsOfFacts([fact('vote-cast'), fact('overdue')])).toEqual(['OverdueCases']);
    expect(metricsOfFacts([fact('notice-posted', { isEstimate: true })])).toEqual(['EstimatedNotices']);
    expect(metricsOfFacts([fact('notice-posted', { isEstimate: false })])).toEqual([]);
  });
});
