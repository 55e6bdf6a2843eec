/** The test of a connection as a page shows it, as tests of its parts need it. */
import { screen, within } from '@testing-library/react';
import { expect, vi } from 'vitest';
import { Doctor } from '@/components/doctor';
import type { CheckStep } from '@/lib/check-step';
import { answers, show } from './component';
import { providerInfo } from './samples';

export const server = providerInfo({
  id: 'server',
  name: 'Server',
  kind: 'local',
  address: 'http://localhost:11434',
  models: [{ id: 'small', output: 'text' }],
  originSetting: 'ORIGINS=all',
});

export const well: CheckStep[] = [
  { id: 'access', outcome: 'ok' },
  { id: 'reachable', outcome: 'ok' },
  { id: 'tls', outcome: 'skipped' },
  { id: 'origin', outcome: 'ok' },
  { id: 'path', outcome: 'ok', status: 200 },
  { id: 'key', outcome: 'skipped' },
  { id: 'model', outcome: 'ok', count: 2 },
];

/** All is well before this step, and nothing after it was looked at. */
export function failing(failed: Omit<CheckStep, 'outcome'>): CheckStep[] {
  const at = well.findIndex(({ id }) => id === failed.id);
  return well.map((step, index) => {
    if (index === at) return { ...failed, outcome: 'failed' };
    return index < at ? step : { id: step.id, outcome: 'untested' };
  });
}

export async function runTest(steps: CheckStep[], provider = server) {
  answers['checkProvider'] = () => steps;
  const shown = show(<Doctor provider={provider} />);
  await shown.user.click(screen.getByRole('button', { name: 'Test connection' }));
  return { ...shown, lines: await linesOf() };
}

/** The lines once the test is through. */
export async function linesOf(): Promise<string[]> {
  await vi.waitFor(() => expect(shownLines().join()).not.toMatch(/^$|checking…/u));
  return shownLines();
}

export function shownLines(): string[] {
  const list = screen.queryByRole('list', { name: 'Connection test' });
  const items = list ? within(list).queryAllByRole('listitem') : [];
  return items.map(({ textContent }) => textContent ?? '');
}
