import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageSection } from '@/components/storage-section';
import { answers, requests, setUpPage, show, speak } from '../component';

setUpPage();

const use = {
  conversations: 2041,
  messages: 40_120,
  textBytes: 48_300_000,
  images: 1,
  imageBytes: 812_000_000,
  totalBytes: 1_200_000_000,
};

beforeEach(() => {
  answers['readStorageUse'] = () => use;
});

const section = () => screen.getByRole('region', { name: 'Storage' });
const broken = () => {
  throw new Error('broken');
};

async function showSection() {
  const shown = show(<StorageSection />);
  await vi.waitFor(() => expect(requests.map(({ type }) => type)).toContain('readStorageUse'));
  return shown;
}

/** What the question asks, after its button was pressed; then it is answered. */
async function askToDelete(button: string) {
  const shown = await showSection();
  await shown.user.click(screen.getByRole('button', { name: button }));
  const question = screen.getByRole('alertdialog');
  return {
    ...shown,
    question,
    confirm: () => shown.user.click(within(question).getByRole('button', { name: button })),
  };
}

async function check() {
  const { user } = await showSection();
  await user.click(screen.getByRole('button', { name: 'Check the database' }));
}

describe('the room that is taken', () => {
  it('is told by kind', async () => {
    await showSection();
    await vi.waitFor(() => expect(section().textContent).toContain('48.3 MB'));
    const lines = screen
      .getAllByRole('term')
      .map(({ parentElement }) => parentElement?.textContent);
    expect(lines).toEqual([
      'Conversations and text2,041 conversations, 40,120 messages48.3 MB',
      'Pictures1 picture812 MB',
      'Everything, with the search index1.2 GB',
    ]);
  });

  it('has a dash where the browser does not tell', async () => {
    answers['readStorageUse'] = () => ({ ...use, totalBytes: undefined });
    await showSection();
    await vi.waitFor(() => expect(section().textContent).toContain('48.3 MB'));
    expect(section().textContent).toContain('search index–');
  });

  it('that cannot be told is said in words', async () => {
    answers['readStorageUse'] = broken;
    await showSection();
    expect((await screen.findByRole('alert')).textContent).toBe('The sizes could not be read.');
  });

  it('is told in Russian with its own plural forms', async () => {
    await speak('ru');
    await showSection();
    const inRussian = await screen.findByRole('region', { name: 'Хранилище' });
    await vi.waitFor(() => expect(inRussian.textContent).toMatch(/2\s041 разговор, /u));
    expect(inRussian.textContent).toMatch(/40\s120 сообщений/u);
    expect(inRussian.textContent).toContain('1 картинка');
  });
});

describe('clean-up', () => {
  it('asks before it deletes what is older than a year, and says how many it were', async () => {
    answers['deleteOlderThan'] = () => 12;
    const { question, confirm } = await askToDelete('Delete');
    expect(question.textContent).toContain('Delete conversations older than a year?');
    expect(question.textContent).toContain('pinned conversations stay');
    const before = Date.now() - 365 * 24 * 60 * 60_000;
    await confirm();
    await vi.waitFor(() =>
      expect(section().textContent).toContain('12 conversations were deleted.'),
    );
    const request = requests.find(({ type }) => type === 'deleteOlderThan');
    expect(request?.data).toEqual({ before: expect.toSatisfy((time) => time >= before) });
    expect(requests.filter(({ type }) => type === 'readStorageUse')).toHaveLength(2);
  });

  it('goes by the age that was chosen', async () => {
    const { user } = await showSection();
    await user.click(screen.getByRole('combobox', { name: 'Delete conversations older than' }));
    await user.click(screen.getByRole('option', { name: '30 days' }));
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    const question = screen.getByRole('alertdialog');
    expect(question.textContent).toContain('Delete conversations older than 30 days?');
    const earliest = Date.now() - 31 * 24 * 60 * 60_000;
    await user.click(within(question).getByRole('button', { name: 'Delete' }));
    await vi.waitFor(() =>
      expect(requests).toContainEqual({
        type: 'deleteOlderThan',
        data: { before: expect.toSatisfy((time) => time > earliest) },
      }),
    );
  });

  it('asks before it deletes everything', async () => {
    const { user, question } = await askToDelete('Delete everything');
    expect(question.textContent).toContain('pinned ones too');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(requests.map(({ type }) => type)).not.toContain('deleteAll');
    await user.click(screen.getByRole('button', { name: 'Delete everything' }));
    await user.click(
      within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Delete everything' }),
    );
    await vi.waitFor(() => expect(section().textContent).toContain('Everything was deleted.'));
    expect(requests.map(({ type }) => type)).toContain('deleteAll');
  });

  it('that failed is told where it was asked for', async () => {
    answers['deleteAll'] = broken;
    const { question, confirm } = await askToDelete('Delete everything');
    await confirm();
    expect((await within(question).findByRole('alert')).textContent).toContain('did not work');
    expect(document.body.textContent).not.toContain('Everything was deleted.');
  });
});

describe('the check of the database', () => {
  it('says that all is well', async () => {
    answers['checkDatabase'] = () => [];
    await check();
    await vi.waitFor(() => expect(section().textContent).toContain('The database is in order.'));
  });

  it('lists what is wrong', async () => {
    answers['checkDatabase'] = () => ['A part has no message.', 'A blob is missing.'];
    await check();
    await vi.waitFor(() => expect(section().textContent).toContain('The check found 2 problems.'));
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'A part has no message.',
      'A blob is missing.',
    ]);
  });

  it('that failed is told', async () => {
    answers['checkDatabase'] = broken;
    await check();
    await vi.waitFor(() => expect(section().textContent).toContain('could not be checked'));
  });
});
