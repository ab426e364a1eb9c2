import { requestTask } from '../middleware/request-task.ts';

/** Payouts wait for finance. */
export const handler = requestTask('payment');
