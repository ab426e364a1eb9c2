import { setTimeout as pause } from 'node:timers/promises';
import type { InvokeLambda } from '../step-functions/task-runner.ts';
import type { Dice } from './dice.ts';

const kinds = ['task-throttle', 'task-lost', 'task-twice', 'task-delay'];
const longestDelayMs = 600;

/** Calls a task's function as Step Functions does on a bad day: at least once, and not always knowing that it did. */
export function invokeOnABadDay(invoke: InvokeLambda, dice: Dice, isOn: () => boolean): InvokeLambda {
  return async (functionArn, payload) => {
    const kind = isOn() ? dice.roll(kinds) : undefined;
    if (kind === undefined) return invoke(functionArn, payload);
    dice.struck(kind, functionArn.split(':')[6] ?? '');
    const chance = dice.fraction('which');
    switch (kind) {
      case 'task-throttle':
        return { kind: 'unreachable', errorName: 'Lambda.TooManyRequestsException', message: 'Rate Exceeded.' };
      case 'task-lost':
        await invoke(functionArn, payload);
        return chance < 0.5
          ? { kind: 'failed', errorType: 'Sandbox.Timedout', errorMessage: 'Error: Task timed out after 60.00 seconds' }
          : {
              kind: 'unreachable',
              errorName: 'Lambda.Unknown',
              message: 'The cause could not be determined because Lambda did not return an error type.',
            };
      case 'task-twice': {
        if (chance < 0.5) {
          const [, second] = await Promise.all([invoke(functionArn, payload), invoke(functionArn, payload)]);
          return second;
        }
        // The other one comes when the workflow has long gone on.
        const answer = await invoke(functionArn, payload);
        void pause(chance * 2 * longestDelayMs, undefined, { ref: false }).then(() => invoke(functionArn, payload));
        return answer;
      }
      default:
        await pause(chance * longestDelayMs);
        return invoke(functionArn, payload);
    }
  };
}
