/** What the suite needs of `node:timers/promises`. */
export const setTimeout = (milliseconds: number) =>
  new Promise<void>(resolve => globalThis.setTimeout(resolve, milliseconds));
