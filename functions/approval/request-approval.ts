import { requestTask } from '../middleware/request-task.ts';

/** A case waits for one level of the union’s approval. */
export const handler = requestTask('approval');
