import type { Log } from '../log.ts';
import type { Ports } from '../ports.ts';
import type { InvokeLambda } from '../step-functions/task-runner.ts';
import { standBetween } from './between.ts';
import { openDice } from './dice.ts';
import type { ChaosOptions, Service } from './fault-kinds.ts';
import { invokeOnABadDay } from './tasks.ts';

export type Chaos = {
  /** Takes the services' known ports, and hands on to where the services are. */
  standBefore(ports: Ports, behind: Ports, dynamoDbEndpoint: string): Promise<void>;
  /** Nothing goes wrong before: what is put into an empty Reliefline is no part of its work. */
  begin(): void;
  tasks(invoke: InvokeLambda): InvokeLambda;
  /** What EventBridge delivers, it may deliver again. */
  schedules<Answer>(deliver: () => Promise<Answer>, name: string): Promise<Answer>;
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
};

/** Lets the calls of this machine's Reliefline go wrong in the ways in which those on AWS do, by chance from a seed. */
export function openChaos(options: ChaosOptions, log: Log): Chaos {
  const dice = openDice(options, log);
  let isOn = false;
  const closes: (() => Promise<void>)[] = [];
  return {
    async standBefore(ports, behind, dynamoDbEndpoint) {
      const local = (port: number): string => `http://127.0.0.1:${port}`;
      const places: readonly [Service, number, string][] = [
        ['dynamodb', ports.dynamodb, dynamoDbEndpoint],
        ['kms', ports.kms, local(behind.kms)],
        ['s3', ports.s3, local(behind.s3)],
        ['ses', ports.inbox, local(behind.inbox)],
        ['sfn', ports.stepFunctions, local(behind.stepFunctions)],
      ];
      for (const [service, port, target] of places) {
        const between = await standBetween({ service, port, target: new URL(target), dice, isOn: () => isOn });
        closes.push(between.close);
      }
    },
    begin() {
      isOn = true;
    },
    tasks: (invoke) => invokeOnABadDay(invoke, dice, () => isOn),
    async schedules(deliver, name) {
      const kind = isOn ? dice.roll(['schedule-twice']) : undefined;
      if (kind === undefined) return deliver();
      dice.struck(kind, name);
      const [answer] = await Promise.all([deliver(), deliver()]);
      return answer;
    },
    counts: dice.counts,
    async close() {
      isOn = false;
      for (const close of closes.splice(0)) await close();
      log({ level: 'info', message: 'what chaos did', seed: options.seed, faults: dice.counts() });
    },
  };
}
