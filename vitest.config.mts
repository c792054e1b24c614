import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// A page is read, not imported, so that a watching run has to be told who reads it.
const pages = /\/(?:server\/src\/rules|test\/cases)\/[^/]+\/[^/]+\.md$/;

// No limit of time: a loaded machine is normal.
export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/clients/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 0,
    hookTimeout: 0,
    maxWorkers: availableParallelism(),
    isolate: false, // the rules are loaded once for each worker, not once for each file
    watchTriggerPatterns: [{ pattern: pages, testsToRun: () => ['test/rules.test.ts', 'test/laws.test.ts'] }],
  },
});
