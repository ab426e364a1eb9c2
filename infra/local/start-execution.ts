import { messageOf } from './start-error.ts';

/** Starts an execution over the engine's own API, as a schedule does whose target is a state machine. */
export async function startExecution(port: number, stateMachineArn: string, input: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AWSStepFunctions.StartExecution' },
    body: JSON.stringify({ stateMachineArn, input }),
  });
  if (!response.ok) throw new Error(`The execution was refused: ${messageOf(await response.text())}`);
}
