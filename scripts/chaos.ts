/** `npm run chaos -- [--faults=200] [--seed=N] [--quiet]`: faults without mercy, and what they cost. */
import { parseArgs } from 'node:util';
import { runChaos } from '../tests/chaos/run.ts';

const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    quiet: { type: 'boolean', default: false },
  },
});

const { log } = console;
const [count, seed] = [Number(values.faults), Number(values.seed)];
log(`${count} faults, seed ${seed}`);
const report = await runChaos({ count, seed, ...(!values.quiet && { log }) });
const { losses, violations } = report;
for (const [name, times] of Object.entries(report.faults)) log(`${name.padEnd(24)} ${times}`);
log(
  `${report.prompts} prompts, ${report.replies} replies (${report.continued} continued), ${report.wordsShown} words shown`,
);
log(
  `${losses.words} words lost to kills, as is allowed; ` +
    `the oldest was shown ${losses.oldest} ms before its kill`,
);
for (const violation of violations) log(`WRONG: ${violation}`);
log(`${violations.length} violations in ${Math.round(report.milliseconds / 1000)} s, seed ${seed}`);
process.exitCode = violations.length > 0 ? 1 : 0;
