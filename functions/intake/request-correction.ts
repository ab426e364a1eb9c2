import { requestTask } from '../middleware/request-task.ts';

/** A returned application waits for its correction. */
export const handler = requestTask('correction');
