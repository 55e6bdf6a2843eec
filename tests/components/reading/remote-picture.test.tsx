import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown } from '@/components/reading/markdown';
import { textPlaces } from '@/lib/panel/text-places';
import { png } from '../../fixtures/pictures';
import { answers, extension, requests, setUpPage, show, speak } from '../../component';

setUpPage();

const data = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
const picture = { url: data, width: 640, height: 480 };

/** Each test has an address of its own: what was shown once is remembered. */
let addresses = 0;
function showPicture(alt = 'a cat', host = 'cats.example') {
  addresses += 1;
  const url = `https://${host}/cat.png?${addresses}`;
  answers['loadRemoteImage'] = () => picture;
  return { url, ...show(<Markdown text={`before ![${alt}](${url}) after`} />) };
}

const showButton = () => screen.getByRole('button', { name: 'Show the picture from cats.example' });

const asked = () => requests.filter(({ type }) => type === 'loadRemoteImage');

describe('a picture that a text names', () => {
  it('is a chip with its name, its host and its address, and loads nothing', () => {
    const { url, container } = showPicture();
    expect(container.querySelector('img, picture, video, object, link')).toBeNull();
    expect(container.textContent).toContain('a cat · Picture from cats\u200b.example');
    const link = screen.getByRole('link', { name: `Open ${url}` });
    expect(link.getAttribute('href')).toBe(url);
    expect(link.title).toBe(url);
    expect(link.getAttribute('rel')).toContain('noreferrer');
    expect(showButton().textContent).toBe('Show');
    expect(extension.requested).toEqual([]);
    expect(asked()).toEqual([]);
  });

  it('comes on a click, once its host is allowed, with its name and its shape', async () => {
    const { url, user } = showPicture();
    await user.click(showButton());
    const image = await screen.findByRole<HTMLImageElement>('img', { name: 'a cat' });
    expect(extension.requested).toEqual(['https://cats.example/*']);
    expect(asked()).toEqual([{ type: 'loadRemoteImage', data: { url } }]);
    expect(image.getAttribute('src')).toBe(data);
    expect(image.parentElement?.style.aspectRatio).toBe('640 / 480');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Enlarge image' }));
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Image' });
    expect(dialog.querySelector('img')?.getAttribute('src')).toBe(data);
  });

  it('without a name is called after its host', async () => {
    const { user } = showPicture('');
    await user.click(showButton());
    expect(await screen.findByRole('img', { name: 'Picture from cats.example' })).toBeTruthy();
  });

  it('says that it comes, and is asked for once', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { user } = showPicture();
    answers['loadRemoteImage'] = () => promise;
    await user.click(showButton());
    const button = screen.getByRole('button', { name: 'Loading…' });
    await user.click(button);
    expect(asked()).toHaveLength(1);
    resolve(picture);
    expect(await screen.findByRole('img')).toBeTruthy();
  });

  it('is not loaded when the person says no to its host', async () => {
    const { user } = showPicture();
    extension.isGranting = false;
    await user.click(showButton());
    expect(await screen.findByText(/without your permission/u)).toBeTruthy();
    expect(asked()).toEqual([]);
  });

  it.each([
    ['redirect', 'cats.example sends this picture on to another address, so it was not loaded.'],
    ['offline', 'cats.example cannot be reached.'],
    [
      'proxy-blocked',
      'The proxy for cats.example cannot be used now, so nothing was loaded. Settings tell why.',
    ],
    ['timeout', 'cats.example took too long to send the picture.'],
    ['connection-lost', 'cats.example did not send the whole picture.'],
    ['bad-image', 'What cats.example sent is no picture, or the picture is gone.'],
    ['too-large', 'The picture is over 25 MB.'],
  ])('that does not come (%s) says why, and can be tried again', async (trouble, sentence) => {
    const { user } = showPicture();
    answers['loadRemoteImage'] = () => ({ trouble });
    await user.click(showButton());
    expect((await screen.findByRole('status')).textContent).toBe(sentence);
    answers['loadRemoteImage'] = () => picture;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('img')).toBeTruthy();
  });

  it('says so when the worker gives no answer', async () => {
    const { user } = showPicture();
    answers['loadRemoteImage'] = () => {
      throw new Error('gone');
    };
    await user.click(showButton());
    expect(await screen.findByText('The picture could not be loaded.')).toBeTruthy();
    expect(asked()).toHaveLength(2);
  });

  it('is there again without a question when its message comes back', async () => {
    const { url, user, unmount } = showPicture();
    await user.click(showButton());
    await screen.findByRole('img');
    unmount();
    show(<Markdown text={`![a cat](${url})`} />);
    expect(screen.getByRole('img', { name: 'a cat' })).toBeTruthy();
    expect(asked()).toHaveLength(1);
  });

  it('is another one as soon as its address is', async () => {
    const { url, user, rerender } = showPicture();
    await user.click(showButton());
    await screen.findByRole('img');
    rerender(<Markdown text={`before ![a cat](${url}9) after`} />);
    await waitFor(() => expect(screen.queryByRole('img')).toBeNull());
    expect(showButton()).toBeTruthy();
  });

  it.each(['localhost:3000', '127.0.0.1', '192.168.0.1', 'router'])(
    'at %s is not loaded, and has no button for it',
    (host) => {
      showPicture('a cat', host);
      expect(screen.getByRole('status').textContent).toBe(
        'Pictures from this computer or the local network are not loaded.',
      );
      expect(screen.queryByRole('button')).toBeNull();
    },
  );

  it('within a link stands behind it, so that both can be used', async () => {
    const { user, container } = show(
      <Markdown text="[![a badge](https://cats.example/b.svg) **more**](https://x.org/)" />,
    );
    answers['loadRemoteImage'] = () => picture;
    const link = screen.getByRole('link', { name: 'a badge more' });
    expect(link.getAttribute('href')).toBe('https://x.org/');
    expect(container.querySelector('a a, a button')).toBeNull();
    await user.click(showButton());
    expect(await screen.findByRole('img', { name: 'a badge' })).toBeTruthy();
  });

  it('is found by its name, and not by what the chip adds to it', async () => {
    const { container, user } = showPicture();
    const texts: string[] = [];
    const look = () => textPlaces(container, (text) => (texts.push(text), []));
    look();
    await user.click(showButton());
    await screen.findByRole('img');
    look();
    expect(texts).toEqual(['before a cat after', 'before a cat after']);
  });

  it('speaks Russian where the interface does', async () => {
    await speak('ru');
    const { container } = showPicture('');
    expect(container.textContent).toContain('Картинка с cats\u200b.example');
    expect(screen.getByRole('button', { name: 'Показать картинку с cats.example' })).toBeTruthy();
  });
});
