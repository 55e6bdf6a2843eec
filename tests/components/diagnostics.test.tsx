import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Diagnostics } from '@/components/diagnostics';
import type { LogEntry } from '@/lib/log';
import { answers, requests, setUpPage, show } from '../component';

setUpPage();

const entries: LogEntry[] = [
  { time: Date.parse('2026-11-01T12:00:00Z'), level: 'info', event: 'worker-start' },
  {
    time: Date.parse('2026-11-01T12:00:01Z'),
    level: 'warn',
    event: 'reply-end',
    provider: 'ai-chats',
    model: 'gpt-4',
    status: 'failed',
    duration: 1234,
    error: 'quota',
  },
];
const lines = [
  '2026-11-01T12:00:00.000Z info  worker-start',
  '2026-11-01T12:00:01.000Z warn  reply-end provider=ai-chats model=gpt-4 status=failed duration=1234 error=quota',
];

function showDiagnostics(log: LogEntry[]) {
  answers['readLog'] = () => log;
  answers['clearLog'] = () => void log.splice(0);
  return show(<Diagnostics />);
}

describe('Diagnostics', () => {
  it('shows the newest entry on top', async () => {
    showDiagnostics([...entries]);
    const list = await screen.findByRole('list', { name: 'Diagnostics' });
    const items = within(list).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual(lines.toReversed());
  });

  it('copies all of it, oldest first', async () => {
    const { user } = showDiagnostics([...entries]);
    await screen.findByRole('list', { name: 'Diagnostics' });
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe(lines.join('\n'));
  });

  it('clears it, and says that nothing is left', async () => {
    const { user } = showDiagnostics([...entries]);
    await screen.findByRole('list', { name: 'Diagnostics' });
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByText('Nothing has been noted yet.')).toBeTruthy();
    expect(requests.map(({ type }) => type)).toEqual(['readLog', 'clearLog', 'readLog']);
    expect(screen.getByRole('button', { name: 'Clear' })).toHaveProperty('disabled', true);
  });

  it('reads again when asked', async () => {
    const log = entries.slice(0, 1);
    const { user } = showDiagnostics(log);
    await screen.findByRole('list', { name: 'Diagnostics' });
    log.push(...entries.slice(1));
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2));
  });
});
