import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Answered } from '../host/command-names';

/** What a command answers. */
export type Answer = Answered<WorkspaceEdit>;
