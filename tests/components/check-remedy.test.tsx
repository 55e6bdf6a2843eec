import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Doctor } from '@/components/doctor';
import { answers, extension, requests, setUpPage, show } from '../component';
import { failing, linesOf, runTest, server, well } from '../doctor-page';

setUpPage();

describe('what helps where a step failed', () => {
  it.each([
    ['setKey', false, 'Server needs a key. Enter it'],
    ['checkKey', false, 'Server does not accept the key. Enter it anew'],
    ['setLogin', true, 'Server asks for the user and password that it was started with'],
    ['checkLogin', true, 'Server does not accept the user and password. Enter them anew'],
  ])('says where the key is entered (%s)', async (name, isLogin, text) => {
    const remedy = name.startsWith('set') ? 'setKey' : 'checkKey';
    answers['checkProvider'] = () => failing({ id: 'key', remedy });
    const provider = { ...server, fields: [{ id: 'key' as const, default: '', isLogin }] };
    for (const [isInSettings, place] of [
      [true, 'above'] as const,
      [false, 'in Settings'] as const,
    ]) {
      const { user, unmount } = show(<Doctor provider={provider} isInSettings={isInSettings} />);
      await user.click(screen.getByRole('button', { name: 'Test connection' }));
      const line = (await linesOf())[5];
      expect(line).toContain(text);
      expect(line).toContain(place);
      unmount();
    }
  });

  it('has locked keys unlocked right there, and begins anew', async () => {
    answers['unlockKeys'] = () => true;
    const { user } = await runTest(failing({ id: 'key', remedy: 'unlockKeys' }));
    answers['checkProvider'] = () => well;
    await user.type(screen.getByLabelText('Passphrase'), 'open sesame{Enter}');
    expect(await screen.findByText('passed · 2 models')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Test again' }));
  });

  it('names the line to set where the program refuses extensions', async () => {
    const { lines } = await runTest(
      failing({ id: 'origin', status: 403, remedy: 'originSetting' }),
    );
    expect(lines[3]).toContain('HTTP 403');
    expect(lines[3]).toContain('ORIGINS=all');
    expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
  });

  it('has the better address kept with a click, and tests again', async () => {
    const address = 'http://localhost:11434/v1';
    const { user } = await runTest(failing({ id: 'path', remedy: 'useAddress', address }));
    answers['checkProvider'] = () => well;
    await user.click(screen.getByRole('button', { name: `Use ${address}` }));
    await screen.findByText('passed · HTTP 200');
    expect(requests.find(({ type }) => type === 'saveAddress')?.data).toEqual({
      provider: 'server',
      address,
      keepsKey: false,
    });
    expect(requests.filter(({ type }) => type === 'checkProvider')).toHaveLength(2);
  });

  it('asks for the host with a click, and tests again once it is allowed', async () => {
    const { user } = await runTest(failing({ id: 'access', remedy: 'allowAccess' }));
    extension.isGranting = false;
    await user.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(extension.requested).toEqual(['http://localhost/*']);
    expect(requests).toHaveLength(1);
    extension.isGranting = true;
    await user.click(screen.getByRole('button', { name: 'Allow access' }));
    await vi.waitFor(() => expect(requests).toHaveLength(2));
  });

  it('opens the address in a tab, where the browser tells of a bad certificate', async () => {
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    const address = 'https://models.corp/v1';
    const { user, lines } = await runTest(failing({ id: 'reachable', remedy: 'startServer' }), {
      ...server,
      address,
    });
    expect(lines[1]).toContain('Whether its certificate is the reason');
    await user.click(screen.getByRole('button', { name: `Open ${address}` }));
    expect(create).toHaveBeenCalledWith({ url: address });
  });

  it('does not speak of a certificate where there is none', async () => {
    const { lines } = await runTest(failing({ id: 'reachable', remedy: 'startServer' }));
    expect(lines[1]).not.toContain('certificate');
  });
});
