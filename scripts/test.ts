/** `npm test`: every check there is, one after the other; the last line counts them all. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './find-browser.ts';
import { ROOT, runTool } from './run-tool.ts';

interface Count {
  passed: number;
  failed: number;
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

const PASSED: Count = { passed: 1, failed: 0 };
const FAILED: Count = { passed: 0, failed: 1 };
const REPORTS = join(ROOT, '.output', 'test-reports');
const CHROME_BUILD = join(ROOT, '.output', 'chrome-mv3');

async function check(tool: string, ...args: string[]): Promise<Count> {
  const { isDone } = await runTool(tool, args);
  return isDone ? PASSED : FAILED;
}

/** A build left over from before must not be what the end-to-end tests see. */
function buildForChrome(): Promise<Count> {
  rmSync(CHROME_BUILD, { recursive: true, force: true });
  return check('wxt', 'build');
}

/** A file that could not even be loaded holds no failed test, yet something failed. */
function countReport({ numPassedTests, numFailedTests, testResults }: Report): Count {
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

async function test(...projects: string[]): Promise<Count> {
  const report = join(REPORTS, `${projects.join('-')}.json`);
  rmSync(report, { force: true });
  const { isDone } = await runTool('vitest', [
    'run',
    '--config=tests/vitest.config.ts',
    ...projects.map((project) => `--project=${project}`),
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return FAILED;
  const { passed, failed } = countReport(JSON.parse(readFileSync(report, 'utf8')));
  // No test at all is no success, nor is an error outside of every test.
  const isUncounted = passed + failed === 0 || (!isDone && failed === 0);
  return { passed, failed: isUncounted ? 1 : failed };
}

async function testEndToEnd(): Promise<Count> {
  if (!existsSync(join(CHROME_BUILD, 'manifest.json'))) {
    throw new Error('There is no build for Chrome to test.');
  }
  await ensureBrowser((line) => console.log(line));
  return test('e2e');
}

const steps: [name: string, run: () => Promise<Count>][] = [
  ['Format', () => check('prettier', '--check', '.')],
  ['Lint', () => check('oxlint')],
  ['Types', () => check('tsc', '--noEmit')],
  ['Build for Chrome', buildForChrome],
  ['Build for Firefox', () => check('wxt', 'build', '-b', 'firefox', '--mv3')],
  ['Unit and component tests', () => test('unit', 'components')],
  ['End-to-end tests', testEndToEnd],
];

async function runStep(name: string, run: () => Promise<Count>): Promise<Count> {
  console.log(`\n=== ${name}`);
  const start = performance.now();
  const count = await run().catch((error: unknown): Count => {
    console.log(error instanceof Error ? error.message : error);
    return FAILED;
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`=== ${name}: ${count.failed > 0 ? 'FAILED' : 'passed'} in ${seconds} s`);
  return count;
}

mkdirSync(REPORTS, { recursive: true });
const total: Count = { passed: 0, failed: 0 };
const failedSteps: string[] = [];
for (const [name, run] of steps) {
  const { passed, failed } = await runStep(name, run);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedSteps.push(name);
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
