import * as fc from 'fast-check';

// The same examples in each run, so that a change is judged by what it changes. `SEED=<number> npx vitest run` tries others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 1) });
