import type { Connection } from 'vscode-languageserver';
import type { Client } from './client';
import { readSettings, type Settings, sectionOf } from './settings';

/** What a person set, by whichever way the editor has to say it. */
export class Preferences {
  /** From the initialization options. */
  #given: unknown;
  /** From the last event that carried settings. */
  #pushed: unknown;
  /** The last answer, of whichever folder: the best guess for a new one. */
  #answered: unknown;

  constructor(
    readonly connection: Connection,
    readonly client: Client,
    options: unknown,
  ) {
    this.#given = sectionOf(options);
  }

  /** What is known without asking. */
  get told(): Settings {
    return readSettings(this.#answered ?? this.#pushed ?? this.#given);
  }

  /** Editors that are asked send nothing with the event, and others what they have: perhaps nothing of ours. */
  push(settings: unknown): void {
    if (settings !== null && settings !== undefined) this.#pushed = sectionOf(settings);
  }

  /** What the editor answers; where it has none, or fails, what it told before. */
  async of(scopeUri: string | undefined): Promise<Settings> {
    if (!this.client.configuration) return this.told;
    try {
      const item = { section: 'kubeNetlint', ...(scopeUri === undefined ? {} : { scopeUri }) };
      const answer: unknown = await this.connection.workspace.getConfiguration(item);
      const isSet = typeof answer === 'object' && answer !== null && Object.keys(answer).length > 0;
      this.#answered = isSet ? answer : undefined;
      return this.told;
    } catch (error) {
      this.connection.console.warn(`The editor did not tell its settings: ${String(error)}`);
      return this.told;
    }
  }
}

/** Waits for what an editor may never answer, and goes on without it. */
export async function inTime(answer: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([answer, late]);
  clearTimeout(timer);
}
