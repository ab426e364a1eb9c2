import { epochMsOf, type Instant } from '../../shared/kernel/time.ts';

/** One line in CloudWatch's embedded metric format: the log becomes the metric `Reliefline/OutboxBacklog`, no call needed. */
export const backlogLine = (count: number, at: Instant): string =>
  JSON.stringify({
    _aws: {
      Timestamp: epochMsOf(at),
      CloudWatchMetrics: [
        { Namespace: 'Reliefline', Dimensions: [[]], Metrics: [{ Name: 'OutboxBacklog', Unit: 'Count' }] },
      ],
    },
    OutboxBacklog: count,
  });
