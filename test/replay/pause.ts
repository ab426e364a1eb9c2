import { setTimeout } from 'node:timers/promises';

/** Real time, for polling what tells nobody when it is done. */
export const pause = (ms: number): Promise<void> => setTimeout(ms);
