import type { Server } from 'node:http';
import { hasCode, StartError } from './start-error.ts';

/** Starts a server on 127.0.0.1: nothing of this machine can be reached from another one. */
export async function listenLocally(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        hasCode(error, 'EADDRINUSE')
          ? new StartError(`Port ${port} is taken. Choose another with --port.`, { cause: error })
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Stops taking connections, lets requests under way end within the grace, and cuts off what is left. */
export async function closeServer(server: Server, graceMs = 0): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
