import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ReadingSection } from '@/components/reading-section';
import { followReading } from '@/lib/panel/reading-settings';
import { reading } from '@/lib/settings';
import { setUpPage, show } from '../component';

setUpPage();

const { dataset } = document.documentElement;

describe('reading settings', () => {
  it.each([
    ['Text size', 'Larger', 'textSize', 'larger'],
    ['Spacing', 'Compact', 'density', 'compact'],
    ['Width of the text', 'As wide as the panel', 'width', 'full'],
  ])(
    '%s: %s is kept, and shown at once by a page that is open',
    async (label, option, key, value) => {
      const stop = followReading();
      await vi.waitFor(() => expect(dataset[key]).toBeTruthy());
      const { user } = show(<ReadingSection />);
      await user.click(screen.getByRole('combobox', { name: label }));
      await user.click(screen.getByRole('option', { name: option }));
      await vi.waitFor(() => expect(dataset[key]).toBe(value));
      expect(await reading.getValue()).toMatchObject({ [key]: value });
      stop();
    },
  );
});
