import { requestTask } from '../middleware/request-task.ts';

/** The decision is posted 公示 and its time runs. */
export const handler = requestTask('notice');
