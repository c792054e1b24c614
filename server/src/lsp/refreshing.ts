import type { Connection } from 'vscode-languageserver';
import { isSameList } from '../text/maps';
import type { Client } from './client';
import { attempt } from './failures';
import type { Root } from './root';

/** Asks editors to ask again for what stands beside the text, once it may be another: an edit elsewhere changes it too. */
export class Refreshing {
  #before: readonly unknown[] = [];

  constructor(readonly connection: Connection) {}

  follow(roots: readonly Root[], { refreshesHints, refreshesLenses }: Client): void {
    const now = roots.flatMap(({ workspace, settings }) => [workspace, settings.isHinting, settings.isLensing]);
    if (isSameList(this.#before, now)) return;
    this.#before = now;
    const { languages } = this.connection;
    if (refreshesHints) void attempt(this.connection, () => languages.inlayHint.refresh());
    if (refreshesLenses && roots.some(({ settings }) => settings.isLensing)) {
      void attempt(this.connection, () => this.connection.sendRequest('workspace/codeLens/refresh'));
    }
  }
}
