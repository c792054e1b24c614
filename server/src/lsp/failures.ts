import type { Connection } from 'vscode-languageserver';

export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Does what no answer waits for: where it fails it is told, and the server goes on. */
export async function attempt(connection: Connection, task: () => unknown): Promise<void> {
  try {
    await task();
  } catch (error) {
    connection.console.error(reasonOf(error));
  }
}
