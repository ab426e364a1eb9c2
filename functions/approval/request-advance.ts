import { requestTask } from '../middleware/request-task.ts';

/** An emergency waits for the two signatures of its advance 先行救助. */
export const handler = requestTask('advance');
