import { defineConfig } from 'vitest/config';

// No limit of time: a loaded machine is normal.
export default defineConfig({
  test: { include: ['test/*.test.ts'], testTimeout: 0, hookTimeout: 0 },
});
