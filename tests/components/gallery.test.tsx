import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Gallery } from '@/components/gallery';
import { connect } from '@/lib/panel/connection';
import { galleryStore } from '@/lib/panel/gallery-store';
import { answers, extension, show, speak } from '../component';
import {
  button,
  cells,
  gallery,
  image,
  names,
  observed,
  onExport,
  onOpen,
  setUpGallery,
  showGallery,
  tick,
} from '../gallery-page';

setUpGallery();

async function select(...chosen: string[]) {
  const shown = await showGallery();
  await shown.user.click(button('Select'));
  for (const name of chosen) await shown.user.click(tick(name));
  return shown;
}

describe('the gallery', () => {
  it('shows every picture as a button named by its prompt', async () => {
    await showGallery();
    expect(names()).toEqual(['A lighthouse', 'A fox', 'Ein Kätzchen']);
    expect(gallery()).toBeTruthy();
  });

  it('asks for the small form of what comes near the view, and shows it when it is there', async () => {
    connect('c');
    const [port] = extension.ports;
    const post = vi.spyOn(port ?? extension.connectFrom({}, ''), 'postMessage');
    await showGallery();
    expect(post).not.toHaveBeenCalled();
    observed.get(screen.getByRole('button', { name: 'A fox' }))?.(true);
    observed.get(screen.getByRole('button', { name: 'A lighthouse' }))?.(false);
    expect(post.mock.calls).toEqual([[{ type: 'load-thumbnail', imageId: 'f' }]]);
    act(() => galleryStore.setState({ thumbnails: { f: 'data:small' } }));
    const [, cell] = cells();
    expect(cell?.querySelector('img')?.getAttribute('src')).toBe('data:small');
  });

  it('says that there is none, without a search box', async () => {
    answers['listImages'] = () => [];
    await showGallery();
    expect(gallery().textContent).toContain('No pictures yet');
    expect(screen.queryByRole('searchbox')).toBeNull();
  });

  it('says when the pictures could not be read, and reads them again', async () => {
    answers['listImages'] = () => {
      throw new Error('broken');
    };
    const { user } = show(<Gallery onOpen={onOpen} onExport={onExport} />);
    expect((await screen.findByRole('alert')).textContent).toContain('could not be read');
    answers['listImages'] = () => [];
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/No pictures yet/u)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows what the search finds, and says when that is nothing', async () => {
    const { user } = await showGallery();
    const search = screen.getByRole('searchbox', { name: 'Search pictures' });
    await user.type(search, 'katz');
    expect(names()).toEqual(['Ein Kätzchen']);
    await user.type(search, 'x');
    expect(screen.queryByRole('list')).toBeNull();
    expect(gallery().textContent).toContain('No picture has these words.');
    await user.clear(search);
    expect(names()).toHaveLength(3);
  });

  it('has a name also for a picture without a prompt, and a short one for a book', async () => {
    answers['listImages'] = () => [image('a', ' \n'), image('b', 'x'.repeat(100_000))];
    await showGallery();
    expect(names().map((name) => name?.length)).toEqual(['Image'.length, 200]);
    expect(names()[0]).toBe('Image');
  });

  it('speaks Russian', async () => {
    await speak('ru');
    const { user } = await showGallery();
    await user.click(screen.getByRole('button', { name: 'Выбрать' }));
    await user.click(screen.getByRole('button', { name: 'Выбрать все' }));
    await user.click(screen.getByRole('button', { name: 'Удалить' }));
    expect(screen.getByRole('alertdialog', { name: 'Удалить 3 картинки?' })).toBeTruthy();
  });
});

describe('many pictures', () => {
  it('are chosen one by one, counted, and left again', async () => {
    const { user } = await select('A fox', 'A lighthouse', 'A lighthouse');
    expect(tick('A fox').getAttribute('aria-checked')).toBe('true');
    expect(tick('A lighthouse').getAttribute('aria-checked')).toBe('false');
    expect(screen.getByRole('status').textContent).toBe('1 selected');
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(button('Select'));
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(names()).toHaveLength(3);
  });

  it('are saved as a zip', async () => {
    const { user } = await select('A fox', 'Ein Kätzchen');
    await user.click(button('Save as zip'));
    expect(onExport.mock.calls).toEqual([
      [
        [
          { imageId: 'f', prompt: 'A fox' },
          { imageId: 'c', prompt: 'Ein Kätzchen' },
        ],
      ],
    ]);
  });

  it('can be neither saved nor deleted while none is chosen', async () => {
    await select();
    expect([button('Save as zip').disabled, button('Delete').disabled]).toEqual([true, true]);
  });

  it('are chosen all at once: those that the search shows', async () => {
    const { user } = await select();
    await user.type(screen.getByRole('searchbox'), 'a');
    await user.clear(screen.getByRole('searchbox'));
    await user.type(screen.getByRole('searchbox'), 'fox');
    await user.click(button('Select all'));
    expect(screen.getByRole('status').textContent).toBe('1 selected');
  });

  it('are deleted after a question', async () => {
    const { user } = await select('A fox', 'Ein Kätzchen');
    await user.click(button('Delete'));
    const question = screen.getByRole('alertdialog', { name: 'Delete 2 pictures?' });
    await user.click(within(question).getByRole('button', { name: 'Delete' }));
    await vi.waitFor(() => expect(names()).toEqual(['A lighthouse']));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('that could not be deleted stay, the failure is told, and the same button tries again', async () => {
    answers['deleteImages'] = () => {
      throw new Error('broken');
    };
    const { user } = await select('A fox', 'Ein Kätzchen');
    await user.click(button('Delete'));
    const question = screen.getByRole('alertdialog');
    const confirm = within(question).getByRole('button', { name: 'Delete' });
    await user.click(confirm);
    expect((await within(question).findByRole('alert')).textContent).toContain('did not work');
    answers['deleteImages'] = () => undefined;
    await user.click(confirm);
    await vi.waitFor(() => expect(names()).toEqual(['A lighthouse']));
  });
});
