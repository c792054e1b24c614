// Loaded into each measured process before its own code. At exit it writes to the file that USAGE names what the process
// took: the peak of its memory and, where BLOCKS is set, the longest time that its event loop was held up.

const fs = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const resolution = 10;
const delays = process.env.BLOCKS ? monitorEventLoopDelay({ resolution }) : undefined;
// Its first turn comes when the program is loaded: before that there is no loop to hold up. The monitor compares one
// sample with the next, so that what comes before its first is timed apart.
let start = 0;
if (delays)
  setImmediate(() => {
    const began = performance.now();
    delays.enable();
    setTimeout(() => {
      start = performance.now() - began;
    }, resolution).unref();
  });

process.on('exit', () => {
  const peak = process.resourceUsage().maxRSS / 1024;
  const longestBlock = delays ? Math.max(0, Math.max(start, delays.max / 1e6) - resolution) : 0;
  fs.writeFileSync(process.env.USAGE, JSON.stringify({ peak, longestBlock }));
});
