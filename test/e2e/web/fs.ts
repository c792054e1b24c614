/** What the suite needs of `node:fs/promises`, in the file system that the workspace is in. */
import * as vscode from 'vscode';

const { fs } = vscode.workspace;
const uriOf = (path: string) => vscode.Uri.from({ scheme: 'netlint-test', path });

export async function mkdir(path: string): Promise<void> {
  await fs.createDirectory(uriOf(path));
}

export async function writeFile(path: string, text: string): Promise<void> {
  await fs.writeFile(uriOf(path), new TextEncoder().encode(text));
}

export async function readFile(path: string): Promise<string> {
  return new TextDecoder().decode(await fs.readFile(uriOf(path)));
}

export async function readdir(path: string): Promise<string[]> {
  return (await fs.readDirectory(uriOf(path))).map(([name]) => name);
}

export async function rename(from: string, to: string): Promise<void> {
  await fs.rename(uriOf(from), uriOf(to));
}

export async function rm(path: string, { force = false } = {}): Promise<void> {
  try {
    await fs.delete(uriOf(path), { recursive: true });
  } catch (error) {
    if (!force) throw error;
  }
}
