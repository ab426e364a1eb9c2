import { requestTask } from '../middleware/request-task.ts';

/** An objection 异议 waits to be admitted, and an admitted one to be settled: one wait of the workflow. */
export const handler = requestTask('objection-admission');
