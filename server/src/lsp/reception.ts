import { type Connection, type InitializeParams, Message, type MessageStrategy } from 'vscode-languageserver';
import { clientOf, greetingFor } from './client';

type Next = Parameters<MessageStrategy['handleMessage']>[1];

/**
 * Answers `initialize` before the engine is there: an editor waits for the answer, and to load the engine takes longer
 * than all that comes before it. What else arrives waits for the engine, in its order.
 */
export class Reception implements MessageStrategy {
  #greeted: InitializeParams | undefined;
  #engine: Promise<void> | undefined;
  #isThere = false;

  constructor(
    /** Loads the engine, and has it serve the connection, which may have answered `initialize`. */
    readonly load: (greeted: InitializeParams | undefined) => Promise<void>,
  ) {}

  /** Greets who comes first; the engine takes its place. */
  attend(connection: Connection): void {
    connection.onInitialize(params => {
      this.#greeted = params;
      return greetingFor(clientOf(params.capabilities));
    });
  }

  handleMessage(message: Message, next: Next): ReturnType<Next> {
    if (this.#isThere) return next(message);
    const isGreeting = !this.#engine && Message.isRequest(message) && message.method === 'initialize';
    this.#engine ??= this.#loading();
    return isGreeting ? next(message) : this.#engine.then(() => next(message));
  }

  async #loading(): Promise<void> {
    // The library writes in the second turn from now.
    for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
    await this.load(this.#greeted);
    this.#isThere = true;
  }
}
