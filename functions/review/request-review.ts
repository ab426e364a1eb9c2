import { requestTask } from '../middleware/request-task.ts';

/** A case waits for the patch committee 片区评议. */
export const handler = requestTask('review');
